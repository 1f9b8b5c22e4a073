import type { ReactNode } from 'react'
import css from './empty.module.css'
import { StageRing } from '../stage-ring.tsx'

/** An empty list says so, and where there is work instead. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.empty}>
      <span className={css.sign}>
        <StageRing stage="received" size={32} />
      </span>
      <p className={css.title}>{title}</p>
      {children}
    </div>
  )
}
