import css from './table.module.css'

/** The room in a table of rows that are not drawn. */
export function GapRow({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    <tr className={css.gap} aria-hidden="true" style={{ height }}>
      <td colSpan={99} />
    </tr>
  )
}
