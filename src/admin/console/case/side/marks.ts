import type { FindingView, ReadValueView } from '../../../contract/application.ts'
import type { Case, CaseDocument } from '../../client/case.ts'
import { findingsOf } from './findings.ts'

/** The line of a document that a finding speaks of; `n` is its number, beside the finding and on the picture. */
export type Mark = Pick<ReadValueView, 'page' | 'box'> &
  Pick<FindingView, 'severity'> & { n: number; finding: string; document: string }

/** Where the value stands that a finding was read from; none where nothing was read for it. */
export function lineOf(
  { documents }: Pick<Case, 'documents'>,
  { document: id, field, detail }: FindingView,
): { document: CaseDocument; value: ReadValueView } | undefined {
  const document = documents.find((one) => one.id === id)
  const value = document?.look?.values.find((one) => one.field === field && one.value === detail?.['read'])
  return document && value && { document, value }
}

/** The lines that findings speak of which nobody has looked into, numbered in the order of the findings. */
export function marksOf(shown: Case): readonly Mark[] {
  return findingsOf(shown)
    .filter((finding) => !finding.examined)
    .flatMap((finding) => {
      const line = lineOf(shown, finding)
      if (!line) return []
      const { page, box } = line.value
      return { finding: finding.id, severity: finding.severity, document: line.document.id, page, box }
    })
    .map((mark, i) => ({ ...mark, n: i + 1 }))
}
