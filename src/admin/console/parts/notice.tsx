import { IconWifiOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import css from './notice.module.css'
import { SeverityIcon } from './severity-icon.tsx'

type Tone = 'heavy' | 'check' | 'note' | 'offline'

/** Something that the operator has to know, with what is safe and what to do. Heavy ones are announced at once. */
export function Notice(props: { tone: Tone; title: string; children?: ReactNode; urgent?: boolean }) {
  const { tone, title, children, urgent = tone === 'heavy' } = props
  return (
    <div className={css.notice} data-tone={tone} role={urgent ? 'alert' : 'status'}>
      <span className={css.icon}>
        {tone === 'offline' ? (
          <IconWifiOff size={18} aria-hidden />
        ) : (
          <SeverityIcon severity={tone} over={`var(--${tone}-soft)`} size={16} />
        )}
      </span>
      <div className={css.words}>
        <p className={css.title}>{title}</p>
        {children}
      </div>
    </div>
  )
}
