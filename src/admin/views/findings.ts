import type { Finding } from '../../models/application/findings.ts'
import type { Appraised } from '../../models/application/appraisals.ts'
import type { Sealer } from '../../models/store/sealing.ts'
import type { Case } from '../../queue/case.ts'
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

/**
 * How findings of the case are shown: who has looked into them stands in the history. The evidence may quote a NIK: it
 * goes only to who may see the whole one (`full`). `people`: names of operators by id.
 */
export function findingViews(
  { history }: Pick<Case, 'history'>,
  how: { sealer: Sealer; full: boolean; people: ReadonlyMap<string, string> },
): (finding: Finding) => FindingView {
  const { sealer, full, people } = how
  const examined = new Map<string, NonNullable<FindingView['examined']>>()
  for (const entry of history) {
    if (!entry.examined) continue
    const id = findingId(sealer, entry.examined.finding)
    const { by, at } = entry
    if (entry.examined.again) examined.delete(id)
    else examined.set(id, { by: by.id, at: at.toISOString(), ...given({ name: people.get(by.id) }) })
  }
  return (finding) => {
    const { code, severity, field, document, detail } = finding
    const id = findingId(sealer, finding)
    const evidence = full && detail ? { ...detail } : undefined
    return { id, code, severity, ...given({ field, document, detail: evidence, examined: examined.get(id) }) }
  }
}
