import { isDuplicateKey } from '../store/errors.ts'
import { guarded } from '../store/failpoint.ts'
import { printBatches, toBatch } from './kept.ts'
import type { PrintBatchDocument } from './kept.ts'
import type { BatchRow, BatchRowState, BatchStage, BatchUse, PrintBatch } from './print-batch.ts'
import type { Database } from '../store/connect.ts'

const TRIES = 20

/** A new batch under the next number; the same `request` again gives the batch that it opened. */
export async function openBatch(
  database: Database,
  given: { request: string; stage: BatchStage; printer?: string; by: string; at: Date; rows: BatchRow[] },
): Promise<PrintBatch> {
  const batches = printBatches(database)
  for (let i = 0; i < TRIES; i++) {
    const known = await batches.findOne({ request: given.request }).lean<PrintBatchDocument>()
    if (known) return toBatch(known)
    const document: PrintBatchDocument = { ...given, _id: await nextNumber(database), state: 'open', uses: [] }
    try {
      await guarded('batch.open', () => batches.collection.insertOne(document as never))
      return toBatch(document)
    } catch (error) {
      // the number is taken, or the same request is being answered beside us
      if (!isDuplicateKey(error)) throw error
    }
  }
  throw new Error('no number for a batch could be had')
}

/** Rows whose application the batch holds, or is about to take. */
const HOLDING = ['waiting', 'taking'] as const satisfies readonly BatchRowState[]

/**
 * The batch is `to`'s from now on, and so is what it holds: each such row takes its application from the claim that it
 * had, under `token` and `pending`. Null where it is not open, not `from`'s, or a row has something printed to pay first.
 */
export async function passBatch(
  database: Database,
  number: number,
  { from, to, at, token, pending }: { from: string; to: string; at: Date; token: string; pending: string },
): Promise<PrintBatch | null> {
  const taking = { state: 'taking', at, token, passed: '$$row.token', pending, transactionId: pending }
  const held = { $in: ['$$row.state', [...HOLDING]] }
  const row = { $cond: [held, { $mergeObjects: ['$$row', taking] }, '$$row'] }
  const written = await guarded('batch.pass', () =>
    printBatches(database)
      .findOneAndUpdate(
        {
          _id: number,
          state: 'open',
          by: from,
          rows: { $not: { $elemMatch: { pending: { $exists: true }, state: { $nin: [...HOLDING] } } } },
        },
        [{ $set: { by: { $literal: to }, rows: { $map: { input: '$rows', as: 'row', in: row } } } }],
        { returnDocument: 'after', updatePipeline: true },
      )
      .lean<PrintBatchDocument>(),
  )
  return written ? toBatch(written) : null
}

/** Open batches that this operator works. */
export async function openBatchesOf(database: Database, by: string): Promise<PrintBatch[]> {
  const found = await printBatches(database)
    .find({ by, state: 'open' })
    .hint('open-by')
    .sort({ _id: 1 })
    .lean<PrintBatchDocument[]>()
  return found.map(toBatch)
}

/** No more rows: what waits is to be given back under `pending`. Null where the batch is not open. */
export async function closeBatch(
  database: Database,
  number: number,
  { by, at, pending }: { by: string; at: Date; pending: string },
): Promise<PrintBatch | null> {
  const written = await guarded('batch.close', () =>
    printBatches(database)
      .findOneAndUpdate(
        { _id: number, state: 'open' },
        {
          $set: {
            state: 'closed',
            closedAt: at,
            closedBy: by,
            'rows.$[row].state': 'left',
            'rows.$[row].at': at,
            'rows.$[row].pending': pending,
          },
        },
        { arrayFilters: [{ 'row.state': { $in: [...HOLDING] } }], returnDocument: 'after' },
      )
      .lean<PrintBatchDocument>(),
  )
  return written ? toBatch(written) : null
}

export async function batchByNumber(database: Database, number: number): Promise<PrintBatch | null> {
  const found = await printBatches(database).findById(number).lean<PrintBatchDocument>()
  return found ? toBatch(found) : null
}

/** The number that the next batch is likely to get. */
export async function nextNumber(database: Database): Promise<number> {
  const last = await printBatches(database).findOne({}, { _id: 1 }).sort({ _id: -1 }).lean<{ _id: number }>()
  return (last?._id ?? 0) + 1
}

/** Where a page of batches ended: a batch may be closed before the next page is asked for. */
export type BatchPlace = Pick<PrintBatch, 'state' | 'number'>

/** Batches of a stage from behind `after` on: the open ones, then the closed ones, of each the latest first. */
export async function listBatches(
  database: Database,
  { stage, after, limit }: { stage: BatchStage; after?: BatchPlace | undefined; limit: number },
): Promise<PrintBatch[]> {
  const rest = after && { state: after.state, _id: { $lt: after.number } }
  const found = await printBatches(database)
    // 'open' comes before 'closed' where the alphabet runs backwards
    .find({ stage, ...(rest && (after.state === 'open' ? { $or: [rest, { state: 'closed' }] } : rest)) })
    .sort({ state: -1, _id: -1 })
    .limit(limit)
    .lean<PrintBatchDocument[]>()
  return found.map(toBatch)
}

/** Batches with rows whose application still has something to go through. */
export async function pendingBatches(database: Database, limit: number): Promise<PrintBatch[]> {
  const found = await printBatches(database)
    .find({ 'rows.pending': { $exists: true } })
    .hint('pending')
    .limit(limit)
    .lean<PrintBatchDocument[]>()
  return found.map(toBatch)
}

/** All cards that the printers have used since the office began to count. */
export async function countUses(database: Database): Promise<number> {
  const [sum] = await printBatches(database).aggregate<{ uses: number }>([
    { $group: { _id: null, uses: { $sum: { $size: '$uses' } } } },
  ])
  return sum?.uses ?? 0
}

export async function usesSince(database: Database, since: Date): Promise<BatchUse[]> {
  const found = await printBatches(database)
    .find({ usedAt: { $gte: since } }, { uses: 1 })
    .hint('used')
    .lean<Pick<PrintBatchDocument, 'uses'>[]>()
  return found.flatMap(({ uses }) => uses.filter((use) => use.at >= since))
}
