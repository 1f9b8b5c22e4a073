import { IconArrowBackUp, IconBan } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { FindingView } from '../../contract/application.ts'
import type { Stage } from '../client/rights.ts'
import { severityColors } from '../theme/theme.ts'
import { initials } from '../words/people.ts'
import { stageSixths } from '../words/stage.ts'
import css from './marks.module.css'
import face from './text.module.css'

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
      <span className={face.unseen}> ({severityName[severity]})</span>
    </span>
  )
}

/** A badge that is no finding. */
export function PlainBadge({ children }: { children: ReactNode }) {
  return <span className={css.plain}>{children}</span>
}

export type Severity = FindingView['severity']

/** Octagon, triangle or ring: the shape tells the severity without its colour. `over`: the colour of the sign inside. */
export function SeverityIcon({ severity, over, size = 14 }: { severity: Severity; over: string; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {severity === 'heavy' && (
        <>
          <path fill="currentColor" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" />
          <path stroke={over} strokeWidth="2" d="M8 4v5M8 11v1.500" />
        </>
      )}
      {severity === 'check' && (
        <>
          <path fill="currentColor" d="M8 1l7.500 14H.5z" />
          <path stroke={over} strokeWidth="1.8" d="M8 6v4M8 11.800v1.400" />
        </>
      )}
      {severity === 'note' && (
        <>
          <circle cx="8" cy="8" r="6.700" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path stroke="currentColor" strokeWidth="1.8" d="M8 7.200v4.300M8 4.300v1.500" />
        </>
      )}
    </svg>
  )
}

/** The word of a severity, for readers that see neither shape nor colour. */
export const severityName: Record<Severity, string> = { heavy: 'berat', check: 'periksa', note: 'catatan' }

/** A ring that fills by a sixth a stage, in one hue; stages outside the way have a sign of their own. Decoration. */
export function StageRing({ stage, size = 16 }: { stage: Stage; size?: number }) {
  const sixths = stageSixths[stage]
  if (stage === 'returned') return <IconArrowBackUp size={size} aria-hidden />
  if (sixths === undefined) return <IconBan size={size} aria-hidden />
  const angle = (sixths / 6) * 2 * Math.PI
  const x = (8 + 4 * Math.sin(angle)).toFixed(2)
  const y = (8 - 4 * Math.cos(angle)).toFixed(2)
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      {sixths === 6 ? (
        <circle cx="8" cy="8" r="4" fill="currentColor" />
      ) : (
        <path fill="currentColor" d={`M8 8V4A4 4 0 ${sixths > 3 ? 1 : 0} 1 ${x} ${y}z`} />
      )}
    </svg>
  )
}

/** Initials in a circle beside a name; mine is filled. */
export function OperatorMark({ name, mine = false }: { name: string; mine?: boolean }) {
  return (
    <span className={css.mark} data-mine={mine} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

/**
 * A NIK or KK number in groups of four. The groups are set apart by margins, so that a copied selection holds the
 * sixteen digits and no spaces; masked numbers keep their stars. `against`: another number, from which the underlined
 * digits differ.
 */
export function IdentityNumber(props: { value: string; strong?: boolean; against?: string | undefined }) {
  const { value, strong = false, against } = props
  const groups = value.match(/.{1,4}/g) ?? []
  return (
    <span className={css.number} data-strong={strong}>
      {groups.map((group, i) => (
        <span key={i}>{against?.length === value.length ? marked(group, against.slice(4 * i)) : group}</span>
      ))}
    </span>
  )
}

const marked = (group: string, against: string) =>
  group.split('').map((digit, i) => (digit === against[i] ? digit : <u key={i}>{digit}</u>))
