import type { ReactNode } from 'react'
import { severityColors } from '../theme/theme.ts'
import css from './finding-badge.module.css'
import { SeverityIcon, severityName } from './severity-icon.tsx'
import type { Severity } from './severity-icon.tsx'

/** A short finding in a row or a count of them: shape, tint and words. */
export function FindingBadge({ severity, text }: { severity: Severity; text: string }) {
  const colors = severityColors[severity]
  const solid = severity === 'heavy'
  return (
    <span
      className={css.badge}
      style={{
        background: solid ? colors.solid : colors.soft,
        color: solid ? colors.on : colors.solid,
      }}
    >
      <SeverityIcon severity={severity} over={solid ? colors.solid : colors.soft} />
      {text}
      <span className={css.unseen}> ({severityName[severity]})</span>
    </span>
  )
}

/** A badge that is no finding. */
export function PlainBadge({ children }: { children: ReactNode }) {
  return <span className={css.plain}>{children}</span>
}
