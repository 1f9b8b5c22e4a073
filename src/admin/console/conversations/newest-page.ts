import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query'
import type { TranscriptPage } from '../../contract/conversation.ts'

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
