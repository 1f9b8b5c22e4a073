import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import type { Choice } from './message.ts'
import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import { insertOnce } from '../store/insert-once.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** A file of a message: `ref` opens it where it came from a person, `blob` where it came from us. */
export type WebchatFile = { name: string; mediaType: string; ref?: string; blob?: string; bytes?: number }
export type WebchatBody = {
  /** The id that the person's side knows it by. */
  id: string
  text: string
  choices?: readonly Choice[]
  files?: readonly WebchatFile[]
}
export type WebchatSide = 'bot' | 'person'
export type WebchatMessage = WebchatBody & { seq: number; from: WebchatSide; at: Date }

/** One message of either side of a demo chat. `_id` hashes (person, side, natural key). */
export type WebchatMessageDocument = {
  _id: string
  /** Keyed hash of the person's name. */
  chat: string
  /** Order in the chat, from 1; given so that whoever reads after a number never misses a smaller one. */
  seq: number
  from: WebchatSide
  at: Date
  /** Sealed `WebchatBody`. */
  body: Buffer
  /** Ids of kept files, for the purge. */
  refs: string[]
}

const schema = keptIn<WebchatMessageDocument>('webchat-messages')
schema.index({ chat: 1, seq: 1 }, { name: 'chat-order', unique: true })
schema.index({ at: 1 }, { name: 'age' })

export const webchatMessagesModel = modelOf('WebchatMessage', schema)

/** Both sides' messages of the demo chat; any number of processes write and read them. */
export function createWebchatMessages(deps: { database: Connection; sealer: Sealer; now: () => Date }) {
  const { sealer } = deps
  const model = webchatMessagesModel(deps.database)
  const chatOf = (person: string) => sealer.identify('webchat', person)
  const idOf = (person: string, from: WebchatSide, key: string) => sealer.identify('webchat-message', person, from, key)

  function opened(row: WebchatMessageDocument): WebchatMessage {
    return { ...sealer.openJson<WebchatBody>(toBuffer(row.body)), seq: row.seq, from: row.from, at: row.at }
  }
  async function find(id: string): Promise<WebchatMessage | undefined> {
    const row = await model.findOne({ _id: id }).lean<WebchatMessageDocument>()
    return row ? opened(row) : undefined
  }
  async function append(
    person: string,
    from: WebchatSide,
    key: string,
    body: Omit<WebchatBody, 'id'>,
  ): Promise<{ message: WebchatMessage; fresh: boolean }> {
    const chat = chatOf(person)
    const _id = idOf(person, from, key)
    // a bot's message shows its hash: its key names things of ours
    const content: WebchatBody = { id: from === 'bot' ? _id : key, ...body }
    for (;;) {
      const last = await model.findOne({ chat }, { seq: 1 }).sort({ seq: -1 }).lean<{ seq: number }>()
      const row: WebchatMessageDocument = {
        _id,
        chat,
        seq: (last?.seq ?? 0) + 1,
        from,
        at: deps.now(),
        body: sealer.sealJson(content),
        refs: (body.files ?? []).flatMap((file) => file.ref ?? []),
      }
      const fresh = await guarded('webchat.append', () => insertOnce(model, row))
      if (fresh) return { message: { ...content, seq: row.seq, from, at: row.at }, fresh: true }
      const known = await find(_id)
      if (known) return { message: known, fresh: false }
      // somebody else's message took this number
    }
  }

  return {
    /** Adds the person's message once by `id`; the second time the first one comes back, with `fresh` false. */
    fromPerson: (person: string, id: string, body: Omit<WebchatBody, 'id'>) => append(person, 'person', id, body),
    /** Adds a message of ours once by its natural key. */
    fromBot: (person: string, key: string, body: Omit<WebchatBody, 'id'>) => append(person, 'bot', key, body),

    /** Both sides' messages after the one with this id, oldest first; all where it is unknown or not given. */
    async after(person: string, id?: string): Promise<WebchatMessage[]> {
      const known =
        id === undefined
          ? null
          : await model
              .findOne({ chat: chatOf(person), _id: { $in: [id, idOf(person, 'person', id)] } }, { seq: 1 })
              .lean<{ seq: number }>()
      const rows = await model
        .find({ chat: chatOf(person), seq: { $gt: known?.seq ?? 0 } })
        .sort({ seq: 1 })
        .lean<WebchatMessageDocument[]>()
      return rows.map(opened)
    },

    /** The choices under our latest message to the person. */
    async offered(person: string): Promise<readonly Choice[]> {
      const row = await model
        .findOne({ chat: chatOf(person), from: 'bot' })
        .sort({ seq: -1 })
        .lean<WebchatMessageDocument>()
      return row ? (opened(row).choices ?? []) : []
    },
  }
}
