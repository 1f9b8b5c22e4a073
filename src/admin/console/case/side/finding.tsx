import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useId } from 'react'
import type { ReactNode } from 'react'
import type { FindingView, PupilView } from '../../../contract/application.ts'
import { IdentityNumber } from '../../parts/identity-number.tsx'
import { KeyHint } from '../../parts/key-hint.tsx'
import { SeverityIcon, severityName } from '../../parts/severity-icon.tsx'
import { severityColors } from '../../theme/theme.ts'
import { findingEvidence, findingWords } from '../../words/finding.ts'
import { moment } from '../../words/time.ts'
import css from './finding.module.css'

const NUMBER = /^\d{6}[\d*]{10}$/

/**
 * One finding with its sentence and its evidence; the severity decides shape, tint and weight, until somebody has looked
 * into it. `examine`: this operator may say so; `next`: the key would mean this one.
 */
export function Finding(props: {
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
      className={css.finding}
      data-examined={examined !== undefined}
      style={examined ? undefined : { background: colors.soft, borderColor: colors.solid }}
      aria-labelledby={heading}
    >
      <span className={css.icon} style={{ color: colors.solid }}>
        <SeverityIcon severity={finding.severity} over={examined ? 'var(--surface)' : colors.soft} size={16} />
      </span>
      <h3 id={heading} className={css.title}>
        <span className={css.unseen}>{severityName[finding.severity]}: </span>
        {title}
        {mark !== undefined && (
          <span className={css.mark} style={{ background: colors.solid }}>
            <span className={css.unseen}>, ditandai pada gambar: </span>
            {mark}
          </span>
        )}
      </h3>
      <div className={css.body}>
        <dl className={css.evidence}>
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
          <div className={css.foot}>
            {examined && (
              <span className={css.examined}>
                <IconCheck size={14} aria-hidden /> Diperiksa{' '}
                {examined.by === me ? 'Anda' : (examined.name ?? 'operator')}, {moment(examined.at, new Date())}
              </span>
            )}
            {correct && (
              <Button
                size="xs"
                rightSection={correct.first ? <KeyHint keys="E" /> : undefined}
                aria-keyshortcuts={correct.first ? 'E' : undefined}
                onClick={correct.act}
              >
                Betulkan {correct.name}
              </Button>
            )}
            {examine && (
              <Button
                size="xs"
                variant={examined ? 'subtle' : 'default'}
                rightSection={next ? <KeyHint keys="T" /> : undefined}
                aria-keyshortcuts={next ? 'T' : undefined}
                aria-label={`${examined ? 'Periksa lagi' : 'Sudah diperiksa'}: ${title}`}
                onClick={() => examine(finding)}
              >
                {examined ? 'Periksa lagi' : 'Sudah diperiksa'}
              </Button>
            )}
          </div>
        )}
      </div>
    </section>
  )
}
