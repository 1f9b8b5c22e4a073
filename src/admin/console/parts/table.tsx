import { Fragment } from 'react'
import type { ReactNode } from 'react'
import type { DrawnRows } from './drawn-rows.ts'
import css from './rows/table.module.css'

/** A long table, of which only the rows near the view are drawn. `whole`: no more come from the server. */
export function DrawnTable<T>({
  heads,
  items,
  keyOf,
  drawn,
  whole,
  cells,
}: {
  heads: readonly ReactNode[]
  items: readonly T[]
  keyOf: (item: T) => string
  drawn: DrawnRows<HTMLTableSectionElement>
  whole: boolean
  cells: (item: T) => ReactNode
}) {
  return (
    <table className={css.table} aria-rowcount={whole ? items.length + 1 : -1}>
      <thead>
        <tr aria-rowindex={1}>
          {heads.map((head, i) => (
            <th key={i} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...drawn.list}>
        {drawn.rows.map(({ index, gap, mark }) => {
          const item = items[index]!
          return (
            <Fragment key={keyOf(item)}>
              <GapRow height={gap} />
              <tr {...mark} aria-rowindex={index + 2}>
                {cells(item)}
              </tr>
            </Fragment>
          )
        })}
        <GapRow height={drawn.after} />
      </tbody>
    </table>
  )
}

/** What only a screen reader says of a column. */
export function UnseenHead({ children }: { children: string }) {
  return <span className={css.unseen}>{children}</span>
}

/** The room of rows that are not drawn. */
export function GapRow({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    <tr className={css.gap} aria-hidden="true" style={{ height }}>
      <td colSpan={99} />
    </tr>
  )
}
