import css from './skeleton-rows.module.css'

const WIDTHS = [70, 52, 84, 60, 76, 48, 66]

/** Grey rows in the final sizes, seen only when loading takes longer than 150 ms; `short`: in the place of a few lines. */
export function SkeletonRows({ label, short = false }: { label: string; short?: boolean }) {
  return (
    <div className={css.rows} role="status" aria-label={label}>
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
