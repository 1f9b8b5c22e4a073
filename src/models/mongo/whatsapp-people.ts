import { Schema } from 'mongoose'
import type { Connection, Model } from 'mongoose'
import { isDuplicateKey } from '../errors.ts'
import { guarded } from '../failpoint.ts'
import type { Choice } from '../message.ts'
import type { Sealer } from '../sealing.ts'
import { toBuffer } from './binary.ts'

/**
 * One address of a person: their LID, or their number. All addresses of a person lead to the one that we met first,
 * which names their chat for good; that row also holds what is needed to answer.
 */
type WhatsappPersonDocument = {
  /** Keyed hash of the address. */
  _id: string
  /** Sealed: the address that names the person's chat. */
  address: Buffer
  /** Sealed: where they wrote from last, which alone may be answered. */
  answerTo?: Buffer
  /** Sealed `Choice[]`: what the digits under our last message mean. */
  offered?: Buffer
  /** Their number has been told to the service. */
  phoneTold?: boolean
  seenAt: Date
}

const schema = new Schema<WhatsappPersonDocument>(
  {
    _id: { type: String, required: true },
    address: Buffer,
    answerTo: Buffer,
    offered: Buffer,
    phoneTold: Boolean,
    seenAt: Date,
  },
  { collection: 'whatsapp-people', versionKey: false },
)
schema.index({ seenAt: 1 }, { name: 'seen' })

export function whatsappPeople(database: Connection): Model<WhatsappPersonDocument> {
  return (
    (database.models['WhatsappPerson'] as Model<WhatsappPersonDocument> | undefined) ??
    database.model<WhatsappPersonDocument>('WhatsappPerson', schema)
  )
}

/** A person as far as sending and receiving go. `address` is the id of their `Address`. */
export type WhatsappPerson = { address: string; answerTo: string; offered: readonly Choice[]; phoneTold: boolean }
export type WhatsappPeople = ReturnType<typeof createWhatsappPeople>

export function createWhatsappPeople(context: { database: Connection; sealer: Sealer; now: () => Date }) {
  const { sealer, now } = context
  const model = whatsappPeople(context.database)
  const idOf = (jid: string): string => sealer.identify('whatsapp-person', jid)

  function opened(row: WhatsappPersonDocument): WhatsappPerson {
    const address = sealer.openText(toBuffer(row.address))
    return {
      address,
      answerTo: row.answerTo ? sealer.openText(toBuffer(row.answerTo)) : address,
      offered: row.offered ? sealer.openJson<Choice[]>(toBuffer(row.offered)) : [],
      phoneTold: row.phoneTold ?? false,
    }
  }
  const find = async (jid: string): Promise<WhatsappPerson | undefined> => {
    const row = await model.findById(idOf(jid)).lean<WhatsappPersonDocument>()
    return row ? opened(row) : undefined
  }

  /** Leads `jid` to `address`; what it led to before stands. Gives back where it leads. */
  async function link(jid: string, address: string): Promise<string> {
    try {
      const row = await model
        .findOneAndUpdate(
          { _id: idOf(jid) },
          { $setOnInsert: { address: sealer.seal(address), seenAt: now() } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<WhatsappPersonDocument>()
      return row ? sealer.openText(toBuffer(row.address)) : address
    } catch (error) {
      if (isDuplicateKey(error)) return link(jid, address)
      throw error
    }
  }

  return {
    /** The person whose chat `address` names; undefined when nobody of that address ever wrote. */
    find,

    /**
     * Somebody wrote from `from`; `others` are addresses that the platform says are theirs, too. A person who moves
     * from the number to the LID is found by either and keeps the address that we met first.
     */
    async met(from: string, others: readonly string[]): Promise<WhatsappPerson> {
      return guarded('whatsapp.met', async () => {
        const jids = [from, ...others]
        const rows = await model
          .find({ _id: { $in: jids.map(idOf) } })
          .sort({ seenAt: 1 })
          .lean<WhatsappPersonDocument[]>()
        const known = rows[0] ? sealer.openText(toBuffer(rows[0].address)) : undefined
        // a new person is named by the LID, which outlives a change of number
        const address = known ?? jids.find((jid) => jid.endsWith('@lid')) ?? from
        const missing = [address, ...jids].filter((jid) => !rows.some((row) => row._id === idOf(jid)))
        for (const jid of new Set(missing)) await link(jid, address)
        const row = await model
          .findOneAndUpdate(
            { _id: idOf(address) },
            { $set: { answerTo: sealer.seal(from) } },
            { returnDocument: 'after' },
          )
          .lean<WhatsappPersonDocument>()
        return row ? opened(row) : { address, answerTo: from, offered: [], phoneTold: false }
      })
    },

    /** What the digits under our last message mean from now on. */
    async offer(address: string, choices: readonly Choice[]): Promise<void> {
      await guarded('whatsapp.offer', () =>
        model.updateOne(
          { _id: idOf(address) },
          choices.length > 0 ? { $set: { offered: sealer.sealJson(choices) } } : { $unset: { offered: 1 } },
        ),
      )
    },

    async markPhoneTold(address: string): Promise<void> {
      await guarded('whatsapp.phone-told', () => model.updateOne({ _id: idOf(address) }, { $set: { phoneTold: true } }))
    },
  }
}
