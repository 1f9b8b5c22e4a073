import { expect, test } from 'vitest'
import { applications } from '../../src/models/mongo/application-schema.ts'
import { at, testService } from './support/service.ts'

test('what waits for the printer comes page by page, goes on behind a card that was printed, and is counted whole', async () => {
  const { operator, submit, database, tick, relay } = await testService()
  const ids: string[] = []
  for (let card = 0; card < 5; card++) ids.push(await submit())
  await applications(database).updateMany({}, { $set: { stage: 'printing' } })
  const oka = await operator('oka', 'cetak')
  const page = async (query: string) => {
    const { total, free, items } = (await oka('GET', `/api/printing?${query}`)).body as {
      total: number
      free: number
      items: { id: string }[]
    }
    return { total, free, ids: items.map((item) => item.id) }
  }
  expect(await page('limit=2')).toEqual({ total: 5, free: 5, ids: ids.slice(0, 2) })
  expect(await page(`limit=2&after=${ids[1]}`)).toEqual({ total: 5, free: 5, ids: ids.slice(2, 4) })
  expect(await page(`limit=2&after=${ids[3]}`)).toEqual({ total: 5, free: 5, ids: ids.slice(4) })

  const batch = { applications: ids.slice(0, 2), requestId: 'batch-1' }
  const number = Number(at(await oka('POST', '/api/print-batches', { body: batch }), 'number'))
  expect(await page('limit=2')).toEqual({ total: 5, free: 3, ids: ids.slice(0, 2) })
  const done = { act: 'done', transactionId: 'done-1' }
  expect((await oka('POST', `/api/print-batches/${number}/rows/${ids[1]}`, { body: done })).status).toBe(200)
  tick(5001)
  await relay.round()
  expect(await page(`limit=2&after=${ids[1]}`)).toEqual({ total: 4, free: 3, ids: ids.slice(2, 4) })
  expect((await oka('GET', '/api/printing?limit=201')).status).toBe(400)
})
