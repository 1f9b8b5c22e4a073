import { useMutation } from '@tanstack/react-query'
import type { CaseExportBody, SearchBody, SearchExportBody, SearchPage } from '../../contract/search.ts'
import { usePages } from '../client/queries.ts'
import { request } from '../client/request.ts'
import { download } from '../parts/take-away.ts'

export type Found = SearchPage
export type SearchFilters = Omit<SearchBody, 'after' | 'limit'>

const PAGE = 50

/** Applications that the filters mean; nothing is asked while there is none. */
export function useSearch(filters: SearchFilters) {
  return usePages<SearchPage>({
    key: ['found', 'search', filters],
    keep: true,
    page: (after) =>
      request('POST', '/api/search', { ...filters, limit: PAGE, ...(after === undefined ? {} : { after }) }),
    next: (last) => last.next,
    enabled: Object.keys(filters).length > 0,
  })
}

/** Saves the list as a file of a spreadsheet; the server notes it. */
export function useExport() {
  return useMutation({ mutationFn: (body: SearchExportBody) => download('/api/search/export', body) })
}

/** Saves one case as a row; who may not read it gives a reason. */
export function useCaseExport() {
  return useMutation({
    mutationFn: ({ id, ...body }: CaseExportBody & { id: string }) =>
      download(`/api/applications/${encodeURIComponent(id)}/export`, body),
  })
}
