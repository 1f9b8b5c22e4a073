import { useEffect, useState } from 'react'
import css from './skeleton-rows.module.css'

const WIDTHS = [70, 52, 84, 60, 76, 48, 66]

/** Grey rows in the final sizes, shown only when loading takes longer than 150 ms; `short`: in the place of a few lines. */
export function SkeletonRows({ label, short = false }: { label: string; short?: boolean }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150)
    return () => clearTimeout(timer)
  }, [])
  if (!shown) return null
  return (
    <div role="status" aria-label={label}>
      {(short ? WIDTHS.slice(0, 2) : WIDTHS).map((width) => (
        <div key={width} className={css.row} data-short={short}>
          <span />
          <span style={{ width: `${width}%` }} />
          <span />
        </div>
      ))}
    </div>
  )
}
