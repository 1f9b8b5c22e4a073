import { expect, test } from 'vitest'
import { views } from '../../src/models/mongo/views.ts'
import { at, testService } from './support/service.ts'

test('portraits are printed for those who work them, and each is logged as looked at', async () => {
  const { operator, submit, picture, database } = await testService()
  const portraits = [await picture('portrait'), await picture('portrait')]
  const ids = [await submit([portraits[0]!]), await submit([portraits[1]!]), await submit()]
  const boss = await operator('bos', 'supervisor')
  const sheet = await boss('POST', '/api/portrait-sheets', { body: { applications: ids } })
  expect([sheet.status, sheet.type, sheet.headers['cache-control']]).toEqual([200, 'application/pdf', 'no-store'])
  expect((sheet.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
  const seen = await views(database).find({ operator: boss.id }).lean()
  expect(new Set(seen.map((view) => view.document))).toEqual(new Set(portraits.map(({ id }) => id)))
})

test('who works another stage gives a reason, and what does not exist is not found', async () => {
  const { operator, submit, picture } = await testService()
  const id = await submit([await picture('portrait')])
  const cetak = await operator('cetak', 'cetak')
  const refused = await cetak('POST', '/api/portrait-sheets', { body: { applications: [id] } })
  expect([refused.status, at(refused, 'kind')]).toEqual([403, 'forbidden'])
  const body = { applications: [id], dpi: 600, reason: 'cetak ulang rekaan' }
  expect((await cetak('POST', '/api/portrait-sheets', { body })).status).toBe(200)
  expect((await cetak('POST', '/api/portrait-sheets', { body: { applications: ['tidak-ada'] } })).status).toBe(404)
  expect((await cetak('POST', '/api/portrait-sheets', { body: { applications: [id], dpi: 72 } })).status).toBe(400)
})
