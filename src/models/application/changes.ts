import type { Connection } from 'mongoose'
import type { Actor, Stage } from './application.ts'
import type { HistoryEntry } from './history.ts'
import type { Action, CorrectionSubject } from './transitions.ts'
import { guarded } from '../store/failpoint.ts'
import { applications } from './kept.ts'
import type { ApplicationDocument } from './kept.ts'

/** A transition of one application, as its history tells it. `sealed` holds free text and personal values. */
export type Move = {
  action: Action
  by: Actor
  to: Stage
  at: Date
  reasons?: readonly string[] | undefined
  transactionId?: string | undefined
  subject?: CorrectionSubject
  batch?: number | undefined
  despite?: readonly string[] | undefined
  holder?: string
  sealed?: Buffer | undefined
}

/** What a transition changes besides stage, history, `rev` and `seq`. `where` narrows its filter. */
export type Changes = {
  where?: Readonly<Record<string, unknown>>
  set?: Partial<ApplicationDocument>
  unset?: readonly (keyof ApplicationDocument)[]
  push?: Readonly<Record<string, unknown>>
  /** Fields by path, where `set` cannot name them. */
  paths?: Readonly<Record<string, unknown>>
}

export function applicationById(database: Connection, id: string): Promise<ApplicationDocument | null> {
  return applications(database).findById(id).lean<ApplicationDocument>().exec()
}

/** Those of `ids` that are there, by id. */
export async function applicationsById(
  database: Connection,
  ids: readonly string[],
): Promise<Map<string, ApplicationDocument>> {
  const found = await applications(database)
    .find({ _id: { $in: [...ids] } })
    .lean<ApplicationDocument[]>()
  return new Map(found.map((one) => [one._id, one]))
}

/** The history entry that `move` makes as the next one of `application`. */
export function entryOf(application: Pick<ApplicationDocument, 'seq' | 'stage'>, move: Move): HistoryEntry {
  return {
    seq: application.seq + 1,
    at: move.at,
    by: move.by,
    action: move.action,
    from: application.stage,
    to: move.to,
    ...(move.reasons?.length ? { reasons: move.reasons } : {}),
    ...(move.transactionId === undefined ? {} : { transactionId: move.transactionId }),
    ...(move.subject === undefined ? {} : { subject: move.subject }),
    ...(move.batch === undefined ? {} : { batch: move.batch }),
    ...(move.despite?.length ? { despite: move.despite } : {}),
    ...(move.holder === undefined ? {} : { holder: move.holder }),
    ...(move.sealed ? { sealed: move.sealed } : {}),
  }
}

/**
 * One transition, one conditional write: the application must still be at the `rev` that `application` was read at,
 * and the history entry is part of the write. Gives the application as it is then, or null where somebody was first.
 * A duplicate key (another open application) is thrown.
 */
export function transition(
  database: Connection,
  application: ApplicationDocument,
  move: Move,
  changes: Changes = {},
): Promise<ApplicationDocument | null> {
  const stageAt = move.to === application.stage ? {} : { stageAt: move.at }
  const unset = changes.unset?.length ? { $unset: Object.fromEntries(changes.unset.map((name) => [name, 1])) } : {}
  return guarded(`application.${move.action}`, () =>
    applications(database)
      .findOneAndUpdate(
        { ...changes.where, _id: application._id, rev: application.rev },
        {
          $set: { stage: move.to, ...stageAt, ...changes.set, ...changes.paths },
          ...unset,
          $inc: { rev: 1, seq: 1 },
          $push: { history: entryOf(application, move), ...changes.push },
        },
        { returnDocument: 'after' },
      )
      .lean<ApplicationDocument>()
      .exec(),
  )
}

/** Stores a new application. A duplicate key (its id, or another open application) is thrown. */
export async function insertApplication(database: Connection, application: ApplicationDocument): Promise<void> {
  await guarded('application.insert', () => applications(database).collection.insertOne(application as never))
}

/** ENQUEUE step 3: the place becomes the key. False where the application was not waiting for this place any more. */
export async function giveKey(
  database: Connection,
  id: string,
  place: string,
  key: { key: string; start: number },
): Promise<boolean> {
  const result = await guarded('application.key', () =>
    applications(database).updateOne(
      { _id: id, state: 'unkeyed', place },
      { $set: { ...key, state: 'queued' }, $inc: { rev: 1 } },
    ),
  )
  return result.modifiedCount === 1
}

/** Applications whose enqueueing was cut off since before `since`. */
export function unkeyed(database: Connection, since: Date, limit: number): Promise<ApplicationDocument[]> {
  return applications(database)
    .find({ state: 'unkeyed', stageAt: { $lte: since } })
    .hint('unkeyed')
    .limit(limit)
    .lean<ApplicationDocument[]>()
    .exec()
}

/** The largest virtual start that was ever claimed; the virtual time is repaired from it. */
export async function largestServedStart(database: Connection): Promise<number> {
  const [top] = await applications(database)
    .find({ served: true }, { start: 1 })
    .hint('served')
    .sort({ start: -1 })
    .limit(1)
    .lean<ApplicationDocument[]>()
    .exec()
  return top?.start ?? 0
}

/** How many of a flow's applications are in verification, in whatever state. */
export function countInVerification(database: Connection, flow: string): Promise<number> {
  return applications(database).countDocuments({ flow, stage: 'verification' }).hint('flow').exec()
}
