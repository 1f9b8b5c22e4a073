import type { Connection, QueryFilter } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import type { ChannelName, Inbound, InboundBody } from './message.ts'
import type { Sealer } from '../store/sealing.ts'
import type { SystemEvent } from './turn.ts'
import { toBuffer } from '../store/binary.ts'
import { insertOnce } from '../store/insert-once.ts'
import { writeInGroup } from '../store/write-in-group.ts'
import { keptIn, modelOf, rowsOf } from '../store/kept.ts'
import { markLater } from '../store/mark-later.ts'

export type InboxKind = InboundBody['kind'] | 'system'
/** What happened meanwhile stands in the inbox too, so that it becomes a turn like any message. */
export type InboxBody = InboundBody | ({ kind: 'system' } & SystemEvent)

/** One message, persisted before the platform is told that we have it. */
export type InboxDocument = {
  /** Keyed hash of (channel, account, chat, the platform's id): the same message is the same row. */
  _id: string
  /** Such hashes for all addresses by which the sender was known then; only from channels that give `aliases`. */
  names?: string[]
  chat: string
  channel: ChannelName | 'system'
  kind: InboxKind
  order: number
  at: Date
  receivedAt: Date
  /** `new` waits for a turn, or is in one that has not marked it yet. A placeholder waits for its content. */
  state: 'placeholder' | 'new' | 'turned'
  /** Its turn could not be decided: not before then, each time later. */
  retryAt?: Date
  attempts?: number
  /** Sealed `InboxBody`; emptied by the purge. */
  body?: Buffer
  files: number
  /** Until the files of this message have rows of their own, the sweeper comes back to it. */
  unregistered?: boolean
  editedAt?: Date
  deletedAt?: Date
}

/** A row as the runner reads it. */
export type InboxMessage = Omit<InboxDocument, 'body'> & { body: InboxBody }

const schema = keptIn<InboxDocument>('inbox')
// one message is one row also where two of its copies share no more than one of the sender's addresses
schema.index({ names: 1 }, { name: 'names', unique: true, partialFilterExpression: { names: { $exists: true } } })
schema.index({ chat: 1, order: 1 }, { name: 'waiting', partialFilterExpression: { state: 'new' } })
schema.index({ receivedAt: 1, _id: 1 }, { name: 'unregistered', partialFilterExpression: { unregistered: true } })
// what the purge has emptied is not looked at again
schema.index({ receivedAt: 1 }, { name: 'age', partialFilterExpression: { body: { $exists: true } } })
schema.index({ chat: 1, receivedAt: 1 }, { name: 'chat' })

export const inboxModel = modelOf('Inbox', schema)

const MARK_MS = 200

/** What says which message it is. */
type MessageName = Pick<Inbound, 'from' | 'account' | 'aliases' | 'platformId'>
/** What waits in a chat, and whether there is more of it. */
export type Waiting = { messages: readonly InboxMessage[]; cut: boolean }
export type Inbox = ReturnType<typeof createInbox>

