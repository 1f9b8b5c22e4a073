import type { Connection } from 'mongoose'
import type { QueueState } from './application.ts'
import { guarded } from '../store/failpoint.ts'
import { applications } from './kept.ts'
import type { ApplicationDocument } from './kept.ts'

/** Applications whose latest entry is to be announced by now, the longest waiting first. */
export function relayable(database: Connection, at: Date, limit: number): Promise<ApplicationDocument[]> {
  return applications(database)
    .find({ relayDue: { $lte: at } })
    .hint('relay')
    .sort({ relayDue: 1 })
    .limit(limit)
    .lean<ApplicationDocument[]>()
    .exec()
}

/** Ends undo, whatever any clock says: from here on the decision is told. False where something happened meanwhile. */
export async function closeUndo(database: Connection, id: string, seq: number): Promise<boolean> {
  const result = await guarded('application.close-undo', () =>
    applications(database).updateOne({ _id: id, seq }, { $unset: { undo: 1 } }),
  )
  return result.matchedCount === 1
}

/** Everything up to `seq` is told. Where `queue` says so the same write puts the application to work. */
export async function markRelayed(database: Connection, id: string, seq: number, queue: boolean): Promise<boolean> {
  const queued: { state: QueueState } | undefined = queue ? { state: 'queued' } : undefined
  const result = await guarded('application.relayed', () =>
    applications(database).updateOne(
      { _id: id, seq, ...(queue ? { state: 'idle' } : {}) },
      { $set: { relayedSeq: seq, ...queued }, $unset: { relayDue: 1 }, $inc: { rev: 1 } },
    ),
  )
  return result.matchedCount === 1
}

/** Tries again later; nothing where something happened meanwhile. */
export async function postponeRelay(database: Connection, id: string, seq: number, relayDue: Date): Promise<void> {
  await guarded('application.postpone', () =>
    applications(database).updateOne({ _id: id, seq, relayDue: { $exists: true } }, { $set: { relayDue } }),
  )
}
