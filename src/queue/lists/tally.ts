import { DECISIONS } from '../../models/application/transitions.ts'
import type { HistoryEntry, StoredEntry } from '../../models/application/history.ts'
import { entriesOf } from '../../models/application/history.ts'

/** Where a decision led its application. */
export type Decided = {
  id: string
  ticket: string
  action: (typeof DECISIONS)[number]
  to: HistoryEntry['to']
  at: Date
}

/** What an operator has decided: `done` counts approvals, rejections and proposals of them; `latest` is any decision. */
export type Tally = { done: number; returned: number; latest?: Decided }

/** An application as it is tallied. */
export type Told = { _id: string; ticket?: string; history: readonly StoredEntry[] }

/** The decisions of `operator` that `counts` says belong to the day; what was taken back is none. */
export function tally(applications: readonly Told[], operator: string, counts: (at: Date) => boolean): Tally {
  const mine = applications.flatMap((application): Decided[] => {
    const undone = new Set(application.history.filter((e) => e.action === 'undo').map((e) => e.transactionId))
    return entriesOf(application).flatMap(({ by, at, transactionId, action, to }) => {
      const decision = DECISIONS.find((one) => one === action)
      const counted = decision && by.id === operator && counts(at) && !undone.has(transactionId)
      return counted ? [{ id: application._id, ticket: application.ticket ?? '', action: decision, to, at }] : []
    })
  })
  const returned = mine.filter((one) => one.action === 'return').length
  const latest = mine.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
  return { done: mine.length - returned, returned, ...(latest && { latest }) }
}
