import { MutationCache, QueryCache } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { PagedQueryClient } from './paged-query-client.ts'
import { isProblem } from './request.ts'

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
