import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { nextPage } from '../client/queries.ts'
import { useKeptFocus } from './kept-focus.ts'
import { StageRing } from './marks.tsx'
import { ProblemNotice } from './notices.tsx'
import css from './rows.module.css'

/** What stands in a list's place while it loads, failed or is empty; its rows otherwise. */
export function RowsState<T>(props: {
  query: { data?: { items: readonly T[] } | undefined; error: unknown; isError: boolean; refetch: () => unknown }
  label: string
  empty: string
  children: (rows: readonly T[]) => ReactNode
}) {
  const { query, label, empty } = props
  if (query.data === undefined) {
    return <Pending query={query} failed={`${label} tidak dapat dimuat.`} loading={`Memuat ${label.toLowerCase()}`} />
  }
  return query.data.items.length === 0 ? <Empty title={empty} /> : props.children(query.data.items)
}

/** Stands in the place of what has not come: that it is on its way, or why it has failed. */
export function Pending(props: {
  query: { error: unknown; isError: boolean; refetch: () => unknown }
  failed: string
  loading: string
  short?: boolean
}) {
  const { query, failed, loading, short } = props
  if (!query.isError) return <SkeletonRows label={loading} short={short} />
  return <ProblemNotice error={query.error} title={failed} retry={() => void query.refetch()} />
}

/** Brings what of a list is still at the server; nothing is left of it once all has come. `said`: how much is here. */
export function NextPage(props: {
  list: Parameters<typeof nextPage>[0] & { hasNextPage: boolean; isFetchingNextPage: boolean }
  name?: string
  said?: string
  onCome?: () => void
}) {
  const { list, name = 'Tampilkan lagi', said, onCome } = props
  const keepFocus = useKeptFocus(list.isFetchingNextPage)
  if (!list.hasNextPage) return null
  return (
    <div className={css.next}>
      <Button
        loading={list.isFetchingNextPage}
        onClick={() => {
          keepFocus()
          void nextPage(list).then(onCome)
        }}
      >
        {name}
      </Button>
      {said && <p>{said}</p>}
    </div>
  )
}

const WIDTHS = [70, 52, 84, 60, 76, 48, 66]

/** Grey rows in the final sizes, seen only when loading takes longer than 150 ms; `short`: in the place of a few lines. */
export function SkeletonRows({ label, short = false }: { label: string; short?: boolean | undefined }) {
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

/** Which part of a list is shown. */
export function FilterTabs<T extends string>(props: {
  label: string
  value: T
  options: readonly { value: T; name: string }[]
  /** A number in one of the names is on its way: they come with it, or it would push those after it. */
  pending?: boolean
  onChange: (value: T) => void
}) {
  return (
    <div className={css.tabs} role="group" aria-label={props.label} data-pending={props.pending}>
      {props.options.map(({ value, name }) => (
        <button
          key={value}
          type="button"
          aria-current={value === props.value ? 'true' : undefined}
          onClick={() => props.onChange(value)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
