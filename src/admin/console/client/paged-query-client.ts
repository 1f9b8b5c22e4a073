import { QueryClient } from '@tanstack/react-query'
import type { InvalidateOptions, InvalidateQueryFilters, Query } from '@tanstack/react-query'

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
