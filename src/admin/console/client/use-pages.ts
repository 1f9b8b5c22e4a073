import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { InfiniteData, QueryKey } from '@tanstack/react-query'
import { useEffect } from 'react'

type Page = { items: readonly unknown[] }

/**
 * A list that comes page by page. Its data are the rows of all pages that have come, and the first and the last answer,
 * for what else an answer says. `keep`: the rows of another choice stay until those of this one have come.
 */
export function usePages<P extends Page>(list: {
  key: QueryKey
  page: (after: string | undefined) => Promise<P>
  /** Where the page behind this one begins; undefined where it was the last. */
  next: (last: P) => string | undefined
  keep?: boolean
  enabled?: boolean
}) {
  const { key, page, next, keep = false, enabled = true } = list
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: next,
    select: rowsOf<P>,
    ...(keep && { placeholderData: keepPreviousData }),
    enabled,
  })
}

/** While more is `wanted` than has come, the next page comes by itself; an error waits for who asks again. */
export function useComing(
  list: Pick<ReturnType<typeof usePages>, 'hasNextPage' | 'isFetching' | 'isError'> & { fetchNextPage: () => unknown },
  wanted: boolean,
): void {
  const { hasNextPage, isFetching, isError, fetchNextPage } = list
  useEffect(() => {
    if (wanted && hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [wanted, hasNextPage, isFetching, isError, fetchNextPage])
}

function rowsOf<P extends Page>({ pages }: InfiniteData<P, string | undefined>) {
  const items: readonly P['items'][number][] = pages.flatMap((page) => page.items)
  return { items, first: pages[0], last: pages.at(-1) }
}

/** Where pages of `size` rows go on: behind the last row; one that was not full was the last page. */
export const behindLast =
  <Row>(size: number, idOf: (row: Row) => string) =>
  ({ items }: { items: readonly Row[] }): string | undefined => {
    const last = items.at(-1)
    return last === undefined || items.length < size ? undefined : idOf(last)
  }
