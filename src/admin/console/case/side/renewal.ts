import type { HistoryView } from '../../../contract/application.ts'
import type { Case, CaseDocument, Reasons } from '../../client/case.ts'

/** What has come of a return: what was asked for, and what of it is new. */
export type Renewal = {
  /** The return that it answers. */
  returned: HistoryView
  resubmitted: HistoryView
  documents: readonly CaseDocument[]
  changes: NonNullable<HistoryView['changes']>
}

/** Of a case that came back corrected and is verified anew; undefined where that is not so. */
export function renewalOf({ stage, history, documents }: Case): Renewal | undefined {
  if (stage !== 'verification') return undefined
  const resubmitted = history.findLast(({ action }) => action === 'resubmit')
  if (!resubmitted) return undefined
  const returned = returnBefore(history, resubmitted)
  if (!returned) return undefined
  return {
    returned,
    resubmitted,
    documents: documents.filter((one) => one.supersededAt === undefined && one.at > returned.at),
    changes: resubmitted.changes ?? [],
  }
}

/** The files that came with a correction, also those that a later one has replaced. */
export function filesOf({ history, documents }: Case, resubmitted: HistoryView): readonly CaseDocument[] {
  const returned = returnBefore(history, resubmitted)
  return returned ? documents.filter(({ at }) => at > returned.at && at <= resubmitted.at) : []
}

const returnBefore = (history: readonly HistoryView[], { seq }: HistoryView) =>
  history.findLast((entry) => entry.action === 'return' && entry.seq < seq)

/** What a reason asked for, and what has come of that. `unmet`: the school was to send something, and nothing is new. */
export type Answer = { code: string; documents: readonly CaseDocument[]; fields: readonly string[]; unmet: boolean }

/** Each reason of the return with what answers it. `known`: what the office's reasons ask for. */
export function answersTo({ returned, documents, changes }: Renewal, known: Reasons['return']): readonly Answer[] {
  return (returned.reasons ?? []).map((code) => {
    const asks = known.find((reason) => reason.code === code)?.asks ?? []
    const named = documents.filter(({ kind }) => asks.includes(kind) || asks.includes('other'))
    const fields = changes.map(({ field }) => field).filter((field) => asks.includes(field))
    return { code, documents: named, fields, unmet: asks.length > 0 && named.length + fields.length === 0 }
  })
}
