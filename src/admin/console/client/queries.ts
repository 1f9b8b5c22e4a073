import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import type { InfiniteData, InvalidateOptions, InvalidateQueryFilters, Query, QueryKey } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { isProblem, newTransaction } from './request.ts'

const pageComes = ({ state }: Query): boolean =>
  state.fetchStatus === 'fetching' && state.fetchMeta?.fetchMore !== undefined

/**
 * A list whose next page is on its way is read again only when that has come: reading it at once would drop the page,
 * and under many events somebody would ask for it again and again.
 */
export class PagedQueryClient extends QueryClient {
  readonly #later = new Map<Query, Promise<void>>()

  override async invalidateQueries(filters: InvalidateQueryFilters = {}, options?: InvalidateOptions): Promise<void> {
    const paged = this.getQueryCache().findAll(filters).filter(pageComes)
    const others = (query: Query) => !paged.includes(query) && (filters.predicate?.(query) ?? true)
    await Promise.all([
      super.invalidateQueries({ ...filters, predicate: others }, options),
      ...paged.map((query) => this.#afterPage(query)),
    ])
  }

  /** Several wishes during one page come to one reading. */
  #afterPage(query: Query): Promise<void> {
    const known = this.#later.get(query)
    if (known) return known
    const read = async () => {
      await query.promise?.catch(() => undefined)
      this.#later.delete(query)
      await this.invalidateQueries({ queryKey: query.queryKey, exact: true })
    }
    const promise = read()
    this.#later.set(query, promise)
    return promise
  }
}

// Whatever call finds nobody signed in makes the session be read again: it shows the sign-in where it has ended. What
// was typed stays in drafts.
const signedOut = (error: unknown) => {
  if (isProblem(error, 'unauthenticated')) void queries.invalidateQueries({ queryKey: ['session'] })
}

/** Live events say what is stale, so nothing is read again by the clock; old data stay while new ones come. */
export const queries: QueryClient = new PagedQueryClient({
  queryCache: new QueryCache({ onError: signedOut }),
  mutationCache: new MutationCache({ onError: signedOut }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => isProblem(error, 'offline') && count < 2,
    },
    mutations: { retry: false },
  },
})

/** Loads the next page; a reading of the list that this ends is made up for. */
export async function nextPage(list: {
  isRefetching: boolean
  fetchNextPage: () => Promise<unknown>
  refetch: () => Promise<unknown>
}): Promise<void> {
  const { isRefetching } = list
  await list.fetchNextPage()
  if (isRefetching) void list.refetch()
}

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

/** A change after which what stands under `keys` is read again; it is under way until that has come. */
export function useChange<In, Out>(keys: readonly string[], change: (body: In) => Promise<Out>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}

/** The key of a change: the same wish tried again is the same transaction, as the first try, or half of it, may have arrived. */
export function useTransactions(): (wish: string) => string {
  const tried = useRef<{ wish: string; transaction: string }>(undefined)
  return (wish) => {
    if (tried.current?.wish !== wish) tried.current = { wish, transaction: newTransaction() }
    return tried.current.transaction
  }
}
