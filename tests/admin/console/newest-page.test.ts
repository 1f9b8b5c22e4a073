import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { newestOnly } from '../../../src/admin/console/conversations/conversations.ts'
import type { TranscriptPage } from '../../../src/admin/contract/conversation.ts'

const PAGE = 5

/** A chat of so many messages, of which pages are loaded; `asked` are the pages that the server was asked for. */
async function chatOf(messages: number, pages: number) {
  const client = new QueryClient()
  const chat = { messages, asked: [] as (string | undefined)[], edited: '' }
  const read = (before: string | undefined): Promise<TranscriptPage> => {
    chat.asked.push(before)
    const end = before === undefined ? chat.messages : Number(before)
    const start = Math.max(0, end - PAGE)
    const items = Array.from({ length: end - start }, (_, i) => ({
      id: `m${start + i}`,
      at: new Date(start + i).toISOString(),
      from: 'person' as const,
      text: chat.edited === `m${start + i}` ? 'diubah' : 'kata',
      files: [],
    }))
    return Promise.resolve({ items, turnovers: [], ...(start > 0 && { earlier: String(start) }) })
  }
  const load = async () => {
    const data = await client.fetchInfiniteQuery({
      queryKey: ['transcript'],
      queryFn: (context) => newestOnly(context, read),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last: TranscriptPage) => last.earlier,
      pages,
    })
    return data.pages.toReversed().flatMap((page) => page.items)
  }
  await load()
  chat.asked.length = 0
  return { chat, load }
}
const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `m${from + i}`)

test('a new message is read with the newest page alone, and no message is lost between the pages', async () => {
  const { chat, load } = await chatOf(30, 3)
  for (const more of [1, 2, PAGE - 1]) {
    chat.messages += more
    chat.edited = `m${chat.messages - 2}`
    const shown = await load()
    expect(shown.map((one) => one.id)).toEqual(numbered(15, chat.messages))
    expect(shown.at(-2)?.text).toBe('diubah')
  }
  expect(chat.asked).toEqual([undefined, undefined, undefined])
})

test('where more has come than a page holds, the pages are read anew', async () => {
  const { chat, load } = await chatOf(30, 2)
  chat.messages += PAGE + 2
  expect((await load()).map((one) => one.id)).toEqual(numbered(27, 37))
  expect(chat.asked).toEqual([undefined, '32'])
})

test('a chat shorter than a page is read whole', async () => {
  const { chat, load } = await chatOf(2, 1)
  chat.messages = 4
  expect((await load()).map((one) => one.id)).toEqual(numbered(0, 4))
})
