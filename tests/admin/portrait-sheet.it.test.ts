import sharp from 'sharp'
import { expect, test } from 'vitest'
import { applications } from '../../src/models/application/kept.ts'
import { views } from '../../src/models/operator/views.ts'
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

test('a portrait is printed as the photo station saved it, and as it came once a new photo is there', async () => {
  const drawn: unknown[] = []
  const service = await testService({}, async ({ edit }) => {
    drawn.push(edit)
    return sharp({ create: { width: 472, height: 708, channels: 3, background: '#c8141e' } })
      .jpeg()
      .toBuffer()
  })
  const { operator, submit, picture, database } = service
  const portrait = await picture('portrait')
  const id = await submit([portrait])
  const boss = await operator('bos', 'supervisor')
  const sheet = () => boss('POST', '/api/portrait-sheets', { body: { applications: [id] } })
  const plain = (await sheet()).body as Buffer
  expect(drawn).toEqual([])

  const token = String(at(await boss('POST', '/api/queue/claim'), 'claim.token'))
  const edit = { rotation: 2, crop: { x: 0.2, y: 0.1, width: 0.4, height: 0.9 }, brightness: 1.1 }
  const body = { token, document: portrait.id, edit, transactionId: 't1' }
  expect((await boss('POST', `/api/applications/${id}/edit-portrait`, { body })).status).toBe(200)
  const saved = (await sheet()).body as Buffer
  expect(drawn).toEqual([edit])
  expect(saved.length).not.toBe(plain.length)

  await applications(database).updateOne({ _id: id }, { $push: { documents: await picture('portrait') } })
  await sheet()
  expect(drawn).toHaveLength(1)
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
