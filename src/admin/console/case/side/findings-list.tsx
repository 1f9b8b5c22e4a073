import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useId } from 'react'
import type { ReactNode } from 'react'
import type { FindingView, PupilView } from '../../../contract/application.ts'
import { pictureOf, useAct } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { pictureSource } from '../../client/pictures.ts'
import { useTransactions } from '../../client/queries.ts'
import { useMe } from '../../client/session.ts'
import { hinted } from '../../keys/key-hint.tsx'
import { useKeys } from '../../keys/use-keys.ts'
import { FindingBadge, IdentityNumber, SeverityIcon, severityName } from '../../parts/marks.tsx'
import face from '../../parts/text.module.css'
import { severityColors } from '../../theme/theme.ts'
import { documentName } from '../../words/document.ts'
import { findingEvidence, findingWords } from '../../words/finding.ts'
import { moment } from '../../words/time.ts'
import css from '../page/case-page.module.css'
import type { CorrectField } from '../page/draft.ts'
import own from './context-column.module.css'
import { findingsOf, lineOf, listedOf, marksOf, SEVERITY_ORDER } from './findings.ts'
import { ReadingCut } from './reading-cut.tsx'

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
  examine: ((finding: FindingView) => void) | undefined
  /** This operator may put the pupil's data right. */
  onCorrect: ((field: CorrectField) => void) | undefined
  /** This operator may leave a note to colleagues. */
  onRemark: (() => void) | undefined
}) {
  const { shown, reason, examine, onCorrect, onRemark } = props
  const me = useMe()
  const { findings, unread } = listedOf(shown)
  const marks = marksOf(shown)
  const next = examine && findings.find((one) => one.severity !== 'note' && !one.examined)
  const doubted = findings.find(doubtedBy)
  useKeys('case', next ? { examine: () => examine(next) } : {})
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
          <Button size="xs" variant="subtle" px="xs" ml="auto" {...hinted('case', 'remark')} onClick={onRemark}>
            Tulis catatan
          </Button>
        )}
      </header>
      {findings.length + unread.length === 0 && <p className={face.dim}>Tidak ada temuan.</p>}
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
      {unread.length > 0 && (
        <p className={own.unread}>
          <SeverityIcon severity="note" over="var(--surface)" size={16} />
          <span>
            Belum diperiksa mesin: {unread.map((one) => documentName(one, shown.documents, 'short')).join(', ')}.
            Periksa sendiri.
          </span>
        </p>
      )}
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

const NUMBER = /^\d{6}[\d*]{10}$/

/**
 * One finding with its sentence and its evidence; the severity decides shape, tint and weight, until somebody has looked
 * into it. `examine`: this operator may say so; `next`: the key would mean this one.
 */
function Finding(props: {
  finding: FindingView
  pupil: PupilView | null
  /** The number of its line on the picture. */
  mark: number | undefined
  picture?: ReactNode
  me: string
  next: boolean
  examine: ((finding: FindingView) => void) | undefined
  /** Puts the doubted value right; `first`: the key begins with this one. */
  correct: { name: string; first: boolean; act: () => void } | undefined
}) {
  const { finding, pupil, mark, picture, me, next, examine, correct } = props
  const { examined } = finding
  const { title, sentence } = findingWords(finding)
  const colors = severityColors[finding.severity]
  const heading = useId()
  const evidence = findingEvidence(finding, pupil)
  const other = (number: string) => evidence.find(({ value }) => value !== number && NUMBER.test(value))?.value
  return (
    <section
      className={own.finding}
      data-examined={examined !== undefined}
      style={examined ? undefined : { background: colors.soft, borderColor: colors.solid }}
      aria-labelledby={heading}
    >
      <span className={own.icon} style={{ color: colors.solid }}>
        <SeverityIcon severity={finding.severity} over={examined ? 'var(--surface)' : colors.soft} size={16} />
      </span>
      <h3 id={heading} className={face.strong}>
        <span className={face.unseen}>{severityName[finding.severity]}: </span>
        {title}
        {mark !== undefined && (
          <span className={own.mark} style={{ background: colors.solid }}>
            <span className={face.unseen}>, ditandai pada gambar: </span>
            {mark}
          </span>
        )}
      </h3>
      <div className={own.body}>
        <dl className={own.evidence}>
          {evidence.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{NUMBER.test(value) ? <IdentityNumber value={value} against={other(value)} /> : value}</dd>
            </div>
          ))}
        </dl>
        {picture}
        {sentence && <p>{sentence}</p>}
        {(examined || examine || correct) && (
          <div className={own.foot}>
            {examined && (
              <span className={own.examined}>
                <IconCheck size={14} aria-hidden /> Diperiksa{' '}
                {examined.by === me ? 'Anda' : (examined.name ?? 'operator')}, {moment(examined.at, new Date())}
              </span>
            )}
            {correct && (
              <Button size="xs" {...(correct.first && hinted('case', 'correct'))} onClick={correct.act}>
                Betulkan {correct.name}
              </Button>
            )}
            {examine && (
              <Button
                size="xs"
                variant={examined ? 'subtle' : 'default'}
                {...(next && hinted('case', 'examine'))}
                onClick={() => examine(finding)}
              >
                {examined ? 'Periksa lagi' : 'Sudah diperiksa'}
                <span className={face.unseen}>: {title}</span>
              </Button>
            )}
          </div>
        )}
      </div>
    </section>
  )
}

/** Says of a finding of my case that it has been looked into, or, said again, that it is open again. */
export function useExamine(shown: Case): (finding: FindingView) => void {
  const { mutate, isPending } = useAct(shown.id)
  const transactionOf = useTransactions()
  const token = shown.claim?.token
  return (finding) => {
    if (token === undefined || isPending) return
    const again = finding.examined !== undefined
    const transactionId = transactionOf(`${finding.id} ${shown.rev}`)
    mutate({ act: 'findings', token, finding: finding.id, again, transactionId })
  }
}
