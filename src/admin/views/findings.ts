import type { Finding } from '../../models/application/findings.ts'
import type { Appraised } from '../../models/application/appraisals.ts'
import type { Sealer } from '../../models/store/sealing.ts'
import type { Case, CaseEntry } from '../../queue/case.ts'
import type { FindingView } from '../contract/application.ts'
import { given } from './given.ts'

/**
 * The name of a finding within its case: the same one, of the same evidence, has the same name wherever it stands.
 * Keyed, since the evidence may be a NIK.
 */
export function findingId(sealer: Pick<Sealer, 'lookup'>, { code, field, document, detail }: Finding): string {
  const evidence = Object.entries(detail ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return sealer.lookup('finding', JSON.stringify([code, field ?? '', document ?? '', evidence]))
}

/** Every finding of a case: of its data, of its documents, and of what looking at them came to. */
export function findingsIn(one: Pick<Case, 'findings' | 'documents'>, appraised: Appraised | undefined): Finding[] {
  return [
    ...one.findings,
    ...one.documents.flatMap((document) => [...document.findings, ...(appraised?.[document.id]?.findings ?? [])]),
  ]
}

/** The entries that say who has looked into which finding, by its name. */
function examinedIn({ history }: Pick<Case, 'history'>, sealer: Pick<Sealer, 'lookup'>): Map<string, CaseEntry> {
  const examined = new Map<string, CaseEntry>()
  for (const entry of history) {
    if (!entry.examined) continue
    const id = findingId(sealer, entry.examined.finding)
    if (entry.examined.again) examined.delete(id)
    else examined.set(id, entry)
  }
  return examined
}

/** Codes of the heavy findings that nobody has looked into, of what counts now. */
export function openHeavy(
  one: Pick<Case, 'findings' | 'documents' | 'history'>,
  appraised: Appraised | undefined,
  sealer: Pick<Sealer, 'lookup'>,
): string[] {
  const examined = examinedIn(one, sealer)
  const documents = one.documents.filter((document) => document.supersededAt === undefined)
  return findingsIn({ findings: one.findings, documents }, appraised)
    .filter((finding) => finding.severity === 'heavy' && !examined.has(findingId(sealer, finding)))
    .map(({ code }) => code)
}

/**
 * How findings of the case are shown: who has looked into them stands in the history. The evidence may quote a NIK: it
 * goes only to who may see the whole one (`full`). `people`: names of operators by id.
 */
export function findingViews(
  one: Pick<Case, 'history'>,
  how: { sealer: Sealer; full: boolean; people: ReadonlyMap<string, string> },
): (finding: Finding) => FindingView {
  const { sealer, full, people } = how
  const entries = examinedIn(one, sealer)
  return (finding) => {
    const { code, severity, field, document, detail } = finding
    const id = findingId(sealer, finding)
    const evidence = full && detail ? { ...detail } : undefined
    const entry = entries.get(id)
    const examined = entry && {
      by: entry.by.id,
      at: entry.at.toISOString(),
      ...given({ name: people.get(entry.by.id) }),
    }
    return { id, code, severity, ...given({ field, document, detail: evidence, examined }) }
  }
}
