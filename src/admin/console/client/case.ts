import { replaceEqualDeep, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ApplicationList, ApplicationView, DocumentView } from '../../contract/application.ts'
import type { ConsentList } from '../../contract/consent.ts'
import type {
  DecisionBody,
  MisprintBody,
  ReassignBody,
  Renewed,
  ReturnText,
  ReturnTextBody,
} from '../../contract/decision.ts'
import type { DeliveryList } from '../../contract/delivery.ts'
import type { SortFilesBody, SplitOffBody } from '../../contract/filing.ts'
import type { EditPortraitBody } from '../../contract/portrait.ts'
import type { Reasons } from '../../contract/reason.ts'
import type { RelatedList } from '../../contract/related.ts'
import type { ExamineBody, NoteBody } from '../../contract/remark.ts'
import { deeds } from './deeds.ts'
import { query, request } from './request.ts'

export type Case = ApplicationView
export type CaseDocument = DocumentView
export type { Reasons }
export type ReturnReason = Reasons['return'][number]

const at = (id: string, what = '') => `/api/applications/${encodeURIComponent(id)}${what}`

/** One case. `reason`: who may not read the full numbers otherwise says why; it is logged. */
export function useCase(id: string, reason?: string) {
  return useQuery({
    queryKey: reason === undefined ? ['case', id] : ['case', id, reason],
    queryFn: () => request<Case>('GET', at(id) + query({ reason })),
    // a reading that left before my act was answered may come after it
    structuralSharing: (before, after) => {
      const [known, read] = [before as Case | undefined, after as Case]
      return known && known.rev > read.rev ? known : replaceEqualDeep(known, read)
    },
  })
}

export function useDeliveries(id: string) {
  return useQuery({ queryKey: ['deliveries', id], queryFn: () => request<DeliveryList>('GET', at(id, '/deliveries')) })
}

/** Who agreed to what; it says nothing new while the case is open. */
export function useConsents(id: string) {
  return useQuery({
    queryKey: ['consents', id],
    queryFn: () => request<ConsentList>('GET', `/api/consents/${encodeURIComponent(id)}`),
  })
}

/** The same pupil's other applications, and brothers and sisters; `enabled`: this reader may see the case itself. */
export function useRelated(id: string, reason: string | undefined, enabled: boolean) {
  return useQuery({
    queryKey: ['related', id, reason],
    queryFn: () => request<RelatedList>('GET', at(id, '/related') + query({ reason })),
    enabled,
  })
}

