import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ApplicationView, DocumentView } from '../../contract/application.ts'
import type { DecisionBody, HandOverBody, HandOverResult } from '../../contract/decision.ts'
import type { DeliveryList } from '../../contract/delivery.ts'
import type { Reasons } from '../../contract/reason.ts'
import { query, request } from './request.ts'

export type Case = ApplicationView
export type CaseDocument = DocumentView
export type ReturnReason = Reasons['return'][number]

const at = (id: string, what = '') => `/api/applications/${encodeURIComponent(id)}${what}`

/** One case. `reason`: who may not read the full numbers otherwise says why; it is logged. */
export function useCase(id: string, reason?: string) {
  return useQuery({
    queryKey: reason === undefined ? ['case', id] : ['case', id, reason],
    queryFn: () => request<Case>('GET', at(id) + query({ reason })),
  })
}

export function useDeliveries(id: string) {
  return useQuery({ queryKey: ['deliveries', id], queryFn: () => request<DeliveryList>('GET', at(id, '/deliveries')) })
}

export function useReasons() {
  return useQuery({
    queryKey: ['reasons'],
    queryFn: () => request<Reasons>('GET', '/api/reasons'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Where a document's picture is read from. */
export const pictureOf = (id: string, documentId: string, size: 'thumb' | 'full', reason?: string): string =>
  at(id, `/documents/${encodeURIComponent(documentId)}`) + query({ size, reason })

/** One act on a case, by the last part of its path; `supervisor`, `correct` and the like take what the contract says. */
export type Act =
  | { act: 'renew'; token: string }
  | { act: 'release'; token: string; reason: string }
  | ({ act: 'decisions' } & DecisionBody)
  | { act: 'undo'; transactionId: string }
  | { act: 'put-back'; note?: string; transactionId: string }
  | { act: 'reject'; note: string; transactionId: string }
  | { act: 'take-back' | 'move-front'; reason: string; transactionId: string }
  | { act: 'misprint'; token?: string; reason: string; transactionId: string }
  | { act: 'correct'; token: string; changes: Record<string, string>; transactionId: string }
  | { act: 'cancel'; token?: string; note?: string; transactionId: string }
  | { act: 'receive'; transactionId: string }

/** Does one act on the case `id`; the answer, the case itself, is what is shown from then on. */
export function useAct(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ act, ...body }: Act) => request<Case>('POST', at(id, `/${act}`), body),
    onSuccess: (changed, { act }) => {
      client.setQueryData(['case', id], changed)
      // renewing is no change that anybody else could see
      if (act === 'renew') return undefined
      return Promise.all([
        client.invalidateQueries({ queryKey: ['claims'] }),
        client.invalidateQueries({ queryKey: ['counts'] }),
        client.invalidateQueries({ queryKey: ['rows'] }),
      ])
    },
    onError: () => client.invalidateQueries({ queryKey: ['case', id] }),
  })
}

/** Tells the view log that documents of a case taken ahead are now on the screen. */
export const logViews = (id: string, documents: readonly string[]): Promise<void> =>
  request<void>('POST', at(id, '/views'), { documents })

export function useHandOver() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: HandOverBody) => request<HandOverResult>('POST', '/api/handovers', body),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['rows'] }),
        client.invalidateQueries({ queryKey: ['counts'] }),
      ]),
  })
}
