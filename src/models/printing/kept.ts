import type { BatchRow, BatchUse, PrintBatch } from './print-batch.ts'
import { toBuffer } from '../store/binary.ts'
import { keptIn, modelOf } from '../store/kept.ts'

export type PrintBatchDocument = Omit<PrintBatch, 'number' | 'rows' | 'uses'> & {
  _id: number
  /** The request that opened it: sent again, it opens no second one. */
  request: string
  rows: BatchRow[]
  uses: BatchUse[]
  /** Of the latest use. */
  usedAt?: Date
}

const schema = keptIn<PrintBatchDocument>('printBatches')
schema.index({ request: 1 }, { name: 'request', unique: true })
schema.index({ stage: 1, state: -1, _id: -1 }, { name: 'list' })
schema.index({ by: 1 }, { name: 'open-by', partialFilterExpression: { state: 'open' } })
schema.index({ 'rows.pending': 1 }, { name: 'pending', partialFilterExpression: { 'rows.pending': { $exists: true } } })
schema.index({ usedAt: 1 }, { name: 'used', partialFilterExpression: { usedAt: { $exists: true } } })

export const printBatches = modelOf('PrintBatch', schema)

export function toBatch(stored: PrintBatchDocument): PrintBatch {
  const { _id, stage, printer, by, at, state, rows, uses, closedAt, closedBy } = stored
  return {
    number: _id,
    stage,
    by,
    at,
    state,
    rows: rows.map(({ note, ...row }) => ({ ...row, ...(note ? { note: toBuffer(note) } : {}) })),
    uses,
    ...(printer === undefined ? {} : { printer }),
    ...(closedAt === undefined ? {} : { closedAt }),
    ...(closedBy === undefined ? {} : { closedBy }),
  }
}
