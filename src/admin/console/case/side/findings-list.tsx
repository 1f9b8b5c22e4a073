import { Button } from '@mantine/core'
import type { FindingView } from '../../../contract/application.ts'
import { pictureOf } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { useMe } from '../../client/session.ts'
import { pictureSource } from '../../client/pictures.ts'
import { FindingBadge } from '../../parts/finding-badge.tsx'
import { KeyHint } from '../../parts/key-hint.tsx'
import { severityName } from '../../parts/severity-icon.tsx'
import { useKeys } from '../../keys/use-keys.ts'
import type { CorrectField } from '../page/draft.ts'
import { Finding } from './finding.tsx'
import { findingsOf, SEVERITY_ORDER } from './findings.ts'
import { lineOf, marksOf } from './marks.ts'
import { ReadingCut } from './reading-cut.tsx'
import css from '../page/case-page.module.css'

const inSentence: Record<CorrectField, string> = {
  nik: 'NIK',
  name: 'nama',
  birthDate: 'tanggal lahir',
  kk: 'nomor KK',
  class: 'kelas',
}
const isCorrectField = (field: string | undefined): field is CorrectField =>
  field !== undefined && Object.hasOwn(inSentence, field)

/** The value that a finding doubts which asks for a look and has had none. */
const doubtedBy = ({ field, severity, examined }: FindingView): CorrectField | undefined =>
  severity !== 'note' && !examined && isCorrectField(field) ? field : undefined

/** The value that the heaviest finding which nobody has looked into doubts. */
export const wrongOf = (shown: Case): CorrectField | undefined =>
  findingsOf(shown).flatMap((one) => doubtedBy(one) ?? [])[0]

/** Everything that wants a look. T: the next one has had it; what is only noted asks for none. */
export function FindingsList(props: {
  shown: Case
  reason: string | undefined
  active: boolean
  examine: ((finding: FindingView) => void) | undefined
  /** This operator may put the pupil's data right. */
  onCorrect: ((field: CorrectField) => void) | undefined
  /** This operator may leave a note to colleagues. */
  onRemark: (() => void) | undefined
}) {
  const { shown, reason, active, examine, onCorrect, onRemark } = props
  const me = useMe()
  const findings = findingsOf(shown)
  const marks = marksOf(shown)
  const next = examine && findings.find((one) => one.severity !== 'note' && !one.examined)
  const doubted = findings.find(doubtedBy)
  useKeys(next ? { T: () => examine(next) } : {}, active)
  return (
    <section className={css.section} aria-label="Temuan">
      <header>
        <h2>Temuan</h2>
        {SEVERITY_ORDER.map((severity) => {
          const count = findings.filter((one) => one.severity === severity).length
          return (
            count > 0 && <FindingBadge key={severity} severity={severity} text={`${count} ${severityName[severity]}`} />
          )
        })}
        {onRemark && (
          <Button
            size="xs"
            variant="subtle"
            px="xs"
            ml="auto"
            rightSection={<KeyHint keys="N" />}
            aria-keyshortcuts="N"
            onClick={onRemark}
          >
            Tulis catatan
          </Button>
        )}
      </header>
      {findings.length === 0 && <p className={css.dim}>Tidak ada temuan.</p>}
      {findings.map((one) => (
        <Finding
          key={one.id}
          finding={one}
          me={me.id}
          next={one === next}
          examine={one.severity === 'note' ? undefined : examine}
          correct={onCorrect && correctionOf(doubtedBy(one), onCorrect, one === doubted)}
          mark={marks.find((mark) => mark.finding === one.id)?.n}
          pupil={shown.pupil}
          picture={<FindingPicture shown={shown} finding={one} reason={reason} />}
        />
      ))}
    </section>
  )
}

const correctionOf = (field: CorrectField | undefined, correct: (field: CorrectField) => void, first: boolean) =>
  field && { name: inSentence[field], act: () => correct(field), first }

/** The line that a finding about a value that was read speaks of. */
function FindingPicture(props: { shown: Case; finding: FindingView; reason: string | undefined }) {
  const { shown, finding, reason } = props
  const line = lineOf(shown, finding)
  if (!line) return null
  const { document, value } = line
  const address = pictureOf(shown.id, document, 'full', { reason, page: value.page })
  return <ReadingCut address={pictureSource(shown.id, address)} box={value.box} name="Potongan gambar yang dibaca" />
}
