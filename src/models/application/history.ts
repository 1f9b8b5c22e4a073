import type { HistoryEntry } from './application.ts'

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
