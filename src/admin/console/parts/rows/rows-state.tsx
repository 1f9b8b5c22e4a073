import type { ReactNode } from 'react'
import { Empty } from './empty.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { SkeletonRows } from './skeleton-rows.tsx'

/** What stands in a list's place while it loads, failed or is empty; its rows otherwise. */
export function RowsState<T>(props: {
  query: { data?: { items: readonly T[] } | undefined; error: unknown; isError: boolean; refetch: () => unknown }
  label: string
  empty: string
  children: (rows: readonly T[]) => ReactNode
}) {
  const { query, label, empty } = props
  if (query.data === undefined) {
    return query.isError ? (
      <ProblemNotice error={query.error} title={`${label} tidak dapat dimuat.`} retry={() => void query.refetch()} />
    ) : (
      <SkeletonRows label={`Memuat ${label.toLowerCase()}`} />
    )
  }
  return query.data.items.length === 0 ? <Empty title={empty} /> : props.children(query.data.items)
}
