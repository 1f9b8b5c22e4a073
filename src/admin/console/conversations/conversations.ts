import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query'
import type {
  ConversationAnswerBody,
  ConversationPage,
  ConversationsBody,
  ConversationView,
  PictureKept,
  PresenceView,
  SaidView,
  SavedReplies,
  TranscriptFound,
  TranscriptPage,
} from '../../contract/conversation.ts'
import { usePages } from '../client/queries.ts'
import { query, request, upload } from '../client/request.ts'

export type { ConversationItem } from '../../contract/conversation.ts'
export type Conversation = ConversationView
export type Said = SaidView
export type Transcript = TranscriptPage

const PAGE = 50
const PRESENCE_MS = 10_000
const at = (id: string, what = '') => `/api/conversations/${encodeURIComponent(id)}${what}`

export function useConversations(filter: Omit<ConversationsBody, 'after' | 'limit'>) {
  return usePages<ConversationPage>({
    key: ['conversations', filter],
    keep: true,
    page: (after) =>
      request('POST', '/api/conversations/find', { ...filter, limit: PAGE, ...(after === undefined ? {} : { after }) }),
    next: (last) => last.next,
  })
}

export function useConversation(id: string) {
  return useQuery({ queryKey: ['conversation', id], queryFn: () => request<Conversation>('GET', at(id)) })
}

/** The newest page first; each further one is older, and is not read again with each new message. */
export function useTranscript(id: string, reason: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['transcript', id, { reason }],
    queryFn: (context) =>
      newestOnly(context, (before) =>
        request<TranscriptPage>('GET', at(id, '/messages') + query({ before, limit: PAGE, reason })),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.earlier,
  })
}

export function useTranscriptSearch(id: string, q: string, reason: string | undefined) {
  return useQuery({
    queryKey: ['transcript', id, q, { reason }],
    queryFn: () =>
      request<TranscriptFound>('POST', at(id, '/search'), { q, ...(reason === undefined ? {} : { reason }) }),
    enabled: q.length >= 2,
    placeholderData: (known) => known,
  })
}

/** Where a file of a conversation is read from. */
export const fileOf = (id: string, file: string, reason: string | undefined): string =>
  at(id, `/files/${encodeURIComponent(file)}`) + query({ reason })

/** Takes the chat from the bot or (`take-over`) a colleague, or gives it back; a refusal makes it be read again, which says who has it. */
export function useTurnover(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ what, reason }: { what: 'take' | 'take-over' | 'hand-back'; reason?: string | undefined }) =>
      what === 'hand-back'
        ? request<Conversation>('POST', at(id, '/hand-back'))
        : request<Conversation>('POST', at(id, '/take'), {
            over: what === 'take-over',
            ...(reason !== undefined && { reason }),
          }),
    onSuccess: (changed) => client.setQueryData(['conversation', id], changed),
    onSettled: () => refresh(client, id),
  })
}

export function useAnswer(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ConversationAnswerBody) => request<{ id: string }>('POST', at(id, '/answers'), body),
    onSettled: () => refresh(client, id),
  })
}

export function useKeepPicture(id: string) {
  return useMutation({ mutationFn: (file: File) => upload<PictureKept>(at(id, '/pictures'), file) })
}

export function useSavedReplies() {
  return useQuery({
    queryKey: ['replies'],
    queryFn: () => request<SavedReplies>('GET', '/api/replies'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Says every ten seconds that I look at this chat, or write in it, and hears who else does. */
export function useOthers(id: string, typing: boolean) {
  return useQuery({
    queryKey: ['presence', `chat-${id}`, typing],
    queryFn: () => sayPresent(id, typing ? 'typing' : 'looking'),
    refetchInterval: PRESENCE_MS,
    placeholderData: (known) => known,
    staleTime: 0,
    gcTime: 0,
  })
}
export const sayPresent = (id: string, what: 'looking' | 'typing' | 'gone'): Promise<PresenceView> =>
  request<PresenceView>('POST', at(id, '/presence'), { what })

/** The act is done before everything that it changes has been read again. */
function refresh(client: ReturnType<typeof useQueryClient>, id: string): void {
  const keys = [['conversation', id], ['transcript', id], ['conversations'], ['counts']]
  for (const queryKey of keys) void client.invalidateQueries({ queryKey })
}

/**
 * A page of a transcript for a list that is read again with every message: only the newest page is asked for, and what
 * came is joined to what is there. Older pages stay as they were read, unless more has come than a page holds.
 */
export async function newestOnly(
  { client, queryKey, pageParam }: { client: QueryClient; queryKey: QueryKey; pageParam: string | undefined },
  read: (before: string | undefined) => Promise<TranscriptPage>,
): Promise<TranscriptPage> {
  const known = client.getQueryData<InfiniteData<TranscriptPage, string | undefined>>(queryKey)
  const page = known?.pages[known.pageParams.indexOf(pageParam)]
  if (!page) return read(pageParam)
  return pageParam === undefined ? joined(page, await read(undefined)) : page
}

/** The newest page with what it has pushed out; as it is where nothing of it was known. */
function joined(known: TranscriptPage, fresh: TranscriptPage): TranscriptPage {
  const [first] = fresh.items
  const ids = new Set(fresh.items.map((one) => one.id))
  if (!first || known.items.every((one) => !ids.has(one.id))) return fresh
  const { items, turnovers, earlier } = known
  // what is missing among the newest has been taken away
  const pushed = items.slice(
    0,
    items.findIndex((one) => one.id === first.id),
  )
  if (pushed.length === 0) return fresh
  const turned = new Map([...turnovers, ...fresh.turnovers].map((one) => [one.id, one]))
  return {
    items: [...pushed, ...fresh.items],
    turnovers: [...turned.values()],
    ...(earlier === undefined ? {} : { earlier }),
  }
}
