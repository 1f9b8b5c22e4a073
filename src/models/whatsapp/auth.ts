import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../store/errors.ts'
import { guarded } from '../store/failpoint.ts'
import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** One secret of the linked device: its credentials, or one key of one kind. */
type WhatsappAuthDocument = {
  /** Keyed hash of (kind, name): names are phone numbers. */
  _id: string
  /** The lease under which it was written: an older holder writes nothing over it. */
  fence: number
  /** Sealed bytes, whole: a session grows with every message and is never looked into. */
  value: Buffer
}

const schema = keptIn<WhatsappAuthDocument>('whatsapp-auth')

export const whatsappAuth = modelOf('WhatsappAuth', schema)

/** Another process holds the session now: this one must let go of it. */
export class FencedOff extends Error {
  override readonly name = 'FencedOff'
}

export type SecretName = { kind: string; name: string }
export type WhatsappSecrets = ReturnType<typeof createWhatsappSecrets>

/** The secrets of the office's one linked device, written through: what resolves is durable. */
export function createWhatsappSecrets({ database, sealer }: { database: Connection; sealer: Sealer }) {
  const model = whatsappAuth(database)
  const idOf = ({ kind, name }: SecretName): string => sealer.identify('whatsapp', kind, name)

  return {
    /** Those that are there, by name. */
    async read(kind: string, names: readonly string[]): Promise<Map<string, Buffer>> {
      const byId = new Map(names.map((name) => [idOf({ kind, name }), name]))
      const rows = await model.collection.find({ _id: { $in: [...byId.keys()] } } as never).toArray()
      return new Map(
        (rows as unknown as WhatsappAuthDocument[]).map((row) => [
          byId.get(row._id) ?? '',
          sealer.open(toBuffer(row.value)),
        ]),
      )
    },

    /** All changes in one operation; a null deletes. Throws `FencedOff` where a later holder has written. */
    async write(changes: readonly (SecretName & { value: Buffer | null })[], fence: number): Promise<void> {
      if (changes.length === 0) return
      const mine = { $lte: fence }
      const operations = changes.map((change) => {
        const filter = { _id: idOf(change), fence: mine }
        if (change.value === null) return { deleteOne: { filter } }
        return {
          updateOne: { filter, update: { $set: { fence, value: sealer.seal(change.value) } }, upsert: true },
        }
      })
      try {
        await guarded('whatsapp.secrets', () => model.collection.bulkWrite(operations as never, { ordered: false }))
      } catch (error) {
        if (isDuplicateKey(error)) throw new FencedOff('a later holder has the session', { cause: error })
        throw error
      }
    },

    /** The device is no longer linked: none of its keys is of use to anybody. */
    async wipe(fence: number): Promise<void> {
      await guarded('whatsapp.wipe', () => model.deleteMany({ fence: { $lte: fence } }))
    },
  }
}
