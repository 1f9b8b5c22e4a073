import type { FindingView } from '../../contract/application.ts'
import { pictureOf } from '../client/case.ts'
import type { Case } from '../client/case.ts'
import { pictureSource } from '../client/pictures.ts'
import { FindingBadge } from '../parts/finding-badge.tsx'
import { severityName } from '../parts/severity-icon.tsx'
import { Finding } from './finding.tsx'
import { ReadingCut } from './reading-cut.tsx'
import css from './case-page.module.css'

const ORDER = ['heavy', 'check', 'note'] as const

/** Everything that wants a look, the heaviest first: of the pupil's data and of the documents. */
export function FindingsList({ shown, reason }: { shown: Case; reason: string | undefined }) {
  const current = shown.documents.filter((document) => document.supersededAt === undefined)
  const all = [...shown.findings, ...current.flatMap((document) => document.findings)]
  // a document's finding may stand at the case as well
  const findings = all.filter((one, i) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === i)
  return (
    <section className={css.section} aria-label="Temuan">
      <header>
        <h2>Temuan</h2>
        {ORDER.map((severity) => {
          const count = findings.filter((one) => one.severity === severity).length
          return (
            count > 0 && <FindingBadge key={severity} severity={severity} text={`${count} ${severityName[severity]}`} />
          )
        })}
      </header>
      {findings.length === 0 && <p className={css.dim}>Tidak ada temuan.</p>}
      {ORDER.flatMap((severity) => findings.filter((one) => one.severity === severity)).map((one, i) => (
        <Finding
          key={`${one.code}-${i}`}
          finding={one}
          pupil={shown.pupil}
          picture={<FindingPicture shown={shown} finding={one} reason={reason} />}
        />
      ))}
    </section>
  )
}

/** The line that a finding about a value that was read speaks of. */
function FindingPicture(props: { shown: Case; finding: FindingView; reason: string | undefined }) {
  const { shown, finding, reason } = props
  const document = shown.documents.find((one) => one.id === finding.document)
  const read = finding.detail?.['read']
  const value = document?.look?.values.find((one) => one.field === finding.field && one.value === read)
  if (!document || !value) return null
  const address = pictureOf(shown.id, document, 'full', { reason, page: value.page })
  return <ReadingCut address={pictureSource(shown.id, address)} box={value.box} name="Potongan gambar yang dibaca" />
}
