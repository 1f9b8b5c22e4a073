import { z } from 'zod'
import { BATCH_STAGES, HINDRANCES, STOCK_KINDS } from '../../models/printing/print-batch.ts'
import { Despite } from './decision.ts'
import { FreeText, Id, Moment, PageQuery, TransactionId } from './id.ts'
import { QueueItem } from './queue.ts'
import { MISPRINT_CODES, MisprintReasons } from './reason.ts'

const OperatorRef = z.object({ id: Id, name: z.string() })

/** A card; `hindrance`: why it comes into no batch today. */
const CardItem = QueueItem.extend({ hindrance: z.enum(HINDRANCES).optional() })
export type CardItem = z.infer<typeof CardItem>

/** `GET /api/printing?stage=`: what waits for a batch, in the order of the queue; what others hold is among it. */
export const PrintingQuery = PageQuery.extend({ stage: z.enum(BATCH_STAGES).default('printing') })
export const PrintingView = z.object({
  items: z.array(CardItem),
  /** Of all pages. */
  total: z.number().int(),
  /** Those of them that nobody holds. */
  free: z.number().int(),
  printers: z.array(z.string()),
  /** Cards that one printer load takes. */
  load: z.number().int(),
  /** The number that the next batch is likely to get. */
  next: z.number().int(),
  /** The office signs cards before they are printed. */
  signature: z.boolean(),
  reasons: MisprintReasons,
})
export type PrintingView = z.infer<typeof PrintingView>

const counts = z.object({
  rows: z.number().int(),
  done: z.number().int(),
  waiting: z.number().int(),
  missed: z.number().int(),
  /** Cards that came out wrong in this batch. */
  misprints: z.number().int(),
  /** Cards that the printer has used. */
  blanks: z.number().int(),
})
const batch = {
  number: z.number().int(),
  stage: z.enum(BATCH_STAGES),
  printer: z.string().optional(),
  by: OperatorRef,
  at: Moment,
  state: z.enum(['open', 'closed']),
  closedAt: Moment.optional(),
  counts,
}
/** `GET /api/print-batches?stage=`: the open ones first, of open and closed ones the latest first. */
export const BatchesQuery = z.object({
  stage: z.enum(BATCH_STAGES).default('printing'),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^(?:open|closed)-\d{1,9}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(40),
})
export const BatchSummary = z.object({ ...batch, schools: z.array(z.string()) })
export type BatchSummary = z.infer<typeof BatchSummary>
export const BatchList = z.object({
  items: z.array(BatchSummary),
  /** Where the next page begins; absent where this one was not full. */
  next: z.string().optional(),
})
export type BatchList = z.infer<typeof BatchList>

/** `GET /api/print-batches/:number`. `holds`: the batch has the claim of the row now. */
export const BatchView = z.object({
  ...batch,
  rows: z.array(
    z.object({
      item: CardItem,
      state: z.enum(['taking', 'waiting', 'done', 'misprint', 'missed', 'left']),
      holds: z.boolean(),
      at: Moment,
      reason: z.enum(MISPRINT_CODES).optional(),
      note: z.string().optional(),
    }),
  ),
})
export type BatchView = z.infer<typeof BatchView>

/** `POST /api/printing/:id/send-back` → 204: what cannot be printed goes back to its school, is rejected or cancelled. */
export const SendBackBody = z.strictObject({ transactionId: TransactionId })
export type SendBackBody = z.infer<typeof SendBackBody>

/** `POST /api/print-batches` → 201; the same requestId again gives the same batch. */
export const BatchBody = z.strictObject({
  stage: z.enum(BATCH_STAGES).default('printing'),
  applications: z.array(Id).min(1).max(200),
  printer: z.string().trim().min(1).max(40).optional(),
  requestId: TransactionId,
})
export type BatchBody = z.infer<typeof BatchBody>

/** `POST /api/print-batches/:number/take`: the batch of `from`, who is away, is mine from now on. */
export const BatchTakeBody = z.strictObject({ from: Id })

export const BatchParams = z.object({ number: z.coerce.number().int().min(1).max(1e9) })
export const BatchRowParams = BatchParams.extend({ id: Id })

/** `POST /api/print-batches/:number/rows/:id`; `undo` by the transaction id of the act. */
export const BatchRowBody = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('done'), despite: Despite.optional(), transactionId: TransactionId }),
  z.strictObject({
    act: z.literal('misprint'),
    reason: z.enum(MISPRINT_CODES),
    note: FreeText.optional(),
    transactionId: TransactionId,
  }),
  z.strictObject({ act: z.literal('retake'), transactionId: TransactionId }),
  z.strictObject({ act: z.literal('undo'), transactionId: TransactionId }),
])
export type BatchRowBody = z.infer<typeof BatchRowBody>

const stockOf = z.object({
  onHand: z.number().int(),
  reorderAt: z.number().int(),
  forecast: z.object({
    perDay: z.number().nullable(),
    days: z.number().int().nullable(),
    /** Working days and cards still to be seen before anything is foretold; zeros once it is. */
    lacks: z.object({ days: z.number().int(), cards: z.number().int() }),
    left: z.array(z.object({ day: z.iso.date(), amount: z.number().int() })),
    orderBy: z.iso.date().nullable(),
    orderIn: z.number().int().nullable(),
  }),
})
/** `GET /api/stock`. Cards for `blank`, prints for `ribbon`. */
export const StockView = z.object({
  blank: stockOf,
  ribbon: stockOf,
  /** Prints that one roll of ribbon gives. */
  ribbonPrints: z.number().int(),
  printedToday: z.number().int(),
  month: z.object({
    used: z.number().int(),
    misprints: z.array(z.object({ reason: z.enum(MISPRINT_CODES), label: z.string(), count: z.number().int() })),
  }),
})
export type StockView = z.infer<typeof StockView>

/** `POST /api/stock`: `in` adds to what is there, `count` says what lies on the shelf. */
export const StockBody = z.strictObject({
  kind: z.enum(STOCK_KINDS),
  source: z.enum(['in', 'count']),
  amount: z.number().int().min(0).max(1_000_000),
  transactionId: TransactionId,
})
export type StockBody = z.infer<typeof StockBody>
