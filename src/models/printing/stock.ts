import { guarded } from '../store/failpoint.ts'
import { newId } from '../store/ids.ts'
import type { StockKind } from './print-batch.ts'
import type { Database } from '../store/connect.ts'
import { insertOnce } from '../store/insert-once.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** Cards or ribbon prints that came in, or the difference that a count of the shelf has found. */
export type StockEntry = {
  id: string
  kind: StockKind
  amount: number
  source: 'in' | 'count'
  transactionId: string
  by: string
  at: Date
}
type StockDocument = Omit<StockEntry, 'id'> & { _id: string }

const schema = keptIn<StockDocument>('stock')
schema.index({ transactionId: 1 }, { name: 'transaction', unique: true })

export const stockEntries = modelOf('StockEntry', schema)

/** Adds an entry; the same transaction again adds nothing. */
export async function addStock(database: Database, entry: Omit<StockEntry, 'id'>): Promise<void> {
  await guarded('stock.add', () => insertOnce(stockEntries(database), { _id: newId(entry.at.getTime()), ...entry }))
}

export async function stockKnown(database: Database, transactionId: string): Promise<boolean> {
  return (await stockEntries(database).exists({ transactionId })) !== null
}

/** What all entries add up to, by kind; what the printers have used is not taken off. */
export async function stockSums(database: Database): Promise<Record<StockKind, number>> {
  const sums = await stockEntries(database).aggregate<{ _id: StockKind; sum: number }>([
    { $group: { _id: '$kind', sum: { $sum: '$amount' } } },
  ])
  const of = (kind: StockKind) => sums.find((one) => one._id === kind)?.sum ?? 0
  return { blank: of('blank'), ribbon: of('ribbon') }
}
