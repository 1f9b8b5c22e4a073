import { Schema } from 'mongoose'
import type { Connection, Model } from 'mongoose'
import { guarded } from '../failpoint.ts'
import { insertOnce } from './insert-once.ts'

/** How a takeover ended; `answered`: the coordinator has an answer to the last thing that they wrote. */
export type TakeoverEnd = { at: Date; how: 'handed-back' | 'expired' | 'taken-over'; answered: boolean }

/** An operator answers a chat instead of the bot, from taking it until `end`. */
export type TakeoverDocument = {
  _id: string
  chat: string
  /** The operator. */
  by: string
  at: Date
  /** The bot comes back then, unless an answer moves it on. */
  until: Date
  /** While the bot stands aside: at most one in a chat. */
  open?: true
  answers: number
  answeredAt?: Date
  end?: TakeoverEnd
  /** What is still to be told and tidied; the sweeper drives it on. */
  unsettled?: 'begin' | 'end'
  /** Taken from a colleague: the coordinator knows already that a person answers. */
  quiet?: true
}

const schema = new Schema<TakeoverDocument>(
  {
    _id: { type: String, required: true },
    chat: String,
    by: String,
    at: Date,
    until: Date,
    open: Boolean,
    answers: Number,
    answeredAt: Date,
    end: Schema.Types.Mixed,
    unsettled: String,
    quiet: Boolean,
  },
  { collection: 'takeovers', versionKey: false },
)
schema.index({ chat: 1 }, { name: 'one-open', unique: true, partialFilterExpression: { open: true } })
schema.index({ until: 1 }, { name: 'until', partialFilterExpression: { open: true } })
schema.index({ unsettled: 1 }, { name: 'unsettled', partialFilterExpression: { unsettled: { $exists: true } } })
schema.index({ chat: 1, at: -1 }, { name: 'chat' })

export function takeovers(database: Connection): Model<TakeoverDocument> {
  return (
    (database.models['Takeover'] as Model<TakeoverDocument> | undefined) ??
    database.model<TakeoverDocument>('Takeover', schema)
  )
}

/** Who answers this chat instead of the bot at `now`; null while the bot does. */
export function takeoverOf(database: Connection, chat: string, now: Date): Promise<TakeoverDocument | null> {
  return takeovers(database)
    .findOne({ chat, open: true, until: { $gt: now } })
    .lean<TakeoverDocument>()
    .exec()
}

/** Open ones of these chats, those past their time among them. */
export function openTakeovers(database: Connection, chats?: readonly string[]): Promise<TakeoverDocument[]> {
  return takeovers(database)
    .find({ open: true, ...(chats && { chat: { $in: [...chats] } }) })
    .sort({ at: 1 })
    .lean<TakeoverDocument[]>()
    .exec()
}

/** The bot steps aside; false where somebody has the chat already. */
export function beginTakeover(
  database: Connection,
  { id, quiet, ...of }: { id: string; chat: string; by: string; at: Date; until: Date; quiet?: boolean },
): Promise<boolean> {
  const row: TakeoverDocument = { _id: id, ...of, open: true, answers: 0, unsettled: 'begin', ...(quiet && { quiet }) }
  return guarded('takeover.begin', () => insertOnce(takeovers(database), row))
}

/** Counts an answer and keeps the chat until `until`. Null where `by` does not have it any more. */
export function noteAnswer(
  database: Connection,
  of: { chat: string; by: string; at: Date; until: Date },
): Promise<TakeoverDocument | null> {
  return guarded('takeover.answer', () =>
    takeovers(database)
      .findOneAndUpdate(
        { chat: of.chat, by: of.by, open: true, until: { $gt: of.at } },
        { $set: { answeredAt: of.at, until: of.until }, $inc: { answers: 1 } },
        { returnDocument: 'after' },
      )
      .lean<TakeoverDocument>(),
  )
}

/** The bot comes back; false where it has, or where an answer was given since `takeover` was read. */
export async function endTakeover(
  database: Connection,
  takeover: TakeoverDocument,
  end: TakeoverEnd,
): Promise<boolean> {
  const ended = await guarded('takeover.end', () =>
    takeovers(database).updateOne(
      { _id: takeover._id, open: true, answers: takeover.answers },
      { $set: { end, unsettled: 'end' }, $unset: { open: 1 } },
    ),
  )
  return ended.modifiedCount === 1
}

/** What had to follow has happened; an end that came meanwhile stays to be settled. */
export async function settleTakeover(database: Connection, id: string, what: 'begin' | 'end'): Promise<void> {
  await guarded('takeover.settle', () =>
    takeovers(database).updateOne({ _id: id, unsettled: what }, { $unset: { unsettled: 1 } }),
  )
}

/** For the sweeper: takeovers whose time is over. */
export function overdueTakeovers(database: Connection, now: Date, limit: number): Promise<TakeoverDocument[]> {
  return takeovers(database)
    .find({ open: true, until: { $lte: now } })
    .limit(limit)
    .lean<TakeoverDocument[]>()
    .exec()
}

/** For the sweeper: takeovers that were begun or ended before `before` and not told of. */
export function unsettledTakeovers(database: Connection, limit: number): Promise<TakeoverDocument[]> {
  return takeovers(database)
    .find({ unsettled: { $exists: true } })
    .limit(limit)
    .lean<TakeoverDocument[]>()
    .exec()
}

/** Those of one chat, newest first. */
export function takeoversOf(
  database: Connection,
  chat: string,
  { before, limit }: { before?: Date | undefined; limit: number },
): Promise<TakeoverDocument[]> {
  return takeovers(database)
    .find({ chat, ...(before && { at: { $lte: before } }) })
    .sort({ at: -1 })
    .limit(limit)
    .lean<TakeoverDocument[]>()
    .exec()
}
