import { Fragment, useEffect } from 'react'
import type { ReactNode, Ref } from 'react'
import type { SurfaceName } from '../keys/table.ts'
import { useKeys } from '../keys/use-keys.ts'
import { rowPlace, useDrawnRows } from './drawn-rows.ts'
import type { DrawnRow, DrawnRows, RowPlace } from './drawn-rows.ts'
import css from './rows.module.css'
import { NextPage, RowsState } from './rows.tsx'
import face from './text.module.css'

/** `unseen`: only a screen reader says its head. */
export type Column<T> = {
  head: string
  unseen?: boolean
  className?: string | undefined
  cell: (item: T) => ReactNode
}

type Rows<T> = {
  keyOf: (item: T) => string
  /** A first guess of a row's, in pixels. */
  height: { wide: number; phone: number }
}

/**
 * A long table, of which only the rows near the view are drawn. `whole`: no more come from the server; `all`: every row
 * is drawn, as on paper; `byKeys`: the surface whose keys go through its links.
 */
export function Table<T>(
  props: Rows<T> & {
    columns: readonly Column<T>[]
    items: readonly T[]
    whole: boolean
    all?: boolean
    byKeys?: RowSurface
    className?: string | undefined
  },
) {
  const { columns, items, keyOf, height, whole, all, byKeys, className = css.table } = props
  const drawn = useDrawnRows<HTMLTableSectionElement>(items.map(keyOf), height, all)
  useRowKeys(byKeys, drawn)
  return (
    <table className={className} aria-rowcount={whole ? items.length + 1 : -1}>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map(({ head, unseen }) => (
            <th key={head} scope="col">
              {unseen ? <span className={face.unseen}>{head}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...drawn.list}>
        <TableRows
          columns={columns}
          rows={drawn.rows.map((row) => ({ ...row, item: items[row.index]!, place: row.index + 2 }))}
          keyOf={keyOf}
        />
        <GapRow height={drawn.after} />
      </tbody>
    </table>
  )
}

/** Rows of a table that are drawn, each at its `place` among all. */
export function TableRows<T>(props: {
  columns: readonly Pick<Column<T>, 'head' | 'className' | 'cell'>[]
  rows: readonly (DrawnRow & { item: T; place: number })[]
  keyOf: (item: T) => string
}) {
  const { columns, rows, keyOf } = props
  return rows.map(({ item, place, gap, mark }) => (
    <Fragment key={keyOf(item)}>
      <GapRow height={gap} />
      <tr {...mark} aria-rowindex={place}>
        {columns.map(({ head, className, cell }) => (
          <td key={head} className={className}>
            {cell(item)}
          </td>
        ))}
      </tr>
    </Fragment>
  ))
}

/** The room of rows that are not drawn. */
function GapRow({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    <tr className={css.gap} aria-hidden="true" style={{ height }}>
      <td colSpan={99} />
    </tr>
  )
}

type Listed<T> = Parameters<typeof NextPage>[0]['list'] & Parameters<typeof RowsState<T>>[0]['query']

/** A list of the server as a table: while it loads, failed or is empty, its rows, and how more of them come. */
export function ListTable<T>(
  props: Rows<T> & {
    query: Listed<T>
    label: string
    empty: string
    columns: readonly Column<T>[]
    /** Stands over the rows, where there are any. */
    above?: ReactNode
    byKeys?: RowSurface
    className?: string
  },
) {
  const { query, label, empty, above, ...rest } = props
  return (
    <>
      <RowsState query={query} label={label} empty={empty}>
        {(items) => (
          <>
            {above}
            <Table {...rest} items={items} whole={!query.hasNextPage} />
          </>
        )}
      </RowsState>
      <NextPage list={query} />
    </>
  )
}

/** What is scrolled below a page's tools. */
export function ListRegion(props: { name: string; ref?: Ref<HTMLDivElement>; children: ReactNode }) {
  const { name, ref, children } = props
  return (
    <div ref={ref} className={css.scroll} role="region" tabIndex={0} aria-label={name}>
      {children}
    </div>
  )
}

/**
 * A long list, of which only the rows near the view are drawn; each is an `li` at its place. `size`: of all of it, where
 * that is not what is here; `show`: the row of this key is scrolled into view.
 */
export function List<T>(
  props: Rows<T> & {
    items: readonly T[]
    size?: number
    show?: string | undefined
    byKeys?: RowSurface
    ordered?: boolean
    className?: string | undefined
    label?: string
    children: (item: T, place: RowPlace) => ReactNode
  },
) {
  const { items, keyOf, height, size = items.length, show, byKeys, ordered, className, label, children } = props
  const drawn = useDrawnRows<HTMLUListElement & HTMLOListElement>(items.map(keyOf), height)
  useRowKeys(byKeys, drawn)
  // what a row shows when it is marked has come by then, and counts among what is to be seen
  useEffect(() => {
    if (show !== undefined) drawn.show(show)
  }, [show])
  const Tag = ordered ? 'ol' : 'ul'
  return (
    <Tag {...drawn.list} className={className} aria-label={label} style={{ paddingBottom: drawn.after }}>
      {drawn.rows.map((row) => {
        const item = items[row.index]!
        return <Fragment key={keyOf(item)}>{children(item, rowPlace(row, size))}</Fragment>
      })}
    </Tag>
  )
}

/** The pages whose rows are gone through by keys. */
type RowSurface = Extract<SurfaceName, 'queue' | 'talks' | 'search'>

/** Keys go from row to row, and open one. None of a list that has no `surface`. */
export function useRowKeys(surface: RowSurface | undefined, rows: Pick<DrawnRows<HTMLElement>, 'step' | 'open'>): void {
  const { step, open } = rows
  useKeys(surface, {
    down: () => (step(1) ? undefined : 'Ini baris terakhir.'),
    up: () => (step(-1) ? undefined : 'Ini baris pertama.'),
    open: () => (open() ? undefined : 'Pilih dahulu barisnya, dengan J.'),
  })
}
