import type { StoredEntry } from '../models/mongo/history.ts'

/** What an operator has decided: `done` counts approvals, rejections and proposals of them. */
export type Tally = { done: number; returned: number }

const DONE = ['approve', 'reject', 'propose_reject'] as const

/** The decisions of `operator` that `counts` says belong to the day; what was taken back is none. */
export function tally(
  histories: readonly (readonly StoredEntry[])[],
  operator: string,
  counts: (at: Date) => boolean,
): Tally {
  const mine = histories.flatMap((history) => {
    const undone = new Set(history.filter((e) => e.action === 'undo').map((e) => e.transactionId))
    return history.filter((e) => e.by.id === operator && counts(e.at) && !undone.has(e.transactionId))
  })
  return {
    done: mine.filter((e) => DONE.some((action) => action === e.action)).length,
    returned: mine.filter((e) => e.action === 'return').length,
  }
}
