import type { CSSProperties } from 'react'
import { severityColors } from '../../theme/theme.ts'
import type { Mark } from '../side/marks.ts'
import css from './paper.module.css'

/** The lines on a picture that findings speak of, turned with it. What they mean is said beside the findings. */
export function PaperMarks({ marks, ratio, turned }: { marks: readonly Mark[]; ratio: number; turned: number }) {
  if (marks.length === 0) return null
  return (
    <div
      className={css.marks}
      aria-hidden="true"
      data-sideways={turned % 180 !== 0}
      style={{ rotate: `${turned}deg`, '--ratio': ratio } as CSSProperties}
    >
      {marks.map(({ n, box, severity }) => (
        <span
          key={n}
          className={css.mark}
          data-mark={n}
          style={
            {
              left: `${100 * box.x}%`,
              top: `${100 * box.y}%`,
              width: `${100 * box.width}%`,
              height: `${100 * box.height}%`,
              '--mark': severityColors[severity].solid,
            } as CSSProperties
          }
        >
          <b style={{ rotate: `${-turned}deg` }}>{n}</b>
        </span>
      ))}
    </div>
  )
}
