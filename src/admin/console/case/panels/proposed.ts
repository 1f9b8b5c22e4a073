import type { Case, ReturnReason } from '../../client/case.ts'
import { findingsOf } from '../side/findings.ts'

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
