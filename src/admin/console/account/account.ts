import { useMutation, useQuery } from '@tanstack/react-query'
import type {
  FactorCode,
  FactorOffer,
  FactorWish,
  InviteAccept,
  InviteMade,
  InviteOf,
  OperatorSessions,
} from '../../contract/account.ts'
import { useChange, usePages } from '../client/queries.ts'
import { query, request } from '../client/request.ts'

export type SessionRow = OperatorSessions['items'][number]
const of = (id: string, what: string) => `/api/operators/${encodeURIComponent(id)}/${what}`

/** One's own sessions, or those of an operator. */
export function useSessions(operator?: string) {
  const url = operator === undefined ? '/api/session/sessions' : of(operator, 'sessions')
  return usePages<OperatorSessions>({
    key: ['sessions', operator ?? 'mine'],
    page: (after) => request('GET', `${url}${query({ after })}`),
    next: (last) => last.next,
  })
}

const READ_AGAIN = ['sessions', 'session', 'operators']
const useAccountChange = <In, Out>(change: (body: In) => Promise<Out>) => useChange(READ_AGAIN, change)

export function useEndSession() {
  return useAccountChange((id: string) => request<void>('DELETE', `/api/session/sessions/${encodeURIComponent(id)}`))
}
export function useOfferFactor() {
  return useMutation({
    mutationFn: (body: FactorWish) => request<FactorOffer>('POST', '/api/session/second-factor', body),
  })
}
export function useTakeFactor() {
  return useAccountChange((body: FactorCode) => request<void>('PUT', '/api/session/second-factor', body))
}
export function useDropFactor() {
  return useAccountChange((body: FactorWish) => request<void>('DELETE', '/api/session/second-factor', body))
}

export function useEndSessionsOf() {
  return useAccountChange((id: string) => request<void>('DELETE', of(id, 'sessions')))
}
export function useDropFactorOf() {
  return useAccountChange((id: string) => request<void>('DELETE', of(id, 'second-factor')))
}
export function useInviteOperator() {
  return useAccountChange((id: string) => request<InviteMade>('POST', of(id, 'invite')))
}

/** Whose link it is. */
export function useInviteOf(token: string) {
  return useQuery({
    queryKey: ['invite', token],
    queryFn: () => request<InviteOf>('POST', '/api/operator-invites/look', { token }),
    retry: false,
  })
}
export function useAcceptInvite() {
  return useMutation({
    mutationFn: (body: InviteAccept) => request<void>('POST', '/api/operator-invites/accept', body),
  })
}
