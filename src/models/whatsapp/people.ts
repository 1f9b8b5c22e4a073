import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../store/errors.ts'
import { guarded } from '../store/failpoint.ts'
import type { Choice } from '../chat/message.ts'
import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import { chats } from '../chat/kept.ts'
import { chatId } from '../chat/chats.ts'
import { decideMerge } from './merge.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/**
 * One address of a person: their LID, or their number. All addresses of a person lead to the one that we met first,
 * which names their chat for good; that row also holds what is needed to answer.
 */
type WhatsappPersonDocument = {
  /** Keyed hash of the address. */
  _id: string
  /** The person's chat. */
  chat: string
  /** Sealed: the address that names that chat. */
  address: Buffer
  /** Sealed: where they wrote from last, which alone may be answered. */
  answerTo?: Buffer
  /** Sealed `Choice[]`: what the digits under our last message mean. */
  offered?: Buffer
  /** Their number has been told to the service. */
  phoneTold?: boolean
  seenAt: Date
}

const schema = keptIn<WhatsappPersonDocument>('whatsapp-people')
schema.index({ seenAt: 1 }, { name: 'seen' })
schema.index({ chat: 1 }, { name: 'chat' })

export const whatsappPeople = modelOf('WhatsappPerson', schema)

/** A person as far as sending and receiving go. `address` is the id of their `Address`. */
export type WhatsappPerson = {
  address: string
  answerTo: string
  offered: readonly Choice[]
  phoneTold: boolean
}
/** A person who has just written. */
export type MetPerson = WhatsappPerson & {
  /** Keyed hashes of all addresses by which they are known now. */
  aliases: readonly string[]
  /** Another address of theirs leads to another chat, until a supervisor has decided. */
  apart?: boolean
}
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
  async function find(jid: string): Promise<WhatsappPerson | undefined> {
    const row = await model.findById(idOf(jid)).lean<WhatsappPersonDocument>()
    if (!row) return undefined
    const person = opened(row)
    // one whose chat went into another one is answered there
    return person.address === jid ? person : find(person.address)
  }

  /** Leads `jid` to `address`; what it led to before stands. */
  async function link(jid: string, address: string, account: string): Promise<void> {
    const chat = chatId(sealer, { from: { channel: 'whatsapp', id: address }, account })
    try {
      await model.updateOne(
        { _id: idOf(jid) },
        { $setOnInsert: { chat, address: sealer.seal(address), seenAt: now() } },
        { upsert: true },
      )
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
  }

  /** The row that speaks for a person's rows, oldest first: for all of them unless they have to stay apart. */
  async function united(
    rows: readonly WhatsappPersonDocument[],
    from: string,
  ): Promise<{ row?: WhatsappPersonDocument | undefined; apart?: boolean }> {
    if (new Set(rows.map((row) => sealer.openText(toBuffer(row.address)))).size < 2) return { row: rows[0] }
    const known = [...new Set(rows.map((row) => row.chat))]
    const merge = await decideMerge(context.database, known)
    if (merge.kind === 'refused') return { row: rows.find((row) => row._id === idOf(from)) ?? rows[0], apart: true }
    const stays = rows.find((row) => row.chat === merge.chat)
    if (!stays) return { row: rows[0] }
    const change = { $set: { chat: stays.chat, address: toBuffer(stays.address) } }
    const gone = known.filter((chat) => chat !== stays.chat)
    await guarded('whatsapp.merge', () =>
      model.updateMany({ chat: { $in: gone } }, { ...change, $unset: { answerTo: 1, offered: 1, phoneTold: 1 } }),
    )
    return { row: stays }
  }

  return {
    /** The person whose chat `address` names; undefined when nobody of that address ever wrote. */
    find,

    /**
     * Somebody wrote from `from`; `others` are addresses that the platform says are theirs, too. A person who moves
     * from the number to the LID is found by either and keeps the address that we met first. Two that turn out to be
     * one become one, unless both are coordinators who may speak: then each keeps the chat that it writes from.
     */
    async met(from: string, others: readonly string[], account: string): Promise<MetPerson> {
      return guarded('whatsapp.met', async () => {
        const jids = [from, ...others]
        const rows = await model
          .find({ _id: { $in: jids.map(idOf) } })
          .sort({ seenAt: 1, _id: 1 })
          .lean<WhatsappPersonDocument[]>()
        const { row: first, apart } = await united(rows, from)
        const known = first && sealer.openText(toBuffer(first.address))
        // a new person is named by the LID, which outlives a change of number
        const address = known ?? jids.find((jid) => jid.endsWith('@lid')) ?? from
        const missing = [address, ...jids].filter((jid) => !rows.some((row) => row._id === idOf(jid)))
        for (const jid of new Set(missing)) await link(jid, address, account)
        const row = await model
          .findOneAndUpdate(
            { _id: idOf(address) },
            { $set: { answerTo: sealer.seal(from) } },
            { returnDocument: 'after' },
          )
          .lean<WhatsappPersonDocument>()
        const person = row ? opened(row) : { address, answerTo: from, offered: [], phoneTold: false }
        const chat = row?.chat ?? chatId(sealer, { from: { channel: 'whatsapp', id: address }, account })
        const linked = await model.find({ chat }, { _id: 1 }).lean<{ _id: string }[]>()
        const aliases = [...new Set([...jids.map(idOf), ...linked.map(({ _id }) => _id)])]
        return { ...person, aliases, ...(apart ? { apart } : {}) }
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

const BATCH = 200

/** Forgets people who came before `before` and whose chat is no more. Gives back how many addresses. */
export async function forgetWhatsappStrangers(database: Connection, before: Date): Promise<number> {
  const model = whatsappPeople(database)
  let forgotten = 0
  for (let last = ''; ;) {
    const rows = await model
      .find({ _id: { $gt: last }, seenAt: { $lte: before } }, { chat: 1 })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<Pick<WhatsappPersonDocument, '_id' | 'chat'>[]>()
    const named = rows.map((row) => row.chat)
    const there = await chats(database)
      .find({ _id: { $in: named } }, { _id: 1 })
      .lean<{ _id: string }[]>()
    const kept = new Set(there.map((chat) => chat._id))
    const chatless = { chat: { $in: named.filter((chat) => !kept.has(chat)) } }
    const gone = await guarded('whatsapp.forget', () => model.deleteMany(chatless))
    forgotten += gone.deletedCount
    last = rows.at(-1)?._id ?? ''
    if (rows.length < BATCH) return forgotten
  }
}
