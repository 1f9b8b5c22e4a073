import { guarded } from '../store/failpoint.ts'
import { printBatches, toBatch } from './kept.ts'
import type { PrintBatchDocument } from './kept.ts'
import type { BatchRowState, BatchUse, MisprintReason, PrintBatch } from './print-batch.ts'
import type { Database } from '../store/connect.ts'

/** What a row becomes. */
type RowMark = {
  from: readonly BatchRowState[]
  to: BatchRowState
  at: Date
  pending: string
  token?: string
  reason?: MisprintReason
  note?: Buffer
  /** A card that the printer has used for it. */
  use?: BatchUse
  /** The card that was counted as well printed came out wrong after all. */
  spoilt?: MisprintReason
}

/**
 * One row of an open batch moves on, and the card that was used for it is counted in the same write. Null where the row
 * is not in `from`, or where this use was counted before.
 */
export async function markRow(
  database: Database,
  number: number,
  application: string,
  mark: RowMark,
): Promise<PrintBatch | null> {
  const { from, to, at, pending, token, reason, note, use, spoilt } = mark
  const row = {
    'rows.$[row].state': to,
    'rows.$[row].at': at,
    'rows.$[row].pending': pending,
    'rows.$[row].transactionId': pending,
    ...(token === undefined ? {} : { 'rows.$[row].token': token }),
    ...(reason === undefined ? {} : { 'rows.$[row].reason': reason }),
    ...(note === undefined ? {} : { 'rows.$[row].note': note }),
    ...(spoilt === undefined ? {} : { 'uses.$[use].misprint': spoilt, 'uses.$[use].spoiltBy': pending }),
  }
  const written = await guarded('batch.mark', () =>
    printBatches(database)
      .findOneAndUpdate(
        {
          _id: number,
          state: 'open',
          rows: { $elemMatch: { application, state: { $in: [...from] } } },
          ...(use ? { 'uses.transactionId': { $ne: use.transactionId } } : {}),
        },
        { $set: { ...row, ...(use ? { usedAt: at } : {}) }, ...(use ? { $push: { uses: use } } : {}) },
        {
          arrayFilters: [
            { 'row.application': application },
            ...(spoilt === undefined ? [] : [{ 'use.application': application, 'use.misprint': { $exists: false } }]),
          ],
          returnDocument: 'after',
        },
      )
      .lean<PrintBatchDocument>(),
  )
  return written ? toBatch(written) : null
}

/** One row of an open batch is to be taken back to where it was before the act `undoes`. Null where that is not its last. */
export async function markUndo(
  database: Database,
  number: number,
  row: { application: string; undoes: string; pending: string },
): Promise<PrintBatch | null> {
  const { application, undoes, pending } = row
  const written = await guarded('batch.undo', () =>
    printBatches(database)
      .findOneAndUpdate(
        {
          _id: number,
          state: 'open',
          rows: { $elemMatch: { application, transactionId: undoes, state: { $in: ['done', 'misprint'] } } },
        },
        { $set: { 'rows.$.undoes': undoes, 'rows.$.pending': pending, 'rows.$.transactionId': pending } },
        { returnDocument: 'after' },
      )
      .lean<PrintBatchDocument>(),
  )
  return written ? toBatch(written) : null
}

/**
 * The application has gone back: so does its row, and what the act had counted is counted no more, in the same write.
 * False where the batch is not in `state`.
 */
export async function settleUndo(
  database: Database,
  number: number,
  state: PrintBatch['state'],
  row: { application: string; undoes: string; pending: string; to: BatchRowState },
): Promise<boolean> {
  const { application, undoes, pending, to } = row
  const result = await guarded('batch.undone', () =>
    printBatches(database).updateOne(
      { _id: number, state },
      {
        $set: { 'rows.$[row].state': to },
        $unset: {
          'rows.$[row].pending': 1,
          'rows.$[row].undoes': 1,
          'rows.$[row].reason': 1,
          'rows.$[row].note': 1,
          ...(to === 'done' ? { 'uses.$[use].misprint': 1, 'uses.$[use].spoiltBy': 1 } : {}),
        },
        ...(to === 'done' ? {} : { $pull: { uses: { transactionId: undoes } } }),
      },
      {
        arrayFilters: [
          { 'row.application': application, 'row.pending': pending },
          ...(to === 'done' ? [{ 'use.spoiltBy': undoes }] : []),
        ],
      },
    ),
  )
  return result.matchedCount === 1
}

/**
 * The application has gone through `pending`; `state` where it came out otherwise than the row said. An undo that was
 * refused leaves the row to the act that it was about.
 */
export async function settleRow(
  database: Database,
  number: number,
  row: { application: string; pending: string; undoes?: string | undefined },
  state?: BatchRowState,
): Promise<void> {
  const { application, pending, undoes } = row
  const set = {
    ...(state === undefined ? {} : { 'rows.$[row].state': state }),
    ...(undoes === undefined ? {} : { 'rows.$[row].transactionId': undoes }),
  }
  await guarded('batch.settle', () =>
    printBatches(database).updateOne(
      { _id: number },
      {
        $unset: { 'rows.$[row].pending': 1, 'rows.$[row].undoes': 1 },
        ...(Object.keys(set).length > 0 ? { $set: set } : {}),
      },
      { arrayFilters: [{ 'row.application': application, 'row.pending': pending }] },
    ),
  )
}
