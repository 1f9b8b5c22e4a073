import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApplicationList } from '../../contract/application.ts'
import type { Renewed } from '../../contract/decision.ts'
import type { ClaimBody } from '../../contract/queue.ts'
import type { Case } from '../client/case.ts'
import { newTransaction, request } from '../client/request.ts'

/** What a series takes at most. */
export const SERIES = 20

/** Claims the first of the order for SIAK entry, up to `SERIES`; undefined when nothing waits. */
export function useTakeSeries() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => {
      const body: ClaimBody = { requestId: newTransaction(), stages: ['siak_entry'], count: SERIES }
      return request<ApplicationList | undefined>('POST', '/api/queue/claim', body)
    },
    // a series begins with empty hands, so that it is all I hold
    onSuccess: (taken) => taken && client.setQueryData(['claims'], taken),
    onSettled: () => {
      for (const key of ['claims', 'counts', 'rows']) void client.invalidateQueries({ queryKey: [key] })
    },
  })
}

/** One of the series is entered: the case that the decision made of it. */
type Entering = { one: Case; transactionId: string; despite: readonly string[]; after: Promise<void> }

export function useEntered() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ one, transactionId, despite, after }: Entering) => {
      await after
      return request<Case>('POST', `/api/applications/${encodeURIComponent(one.id)}/decisions`, {
        token: one.claim?.token,
        action: 'approve',
        ...(despite.length > 0 && { despite }),
        transactionId,
      })
    },
    scope: { id: 'acts' },
    onSuccess: (changed) => client.setQueryData(['case', changed.id], changed),
    onSettled: () => {
      for (const key of ['claims', 'counts', 'rows']) void client.invalidateQueries({ queryKey: [key] })
    },
  })
}

/** Gives the rest of a series back, for this reason; what was lost meanwhile is no matter. */
export function useGiveBack() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ rest, reason }: { rest: readonly Case[]; reason: string }) => {
      const released = rest.map((one) =>
        request<Case>('POST', `/api/applications/${encodeURIComponent(one.id)}/release`, {
          token: one.claim?.token,
          reason,
        }),
      )
      await Promise.allSettled(released)
    },
    onSettled: () => {
      for (const key of ['claims', 'counts', 'rows']) void client.invalidateQueries({ queryKey: [key] })
    },
  })
}

/** Renews all claims of a series; one that is lost shows by itself when the claims are read again. */
export function useRenewAll() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (series: readonly Case[]) => {
      const renewed = series.map((one) =>
        request<Renewed>('POST', `/api/applications/${encodeURIComponent(one.id)}/renew`, { token: one.claim?.token }),
      )
      await Promise.all(renewed)
    },
    onError: () => client.invalidateQueries({ queryKey: ['claims'] }),
  })
}

export type ShownRow = { one: Case; state: 'held' | 'entered' | 'lost'; at?: Date }

/**
 * A series as it is shown: its rows stay where they were. `claims` is what I hold now; `entered` when I was done with a
 * row. A row that is in neither has been taken from me.
 */
export function seriesRows(
  series: readonly Case[],
  claims: readonly Case[],
  entered: ReadonlyMap<string, Date>,
): readonly ShownRow[] {
  const held = new Map(claims.map((one) => [one.id, one]))
  const rows = series.map((one): ShownRow => {
    const now = held.get(one.id)
    const at = entered.get(one.id)
    // before the claims say so
    if (at) return { one, state: 'entered', at }
    return now ? { one: now, state: 'held' } : { one, state: 'lost' }
  })
  const known = new Set(series.map((one) => one.id))
  // what was entered before this series began may still be among the claims that were read then
  const others = claims.filter((one) => !known.has(one.id) && !entered.has(one.id))
  return [...rows, ...others.map((one): ShownRow => ({ one, state: 'held' }))]
}