/** All writes of the inbox. `now` is the clock of `receivedAt`. */
export function createInbox({
  database,
  sealer,
  now,
  log,
}: {
  database: Connection
  sealer: Sealer
  now: () => Date
  log: { warn(about: object, message: string): void }
}) {
  const model = inboxModel(database)
  const rows = rowsOf(model)
  const turned = markLater(MARK_MS, log, (ids) =>
    guarded('inbox.turned', () =>
      rows.updateMany({ _id: { $in: [...ids] }, state: 'new' }, { $set: { state: 'turned' } }),
    ),
  )

  function unsealed(row: InboxDocument): InboxMessage {
    if (!row.body) throw new Error(`inbox row ${row._id} was purged`)
    return { ...row, body: sealer.openJson<InboxBody>(toBuffer(row.body)) }
  }
  const insert = (row: InboxDocument): Promise<boolean> => guarded('inbox.insert', () => insertOnce(model, row))
  const idOf = ({ from, account, platformId }: MessageName): string =>
    sealer.identify('message', from.channel, account, from.id, platformId)
  function namesOf({ from, account, aliases = [], platformId }: MessageName): string[] {
    return aliases.map((alias) => sealer.identify('message-alias', from.channel, account, alias, platformId))
  }
  /** Finds the row of a message, also where it came under another address of the sender. */
  function rowOf(message: MessageName): QueryFilter<InboxDocument> {
    const [_id, names] = [idOf(message), namesOf(message)]
    return names.length === 0 ? { _id } : { $or: [{ _id }, { names: { $in: names } }] }
  }

  return {
    /** The id that this message gets in the inbox where it is new. */
    idOf,

    /**
     * Persists a message. A second copy changes nothing; content that comes for a placeholder fills it, in the chat that
     * the sender has now. Resolves, with what was new and under which id it is stored, only when it is durable.
     */
    async accept(chat: string, message: Inbound): Promise<{ id: string; fresh?: InboxMessage }> {
      const id = idOf(message)
      const names = namesOf(message)
      const placeholder = message.body.kind === 'placeholder'
      const files = message.body.kind === 'files' ? message.body.files.length : 0
      const content = {
        kind: message.body.kind,
        state: placeholder ? ('placeholder' as const) : ('new' as const),
        files,
        ...(files > 0 && { unregistered: true }),
      }
      const body = sealer.sealJson(message.body)
      const row = {
        _id: id,
        ...(names.length > 0 && { names }),
        chat,
        channel: message.from.channel,
        order: message.order,
        at: message.at,
        receivedAt: now(),
      }
      const opened = { ...row, ...content, body: message.body }
      if (await insert({ ...row, ...content, body })) return { id, fresh: opened }
      if (placeholder) return { id }
      const filled = await guarded('inbox.fill', () =>
        model
          .findOneAndUpdate(
            { ...rowOf(message), state: 'placeholder' },
            { $set: { ...content, body, chat, receivedAt: row.receivedAt } },
            { projection: { _id: 1, order: 1 } },
          )
          .lean<{ _id: string; order: number }>(),
      )
      return filled ? { id: filled._id, fresh: { ...opened, _id: filled._id, order: filled.order } } : { id }
    },

    /** Puts an event before the chat's waiting messages, once per `key`. */
    async tell(chat: string, key: string, event: SystemEvent): Promise<boolean> {
      const at = now()
      const body: InboxBody = { kind: 'system', ...event }
      return insert({
        _id: sealer.identify('event', chat, key),
        chat,
        channel: 'system',
        kind: 'system',
        // before whatever waits: it is about something that was said earlier
        order: -1,
        at,
        receivedAt: at,
        state: 'new',
        body: sealer.sealJson(body),
        files: 0,
      })
    },

    /** What waits for a turn in one chat, in the channel's order; `cut` where there is more than `limit` rows. */
    async waiting(chat: string, limit = 200): Promise<Waiting> {
      const found = await rows.find({ chat, state: 'new' }).sort({ order: 1, receivedAt: 1 }).limit(limit).toArray()
      const messages = found.filter((row) => !turned.has(row._id)).map(unsealed)
      return { messages, cut: found.length === limit && messages.length > 0 }
    },

    /** Rows by id, in the order of `ids`. */
    async byIds(ids: readonly string[]): Promise<InboxMessage[]> {
      const rows = await model.find({ _id: { $in: [...ids] } }).lean<InboxDocument[]>()
      const byId = new Map(rows.map((row) => [row._id, row]))
      return ids.flatMap((id) => byId.get(id) ?? []).map(unsealed)
    },

    /** These are in a turn: noted with those of the next moment. */
    turned: turned.mark,
    flush: turned.flush,

    /** Their turn could not be decided: they come again, later each time, up to a minute. Nothing is given up. */
    async postpone(messages: readonly Pick<InboxDocument, '_id' | 'attempts'>[]): Promise<void> {
      const attempts = Math.max(...messages.map((message) => message.attempts ?? 0))
      const retryAt = new Date(now().getTime() + Math.min(60_000, 500 * 2 ** attempts))
      await rows.updateMany(
        { _id: { $in: messages.map((message) => message._id) }, state: 'new' },
        { $set: { retryAt, attempts: attempts + 1 } },
      )
    },

    async markRegistered(id: string): Promise<void> {
      await guarded('inbox.registered', () =>
        writeInGroup(model, { updateOne: { filter: { _id: id }, update: { $unset: { unregistered: 1 } } } }),
      )
    },

    /** The sender edited or deleted it: recorded, never undone (an accepted file stays). */
    async markChanged(message: MessageName, kind: 'edited' | 'deleted'): Promise<void> {
      const field = kind === 'edited' ? 'editedAt' : 'deletedAt'
      await guarded('inbox.changed', () => model.updateOne(rowOf(message), { $set: { [field]: now() } }))
    },

    /** Its content has come and says nothing: nobody waits for it any more. A message with content stays. */
    async dropPlaceholder(message: MessageName): Promise<void> {
      await guarded('inbox.empty', () => model.deleteOne({ ...rowOf(message), state: 'placeholder' }))
    },

    /** For the sweeper: chats with messages that have waited since before `before`, oldest first. */
    async forgottenChats(before: Date, limit: number): Promise<string[]> {
      const due = { $or: [{ retryAt: { $exists: false } }, { retryAt: { $lte: now() } }] }
      // the index holds only what waits
      const found = await rows
        .aggregate<{ _id: string }>(
          [
            { $match: { state: 'new', receivedAt: { $lt: before }, ...due } },
            { $group: { _id: '$chat', since: { $min: '$receivedAt' } } },
            { $sort: { since: 1 } },
            { $limit: limit },
          ],
          { hint: 'waiting' },
        )
        .toArray()
      return found.map((row) => row._id)
    },

    /** For the sweeper: messages whose files have no rows yet. */
    async unregistered(before: Date, limit: number): Promise<string[]> {
      const rows = await model
        .find({ unregistered: true, receivedAt: { $lt: before } }, { _id: 1 })
        .sort({ receivedAt: 1 })
        .limit(limit)
        .lean<{ _id: string }[]>()
      return rows.map((row) => row._id)
    },
  }
}
