import type { FindingView } from '../../../contract/application.ts'
import type { Case } from '../../client/case.ts'

/** The heaviest first. */
export const SEVERITY_ORDER = ['heavy', 'check', 'note'] as const

/** The findings of the pupil's data and of the documents that count, each once, the heaviest first. */
export function findingsOf(shown: Case): FindingView[] {
  const current = shown.documents.filter((document) => document.supersededAt === undefined)
  const all = [...shown.findings, ...current.flatMap((document) => document.findings)]
  // a document's finding may stand at the case as well
  const each = all.filter((one, i) => all.findIndex((other) => other.id === one.id) === i)
  return SEVERITY_ORDER.flatMap((severity) => each.filter((one) => one.severity === severity))
}