export function useReasons() {
  return useQuery({
    queryKey: ['reasons'],
    queryFn: () => request<Reasons>('GET', '/api/reasons'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** What a reason is called, by its code; those that are offered no more among them. */
export function useReasonLabels(): ReadonlyMap<string, string> {
  const reasons = useReasons().data
  return new Map(
    [
      ...(reasons?.return ?? []),
      ...(reasons?.retired ?? []),
      ...(reasons?.release ?? []),
      ...(reasons?.misprint ?? []),
    ].map(({ code, label }) => [code, label]),
  )
}

/** What the school will read of such a return or rejection, in the server's own words; the last answer stays while it is asked. */
export function useReturnText(id: string, body: ReturnTextBody, said: boolean) {
  return useQuery({
    queryKey: ['return-text', id, body],
    queryFn: () => request<ReturnText>('POST', at(id, '/return-text'), body),
    enabled: said,
    placeholderData: (known) => known,
    gcTime: 0,
  })
}

/** Pages of a document that are drawn as pictures; 0 for a PDF that only the browser itself can show yet. */
export const drawnPages = ({ mediaType, look }: CaseDocument): number =>
  mediaType === 'application/pdf' ? (look?.pages ?? 0) : Math.max(1, look?.pages ?? 1)

/**
 * Where a document's picture is read from; of a PDF the picture of one page, of a portrait that the office has edited
 * what came of it, unless it is asked for `asSent`.
 */
export const pictureOf = (
  id: string,
  document: CaseDocument,
  size: 'thumb' | 'full',
  { reason, page = 1, asSent = false }: { reason?: string | undefined; page?: number; asSent?: boolean } = {},
): string => {
  if (document.edited && !asSent) return portraitResult(id, reason)
  const pages = document.mediaType === 'application/pdf' && drawnPages(document) > 0
  return (
    at(id, `/documents/${encodeURIComponent(document.id)}`) + query({ size, reason, page: pages ? page : undefined })
  )
}

/** The finished portrait, under its name for SIAK. */
export const portraitResult = (id: string, reason?: string): string => at(id, '/portrait/result') + query({ reason })

/** The portrait that counts. */
export const portraitIn = ({ documents }: Pick<Case, 'documents'>): CaseDocument | undefined =>
  documents.findLast((one) => one.kind === 'portrait' && one.supersededAt === undefined)

/** One act on a case: the last part of its path, and what the contract takes. */
export type Act =
  | { act: 'release'; token: string; reason: string }
  | ({ act: 'decisions' } & DecisionBody)
  | { act: 'put-back'; note?: string; transactionId: string }
  | { act: 'reject'; note: string; transactionId: string }
  | { act: 'take-back' | 'move-front'; reason: string; transactionId: string }
  | ({ act: 'reassign' } & ReassignBody)
  | ({ act: 'misprint' } & MisprintBody)
  | { act: 'correct'; token: string; changes: Record<string, string>; transactionId: string }
  | { act: 'cancel'; token?: string; note?: string; transactionId: string }
  | { act: 'receive'; transactionId: string }
  | ({ act: 'sort-files' } & SortFilesBody)
  | ({ act: 'split-off' } & SplitOffBody)
  | ({ act: 'edit-portrait' } & EditPortraitBody)
  | ({ act: 'findings' } & ExamineBody)
  | ({ act: 'notes' } & NoteBody)

/** Renews my claim: a claim taken ahead becomes the current one. A refusal makes the case be read again. */
export function useRenew(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (token: string) => request<Renewed>('POST', at(id, '/renew'), { token }),
    onSuccess: ({ claim: { token, leaseUntil } }) =>
      client.setQueryData<Case>(['case', id], (known) => {
        if (known?.claim?.token !== token) return known
        const { prefetch: _, ...claim } = known.claim
        return { ...known, claim: { ...claim, leaseUntil } }
      }),
    onError: () => client.invalidateQueries({ queryKey: ['case', id] }),
  })
}

/** Does one act on the case `id`; the answer, the case itself, is what is shown from then on. */
export function useAct(id: string) {
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: async ({ what: { act, ...body }, after }: { what: Act; after: Promise<void> }) => {
      await after
      return request<Case>('POST', at(id, `/${act}`), body)
    },
    // one after the other: a case is left before its decision has arrived, and the next one may be decided by then
    scope: { id: 'acts' },
    onSuccess: (changed) => {
      client.setQueryData(['case', id], changed)
      for (const key of ['claims', 'counts', 'rows']) void client.invalidateQueries({ queryKey: [key] })
    },
    onError: () => client.invalidateQueries({ queryKey: ['case', id] }),
  })
  const inTurn = (what: Act) => ({ what, after: deeds.settled(id) })
  return {
    ...mutation,
    mutate: (what: Act, then?: { onSuccess?: () => void; onError?: (error: Error) => void }) =>
      mutation.mutate(inTurn(what), then),
    mutateAsync: (what: Act) => mutation.mutateAsync(inTurn(what)),
  }
}

/** Takes an act on a case back; it is as it was before, also among what I hold. */
export function useTakeBack() {
  const client = useQueryClient()
  return async (id: string, transactionId: string): Promise<void> => {
    const restored = await request<Case>('POST', at(id, '/undo'), { transactionId })
    // what was asked before may bring the case as it was decided
    await client.cancelQueries({ queryKey: ['case', id] })
    client.setQueryData(['case', id], restored)
    if (restored.claim?.token !== undefined) {
      client.setQueryData<ApplicationList>(
        ['claims'],
        (known) => known && { ...known, items: [restored, ...known.items.filter((one) => one.id !== id)] },
      )
    }
    for (const key of ['claims', 'counts', 'rows', 'printing']) void client.invalidateQueries({ queryKey: [key] })
  }
}

/** Tells the view log that documents of a case taken ahead are now on the screen. */
export const logViews = (id: string, documents: readonly string[]): Promise<void> =>
  request<void>('POST', at(id, '/views'), { documents })
