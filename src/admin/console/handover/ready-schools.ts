import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { QueueSchools } from '../../contract/queue.ts'
import type { SearchPage } from '../../contract/search.ts'
import { usePages } from '../client/queries.ts'
import { query, request } from '../client/request.ts'

/** A school and how many cards lie ready for it, as the server counts them. */
export type CountedSchool = QueueSchools['items'][number]

/** Every school for which cards lie ready. */
export function useReadySchools() {
  return useQuery({
    queryKey: ['rows', 'ready', 'schools'],
    queryFn: () => request<QueueSchools>('GET', `/api/queue/schools${query({ stage: 'ready' })}`),
  })
}

const PAGE = 50
/** Fewer digits are the beginning of an NPSN, of which every school is here. */
const NPSN = /^\d{0,8}$/

/** Finished cards that the words mean: a pupil's name, a ticket or a NIK. */
export function useReadyFound(words: string) {
  return usePages<SearchPage>({
    key: ['rows', 'ready', 'found', words],
    keep: true,
    page: (after) =>
      request('POST', '/api/search', {
        q: words,
        stage: 'ready',
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      }),
    next: (last) => last.next,
    enabled: isAsked(words),
  })
}
export const isAsked = (words: string): boolean => words.length > 1 && !NPSN.test(words)

const SETTLED_MS = 250

/** What was typed, once nothing has been typed for a moment. */
export function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const due = setTimeout(() => setSettled(typed), SETTLED_MS)
    return () => clearTimeout(due)
  }, [typed])
  return settled
}
