import type { FindingView, ReadValueView } from '../../../contract/application.ts'
import type { Case, CaseDocument, ReturnReason } from '../../client/case.ts'

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

/** Findings as they are listed: files that nobody's machine has read are one line, whatever they are. */
export function listedOf(shown: Case): { findings: readonly FindingView[]; unread: readonly CaseDocument[] } {
  const all = findingsOf(shown)
  const unread = all.filter(({ code }) => code === 'NOT_READ').map(({ document }) => document)
  return {
    findings: all.filter(({ code }) => code !== 'NOT_READ'),
    unread: shown.documents.filter(({ id }) => unread.includes(id)),
  }
}

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

/**
 * Whether a finding that nobody has looked into speaks for the reason. A finding on a document speaks only for a reason
 * that asks for that kind again, where it asks for any.
 */
export function isProposed({ findings, asks }: Pick<ReturnReason, 'findings' | 'asks'>, shown: Case): boolean {
  return findingsOf(shown).some(({ code, document, examined }) => {
    if (examined || !findings.includes(code)) return false
    const kind = shown.documents.find((one) => one.id === document)?.kind
    const kinds = asks.filter((asked) => !ANSWERS.includes(asked))
    return kind === undefined || kinds.length === 0 || kinds.includes(kind)
  })
}

/** What is asked for again that is no document. */
const ANSWERS = ['name', 'nik', 'birthDate', 'class']
