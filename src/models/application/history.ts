import type { Actor, Stage } from './application.ts'
import type { Action, CorrectionSubject } from './transitions.ts'

/** One line of the audit trail and of the outbox at once: pushed by the very write that it tells of. */
export type HistoryEntry = {
  seq: number
  at: Date
  by: Actor
  action: Action
  from: Stage
  to: Stage
  reasons?: readonly string[]
  transactionId?: string
  /** What a `correct` was about; absent: the pupil's data, of which the school hears. */
  subject?: CorrectionSubject
  /** Number of the print batch that this came from, which counts the card. */
  batch?: number
  /** The operator to whom a supervisor gave the claim. */
  holder?: string
  /** Doubts that an approval passed, as whoever approved has confirmed (`doubts.ts`). */
  despite?: readonly string[]
  /** Sealed: free text and old or new personal values. Emptied by the purge. */
  sealed?: Buffer
}

/**
 * A history entry as it is stored. A claim is one operation that reads nothing first, so its entry cannot tell what only
 * its place tells: `seq`, which counts entries from 1, and the stage, which is where the entry before it led.
 */
export type StoredEntry = Omit<HistoryEntry, 'seq' | 'from' | 'to'> & Partial<Pick<HistoryEntry, 'seq' | 'from' | 'to'>>

/** The history with every entry whole. */
export function entriesOf({ history }: { history: readonly StoredEntry[] }): readonly HistoryEntry[] {
  let stage: HistoryEntry['to'] = 'draft'
  return history.map((entry, i) => {
    const whole = { ...entry, seq: i + 1, from: entry.from ?? stage, to: entry.to ?? stage }
    stage = whole.to
    return whole
  })
}
