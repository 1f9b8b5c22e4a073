/**
 * A batch (muatan) of cards that one operator signs or prints together. Its rows are claimed one by one; what the
 * printer has used is counted in the batch alone, so that the stock is what came in less what the batches tell.
 */
export const BATCH_STAGES = ['signature', 'printing'] as const
export type BatchStage = (typeof BATCH_STAGES)[number]
export function isBatchStage(stage: string): stage is BatchStage {
  return (BATCH_STAGES as readonly string[]).includes(stage)
}

/** Why a card came out wrong; the words are what the history and the console say. */
export const MISPRINT_REASONS = {
  STRIPES: 'Warna bergaris',
  JAMMED: 'Kartu tersangkut',
  WRONG_DATA: 'Data salah',
  DAMAGED: 'Kartu rusak',
  OTHER: 'Lainnya',
} as const
export type MisprintReason = keyof typeof MISPRINT_REASONS

/**
 * Why a card comes into no batch on a day: its school asks to cancel it, it carries a portrait and there is none, or the
 * child is too old for one.
 */
export const HINDRANCES = ['cancel-asked', 'no-portrait', 'too-old'] as const
export type Hindrance = (typeof HINDRANCES)[number]

/**
 * `taking`: about to be claimed; `missed`: somebody else holds it or it has moved on; `left`: given back unprinted when
 * the batch was closed.
 */
export type BatchRowState = 'taking' | 'waiting' | 'done' | 'misprint' | 'missed' | 'left'

export type BatchRow = {
  application: string
  /** Of the claim that this row holds, or is about to take. */
  token: string
  /** The token of the colleague from whom the batch was taken over: their claim passes to this row. */
  passed?: string
  state: BatchRowState
  at: Date
  reason?: MisprintReason
  note?: Buffer
  /** What has brought the row where it is. */
  transactionId?: string
  /** The same, while the application still has to go through it; driven on by the sweeper where it was cut off. */
  pending?: string
  /** The act that is being taken back: the state is still what that has made of it. */
  undoes?: string
}

/** One card that went through the printer, well or not. */
export type BatchUse = {
  transactionId: string
  application: string
  misprint?: MisprintReason
  /** The act by which a card that was noted as printed became a misprint. */
  spoiltBy?: string
  at: Date
}

export type PrintBatch = {
  /** Counted up from 1 without a gap. */
  number: number
  stage: BatchStage
  printer?: string
  /** Who works it: whoever made it, or took it over since. */
  by: string
  at: Date
  state: 'open' | 'closed'
  rows: readonly BatchRow[]
  uses: readonly BatchUse[]
  closedAt?: Date
  /** A colleague may have closed it. */
  closedBy?: string
}

/** How many of these rows wait for their card. */
export const waitingOf = (rows: readonly BatchRow[]): number =>
  rows.filter(({ state }) => state === 'waiting' || state === 'taking').length

/** What is used up: cards, and prints of a ribbon. */
export const STOCK_KINDS = ['blank', 'ribbon'] as const
export type StockKind = (typeof STOCK_KINDS)[number]
