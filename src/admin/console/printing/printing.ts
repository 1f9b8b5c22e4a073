import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  BatchBody,
  BatchList,
  BatchRowBody,
  BatchSummary,
  BatchView,
  CardItem,
  PrintingView,
  SendBackBody,
  StockBody,
  StockView,
} from '../../contract/printing.ts'
import { behindLast, useChange, useComing, usePages } from '../client/queries.ts'
import { deeds } from '../client/deeds.ts'
import { query, request, requestFile } from '../client/request.ts'

export type BatchStage = BatchSummary['stage']
export type Card = CardItem
export type BatchRow = BatchView['rows'][number]
export type { BatchRowBody, BatchSummary, BatchView, PrintingView, StockBody, StockView }

/** It comes into no batch, and who holds it knows: a batch shows it where its card is. */
export const isHindered = ({ hindrance, claimedBy }: Card): boolean =>
  hindrance !== undefined && !(hindrance === 'cancel-asked' && claimedBy !== undefined)

/** As much as one batch takes, and as the server gives at once. */
const PAGE = 200

/**
 * What waits for a batch, what others hold among it: page after page. It begins with as many pages as give a load that
 * nobody holds, since one batch can hold all of the first.
 */
export function usePrinting(stage: BatchStage) {
  const list = usePages({
    key: ['printing', 'waiting', stage],
    page: (after) => request<PrintingView>('GET', `/api/printing${query({ stage, after, limit: PAGE })}`),
    next: behindLast(PAGE, ({ id }: { id: string }) => id),
  })
  const { data } = list
  const wanting =
    data?.last !== undefined && data.items.filter((item) => !item.claimedBy && !item.hindrance).length < data.last.load
  useComing(list, wanting)
  return list
}

/** Batches of a stage, page after page: the open ones first, of open and closed ones the latest first. */
export function useBatches(stage: BatchStage) {
  return usePages({
    key: ['printing', 'batches', stage],
    page: (after) => request<BatchList>('GET', `/api/print-batches${query({ stage, after })}`),
    next: (last) => last.next,
  })
}

export function useBatch(number: number | undefined) {
  return useQuery({
    queryKey: ['printing', 'batch', number],
    queryFn: () => request<BatchView>('GET', `/api/print-batches/${number}`),
    enabled: number !== undefined,
  })
}

export function useStock() {
  return useQuery({ queryKey: ['printing', 'stock'], queryFn: () => request<StockView>('GET', '/api/stock') })
}

/** The answer of a call about a batch is that batch; everything else about printing is read again. */
function useBatchChange<In>(change: (body: In) => Promise<BatchView>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (batch) => {
      client.setQueryData(['printing', 'batch', batch.number], batch)
      for (const key of ['printing', 'counts', 'rows']) void client.invalidateQueries({ queryKey: [key] })
    },
    onError: () => client.invalidateQueries({ queryKey: ['printing'] }),
  })
}

export function useOpenBatch() {
  return useBatchChange((body: BatchBody) => request<BatchView>('POST', '/api/print-batches', body))
}

export function useRowAct(number: number) {
  return useBatchChange(async ({ id, ...body }: BatchRowBody & { id: string }) => {
    // what takes a row back does not wait for itself
    if (body.act !== 'undo') await deeds.settled(id)
    return request<BatchView>('POST', `/api/print-batches/${number}/rows/${encodeURIComponent(id)}`, body)
  })
}

export function useTakeBatch(number: number) {
  return useBatchChange((body: { from: string }) =>
    request<BatchView>('POST', `/api/print-batches/${number}/take`, body),
  )
}

export function useCloseBatch(number: number) {
  return useBatchChange<void>(() => request<BatchView>('POST', `/api/print-batches/${number}/close`))
}

/** A card that comes into no batch goes back to its school, is rejected or cancelled. */
export function useSendBack() {
  return useChange(['printing', 'counts', 'rows'], ({ id, ...body }: SendBackBody & { id: string }) =>
    request<void>('POST', `/api/printing/${encodeURIComponent(id)}/send-back`, body),
  )
}

export function useAddStock() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: StockBody) => request<void>('POST', '/api/stock', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['printing', 'stock'] }),
  })
}

/** Dots per inch of a printer that portraits are drawn for. */
export const SHEET_DENSITIES = [300, 600] as const
/** Portraits that the server draws at once, in full pages. */
export const SHEET_MOST = 210
export const SHEET_PAGE = 42

/** The portraits of these applications on paper, 2 by 3 cm each, as an address of this page. */
async function portraitSheet(body: {
  applications: readonly string[]
  dpi: (typeof SHEET_DENSITIES)[number]
  firstPage: number
  /** Where a card is no longer at the operator's stage. */
  reason?: string
}): Promise<string> {
  return URL.createObjectURL(await requestFile('/api/portrait-sheets', body))
}

export function usePortraitSheet() {
  return useMutation({ mutationFn: portraitSheet })
}
