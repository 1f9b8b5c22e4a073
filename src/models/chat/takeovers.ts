import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import { insertOnce } from '../store/insert-once.ts'
import { keptIn, modelOf, rowsOf } from '../store/kept.ts'
import { perDatabase, readInGroup } from '../store/read-in-group.ts'

/** How a takeover ended; `answered`: the coordinator has an answer to the last thing that they wrote. */
export type TakeoverEnd = { at: Date; how: 'handed-back' | 'expired'; answered: boolean }

/** An operator answers a chat instead of the bot, from taking it until `end`. */
export type TakeoverDocument = {
  _id: string
  chat: string
  /** The operator who has it now, or had it last. */
  by: string
  at: Date
  /** From whom a supervisor has taken it over, one after the other, and when. */
  earlier?: readonly { by: string; until: Date }[]
  /** The bot comes back then, unless an answer moves it on. */
  until: Date
  /** While the bot stands aside: at most one in a chat. */
  open?: true
  /** Given by `by`. */
  answers: number
  answeredAt?: Date
  end?: TakeoverEnd
  /** What is still to be told and tidied; the sweeper drives it on. */
  unsettled?: 'begin' | 'end'
}

/** One operator's part of a takeover. */
export type Turnover = {
  id: string
  by: string
  at: Date
  end?: { at: Date; how: TakeoverEnd['how'] | 'taken-over' }
}

const schema = keptIn<TakeoverDocument>('takeovers')
schema.index({ chat: 1 }, { name: 'one-open', unique: true, partialFilterExpression: { open: true } })
schema.index({ until: 1 }, { name: 'until', partialFilterExpression: { open: true } })
schema.index({ unsettled: 1 }, { name: 'unsettled', partialFilterExpression: { unsettled: { $exists: true } } })
schema.index({ chat: 1, at: -1 }, { name: 'chat' })

export const takeovers = modelOf('Takeover', schema)

/** Who answers this chat instead of the bot at `now`; null while the bot does. */
export function takeoverOf(database: Connection, chat: string, now: Date): Promise<TakeoverDocument | null> {
  return takeovers(database)
    .findOne({ chat, open: true, until: { $gt: now } })
    .lean<TakeoverDocument>()
    .exec()
}

/** Whether somebody answers this chat instead of the bot at `now`: asked in every turn, many turns in one read. */
export async function isTakenOver(database: Connection, chat: string, now: Date): Promise<boolean> {
  const until = await untilOfChat(database)(chat)
  return until !== undefined && until > now
}
const untilOfChat = perDatabase((database) =>
  readInGroup(async (chats) => {
    const open = await rowsOf(takeovers(database))
      .find({ chat: { $in: [...chats] }, open: true }, { projection: { chat: 1, until: 1 } })
      .toArray()
    return new Map(open.map((row) => [row.chat, row.until]))
  }),
)

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
  { id, ...of }: { id: string; chat: string; by: string; at: Date; until: Date },
): Promise<boolean> {
  const row: TakeoverDocument = { _id: id, ...of, open: true, answers: 0, unsettled: 'begin' }
  return guarded('takeover.begin', () => insertOnce(takeovers(database), row))
}

/** Gives the chat to `by` from whoever else has it, in one write: the bot is never back in between. False where nobody has. */
export async function passTakeover(
  database: Connection,
  { chat, by, at, until }: { chat: string; by: string; at: Date; until: Date },
): Promise<boolean> {
  const left = [{ by: '$by', until: at }]
  const passed = await guarded('takeover.pass', () =>
    takeovers(database).updateOne(
      { chat, open: true, until: { $gt: at }, by: { $ne: by } },
      [
        { $set: { earlier: { $concatArrays: [{ $ifNull: ['$earlier', []] }, left] }, by, until, answers: 0 } },
        { $unset: 'answeredAt' },
      ],
      { updatePipeline: true },
    ),
  )
  return passed.modifiedCount === 1
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

/** The bot comes back; false where it has, or where `takeover` was answered or passed on since it was read. */
export async function endTakeover(
  database: Connection,
  takeover: TakeoverDocument,
  end: TakeoverEnd,
): Promise<boolean> {
  const ended = await guarded('takeover.end', () =>
    takeovers(database).updateOne(
      { _id: takeover._id, open: true, by: takeover.by, answers: takeover.answers },
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

/** Since when the operator who has it has it. */
export const heldSince = ({ at, earlier }: TakeoverDocument): Date => earlier?.at(-1)?.until ?? at

/** Who has answered one chat, each operator's part, newest first. */
export async function turnoversOf(
  database: Connection,
  chat: string,
  { before, limit }: { before?: Date | undefined; limit: number },
): Promise<Turnover[]> {
  const found = await takeovers(database)
    .find({ chat, ...(before && { at: { $lte: before } }) })
    .sort({ at: -1 })
    .limit(limit)
    .lean<TakeoverDocument[]>()
  return found.flatMap(partsOf).filter((one) => before === undefined || one.at <= before)
}

function partsOf(takeover: TakeoverDocument): Turnover[] {
  const { _id: id, by, at, end, earlier = [] } = takeover
  const passed = earlier.map((one, i): Turnover => ({
    id: i === 0 ? id : `${id}-${i}`,
    by: one.by,
    at: earlier[i - 1]?.until ?? at,
    end: { at: one.until, how: 'taken-over' },
  }))
  const last: Turnover = {
    id: passed.length === 0 ? id : `${id}-${passed.length}`,
    by,
    at: heldSince(takeover),
    ...(end && { end: { at: end.at, how: end.how } }),
  }
  return [...passed, last].toReversed()
}
