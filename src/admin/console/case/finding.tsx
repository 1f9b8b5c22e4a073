import { useId } from 'react'
import type { ReactNode } from 'react'
import type { FindingView, PupilView } from '../../contract/application.ts'
import { IdentityNumber } from '../parts/identity-number.tsx'
import { SeverityIcon, severityName } from '../parts/severity-icon.tsx'
import { severityColors } from '../theme/theme.ts'
import { findingEvidence, findingWords } from '../words/finding.ts'
import css from './finding.module.css'

/** One finding with its sentence and its evidence; the severity decides shape, tint and weight. */
export function Finding(props: { finding: FindingView; pupil: PupilView | null; picture?: ReactNode }) {
  const { finding, pupil, picture } = props
  const { title, sentence } = findingWords(finding)
  const colors = severityColors[finding.severity]
  const heading = useId()
  return (
    <section
      className={css.finding}
      style={{ background: colors.soft, borderColor: colors.solid }}
      aria-labelledby={heading}
    >
      <span className={css.icon} style={{ color: colors.solid }}>
        <SeverityIcon severity={finding.severity} over={colors.soft} size={16} />
      </span>
      <h3 id={heading} className={css.title}>
        <span className={css.unseen}>{severityName[finding.severity]}: </span>
        {title}
      </h3>
      <div className={css.body}>
        <dl className={css.evidence}>
          {findingEvidence(finding, pupil).map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{/^\d{6}[\d*]{10}$/.test(value) ? <IdentityNumber value={value} /> : value}</dd>
            </div>
          ))}
        </dl>
        {picture}
        {sentence && <p>{sentence}</p>}
      </div>
    </section>
  )
}
