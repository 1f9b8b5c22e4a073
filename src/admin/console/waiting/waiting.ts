import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ApplicationList, ApplicationView } from '../../contract/application.ts'
import type {
  ClaimBody,
  Counts,
  PlacedPage,
  QueueItem,
  QueuePage,
  QueueQuery,
  QueueSchools,
} from '../../contract/queue.ts'
import { behindLast, useComing, usePages } from '../client/queries.ts'
import { newTransaction, query, request } from '../client/request.ts'
import { isClaimStage, stagesOf } from '../client/rights.ts'
import type { ClaimStage, Stage } from '../client/rights.ts'
import { useMe } from '../client/session.ts'

const PAGE = 100
const idOf = ({ id }: QueueItem) => id

/** What the queue of a stage is narrowed to. */
export type Narrow = Pick<QueueQuery, 'npsn' | 'findings' | 'corrected'>

/**
 * The rows of a stage, or what waits for a supervisor: claimed and queued ones of working stages, which may be narrowed,
 * any row of others.
 */
export function useRows(stage: Stage | 'attention', narrow: Narrow = {}) {
  return usePages<PlacedPage>({
    key: ['rows', stage, narrow],
    keep: true,
    page: (after) => {
      const page = { after, limit: PAGE }
      if (stage === 'attention') return request('GET', `/api/attention${query(page)}`)
      if (!isClaimStage(stage)) return request('GET', `/api/applications${query({ stage, ...page })}`)
      return request('GET', `/api/queue${query({ stage, ...narrow, ...page })}`)
    },
    next: stage !== 'attention' && isClaimStage(stage) ? behindLast(PAGE, idOf) : (last) => last.next,
  })
}

/** The schools that have rows in the queue of a stage; half a minute old at most. */
export function useQueueSchools(stage: ClaimStage) {
  return useQuery({
    queryKey: ['queue-schools', stage],
    queryFn: () => request<QueueSchools>('GET', `/api/queue/schools${query({ stage })}`),
    staleTime: 30_000,
  })
}

/** Any rows by ticket or school. */
export function useFound(search: { ticket?: string; npsn?: string }) {
  const some = search.ticket !== undefined || search.npsn !== undefined
  return useQuery({
    queryKey: ['found', search],
    queryFn: () => request<QueuePage>('GET', `/api/applications${query({ ...search, limit: PAGE })}`),
    enabled: some,
  })
}

/** As much as a page of the server holds: who reads a list to its end asks seldom. */
const LARGE_PAGE = 200

/** All finished cards of one school: page after page comes by itself, since only the whole is a list to be signed. */
export function useReadyOf(npsn: string | undefined) {
  const list = usePages<PlacedPage>({
    key: ['rows', 'ready', npsn],
    page: (after) => request('GET', `/api/applications${query({ stage: 'ready', npsn, after, limit: LARGE_PAGE })}`),
    next: (last) => last.next,
    enabled: npsn !== undefined,
  })
  useComing(list, true)
  return list
}

export function useCounts() {
  return useQuery({ queryKey: ['counts'], queryFn: () => request<Counts>('GET', '/api/counts') })
}

/** What I hold, with tokens, so that a reload loses nothing. */
export function useClaims() {
  const me = useMe()
  return useQuery({
    queryKey: ['claims'],
    queryFn: () => request<ApplicationList>('GET', '/api/claims'),
    // who takes no cases may not ask for them either
    enabled: stagesOf(me.roles).length > 0,
  })
}

/** Takes the next case; undefined when nothing waits. The answer is the case itself and is kept as such. */
export function useTakeNext() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (stages: readonly ClaimStage[]) => {
      const body: ClaimBody = { requestId: newTransaction(), ...(stages.length > 0 ? { stages: [...stages] } : {}) }
      return request<ApplicationView | undefined>('POST', '/api/queue/claim', body)
    },
    onSuccess: (taken) => {
      if (taken) client.setQueryData(['case', taken.id], taken)
      void client.invalidateQueries({ queryKey: ['claims'] })
      void client.invalidateQueries({ queryKey: ['counts'] })
    },
  })
}

/** Claims the next case of a stage ahead of time. A refusal is no matter: the next decision takes one as ever. */
export function useTakeAhead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (stage: ClaimStage) => {
      const body: ClaimBody = { requestId: newTransaction(), stages: [stage], ahead: true }
      return request<ApplicationView | undefined>('POST', '/api/queue/claim', body)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['claims'] }),
  })
}

/** What of the claims was taken ahead and is still held at `now`. */
export const aheadOf = (claims: readonly ApplicationView[], now: number): ApplicationView | undefined =>
  claims.find((one) => one.claim?.prefetch === true && new Date(one.claim.leaseUntil).getTime() > now)

export type { Counts, QueueItem }
