import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../store/errors.ts'
import { guarded } from '../store/failpoint.ts'
import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** A message of ours as it went out, for a phone that could not read it and asks again. */
type WhatsappSentDocument = {
  /** Keyed hash of the message's id. */
  _id: string
  /** Sealed bytes of the platform's message. */
  payload: Buffer
  at: Date
}

const schema = keptIn<WhatsappSentDocument>('whatsapp-sent')
schema.index({ at: 1 }, { name: 'age' })

export const whatsappSent = modelOf('WhatsappSent', schema)

export type WhatsappSent = ReturnType<typeof createWhatsappSent>

export function createWhatsappSent(context: { database: Connection; sealer: Sealer; now: () => Date }) {
  const { sealer, now } = context
  const model = whatsappSent(context.database)
  const idOf = (id: string): string => sealer.identify('whatsapp-sent', id)
  return {
    /** Keeps it under its id; a later attempt of the same message replaces it. */
    async keep(id: string, payload: Uint8Array): Promise<void> {
      const change = { $set: { payload: sealer.seal(payload), at: now() } }
      try {
        await guarded('whatsapp.keep', () => model.updateOne({ _id: idOf(id) }, change, { upsert: true }))
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
    },
    async find(id: string): Promise<Buffer | undefined> {
      const row = await model.findById(idOf(id)).lean<WhatsappSentDocument>()
      return row ? sealer.open(toBuffer(row.payload)) : undefined
    },
  }
}
