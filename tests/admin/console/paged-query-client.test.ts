import { InfiniteQueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { nextPage, PagedQueryClient } from '../../../src/admin/console/client/queries.ts'

/** A list of pages 0, 1, ... that somebody looks at; every reading of a page waits until it is answered. */
async function listOfPages() {
  const client = new PagedQueryClient()
  const asked: { page: number; answer: () => void }[] = []
  const observer = new InfiniteQueryObserver(client, {
    queryKey: ['rows', 'one'],
    queryFn: ({ pageParam }) =>
      new Promise<number>((resolve) => asked.push({ page: pageParam, answer: () => resolve(pageParam) })),
    initialPageParam: 0,
    getNextPageParam: (last) => last + 1,
  })
  observer.subscribe(() => undefined)
  const answer = async (page: number) => {
    await expect.poll(() => asked.map((one) => one.page)).toEqual([page])
    asked.shift()?.answer()
  }
  const pages = () => observer.getCurrentResult().data?.pages
  await answer(0)
  await expect.poll(pages).toEqual([0])
  return { client, observer, asked, answer, pages }
}

test('events while the next page comes let it come, and the list is read again once after it', async () => {
  const { client, observer, asked, answer, pages } = await listOfPages()
  const more = observer.fetchNextPage()
  const heard = [1, 2, 3].map(() => client.invalidateQueries({ queryKey: ['rows'] }))
  await answer(1)
  await more
  expect(pages()).toEqual([0, 1])
  await answer(0)
  await answer(1)
  await Promise.all(heard)
  expect(asked).toEqual([])
  expect(observer.getCurrentResult()).toMatchObject({ isStale: true, isFetching: false })
  expect(pages()).toEqual([0, 1])
})

test('a next page that is asked for while the list is read again comes first, and the reading is made up for', async () => {
  const { client, observer, asked, answer, pages } = await listOfPages()
  const reading = client.invalidateQueries({ queryKey: ['rows'] })
  await expect.poll(() => asked.length).toBe(1)
  asked.shift()
  const more = nextPage(observer.getCurrentResult())
  await answer(1)
  await expect.poll(pages).toEqual([0, 1])
  await answer(0)
  await answer(1)
  await Promise.all([reading, more])
  expect(asked).toEqual([])
})

test('a list whose next page nobody waits for is read again at once', async () => {
  const { client, answer } = await listOfPages()
  const heard = client.invalidateQueries({ queryKey: ['rows'] })
  await answer(0)
  await heard
})
