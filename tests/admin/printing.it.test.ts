import { expect, test } from 'vitest'
import type { BatchList, BatchView, PrintingView } from '../../src/admin/contract/printing.ts'
import { coordinators } from '../../src/models/coordinator/kept.ts'
import { createPlea } from '../../src/models/plea/pleas.ts'
import { applications } from '../../src/models/application/kept.ts'
import { at, testService } from './support/service.ts'

test('what waits for the printer comes page by page, goes on behind a card that was printed, and is counted whole', async () => {
  const { operator, submit, database, tick, relay, picture } = await testService()
  const ids: string[] = []
  for (let card = 0; card < 5; card++) ids.push(await submit([await picture('portrait')]))
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
  tick(7001)
  await relay.round()
  expect(await page(`limit=2&after=${ids[1]}`)).toEqual({ total: 4, free: 3, ids: ids.slice(2, 4) })
  expect((await oka('GET', '/api/printing?limit=201')).status).toBe(400)
})

test('who leaves the office gives back what they hold, which is said before; a batch goes on with a colleague', async () => {
  const service = await testService()
  const { operator, submit, database, coordinator, sealer, clock, picture } = service
  const ids: string[] = []
  for (let card = 0; card < 4; card++) ids.push(await submit([await picture('portrait')]))
  const [held = '', ...cards] = ids
  await applications(database).updateMany({ _id: { $in: cards } }, { $set: { stage: 'printing' } })
  const oka = await operator('oka', 'cetak', 'verifikator')
  const rani = await operator('rani', 'cetak')
  const boss = await operator('bos', 'supervisor')
  const make = async (applications: string[], requestId: string) =>
    Number(at(await oka('POST', '/api/print-batches', { body: { applications, requestId } }), 'number'))
  const first = await make(cards.slice(0, 2), 'batch-1')
  const second = await make(cards.slice(2), 'batch-2')
  await oka('POST', '/api/queue/claim', { body: { stages: ['verification'] } })
  await coordinator('Guru Rekaan')
  const chat = (await coordinators(database).findOne().orFail().lean()).chats[0]!
  await createPlea({ database, sealer, now: () => clock.at }, { key: 'k', kind: 'help', chat })
  expect((await oka('POST', `/api/conversations/${chat}/take`)).status).toBe(200)

  const taken = await rani('POST', `/api/print-batches/${first}/take`, { body: { from: oka.id } })
  expect([taken.status, at(taken, 'by.name')]).toEqual([200, 'Petugas rani'])
  expect((await oka('POST', `/api/print-batches/${first}/take`, { body: { from: boss.id } })).status).toBe(409)

  expect((await rani('GET', `/api/operators/${oka.id}/holdings`)).status).toBe(403)
  expect((await boss('GET', `/api/operators/${oka.id}/holdings`)).body).toEqual({
    claims: 1,
    batches: [{ number: second, waiting: 1 }],
    conversations: 1,
  })
  expect((await boss('PATCH', `/api/operators/${oka.id}`, { body: { active: false } })).status).toBe(200)
  expect((await boss('GET', `/api/operators/${oka.id}/holdings`)).body).toEqual({
    claims: 0,
    batches: [],
    conversations: 0,
  })
  const of = async (id: string) => at(await boss('GET', `/api/applications/${id}`), 'state')
  expect(await Promise.all([held, cards[2]!].map(of))).toEqual(['queued', 'queued'])
  expect((await boss('GET', `/api/print-batches/${second}`)).body).toMatchObject({ state: 'closed' })
  expect((await boss('GET', `/api/print-batches/${first}`)).body).toMatchObject({ state: 'open', by: { id: rani.id } })
  // nobody has answered: who had asked waits for a person again
  expect(at(await boss('GET', '/api/counts'), 'asking')).toBe(1)
})

test('batches come by pages, the open ones first, also when one is closed between two pages', async () => {
  const { operator, submit, database, picture } = await testService()
  const oka = await operator('oka', 'cetak')
  const numbers: number[] = []
  for (let i = 0; i < 5; i++) {
    const id = await submit([await picture('portrait')])
    await applications(database).updateMany({ stage: 'verification' }, { $set: { stage: 'printing' } })
    const made = await oka('POST', '/api/print-batches', { body: { applications: [id], requestId: `batch-${i}` } })
    numbers.push(Number(at(made, 'number')))
  }
  const [first, second, third, fourth, fifth] = numbers
  const close = (number: number | undefined) => oka('POST', `/api/print-batches/${number}/close`)
  const page = async (query: string) => {
    const { items, next } = (await oka('GET', `/api/print-batches?${query}`)).body as BatchList
    return { numbers: items.map((item) => item.number), next }
  }
  await close(second)
  await close(fourth)
  const opened = await page('limit=2')
  expect(opened.numbers).toEqual([fifth, third])
  const rest = await page(`limit=2&after=${opened.next}`)
  expect(rest.numbers).toEqual([first, fourth])
  expect(await page(`limit=2&after=${rest.next}`)).toEqual({ numbers: [second], next: undefined })
  await close(third)
  expect((await page(`limit=9&after=${opened.next}`)).numbers).toEqual([first, fourth, third, second])
  expect((await page('stage=signature')).numbers).toEqual([])
  expect((await oka('GET', '/api/print-batches?after=3')).status).toBe(400)
})

test('a card that may not be printed, or is wanted no more, is listed with the reason, comes into no batch, and goes back by a call', async () => {
  const { operator, submit, database, picture } = await testService()
  const [bare, whole] = [await submit(), await submit([await picture('portrait')])]
  await applications(database).updateMany({}, { $set: { stage: 'printing', state: 'queued' } })
  const [oka, siti] = [await operator('oka', 'cetak'), await operator('siti', 'siak')]
  const { items } = (await oka('GET', '/api/printing')).body as PrintingView
  expect(items.map(({ id, hindrance }) => [id, hindrance])).toEqual([
    [bare, 'no-portrait'],
    [whole, undefined],
  ])
  const open = (applications: readonly string[], requestId: string) =>
    oka('POST', '/api/print-batches', { body: { applications, requestId } })
  expect((await open([bare], 'batch-1')).status).toBe(409)
  const mixed = (await open([bare, whole], 'batch-2')).body as BatchView
  expect(mixed.rows.map((row) => row.item.id)).toEqual([whole])

  const back = { body: { transactionId: 'back-1' } }
  expect((await siti('POST', `/api/printing/${bare}/send-back`, back)).status).toBe(403)
  expect((await oka('POST', `/api/printing/${whole}/send-back`, back)).status).toBe(409)
  for (let i = 0; i < 2; i++) expect((await oka('POST', `/api/printing/${bare}/send-back`, back)).status).toBe(204)
  expect(await applications(database).findById(bare).lean()).toMatchObject({ stage: 'returned', state: 'idle' })

  // its school wants it no more: that comes before what is missing, in a batch that is open already as well
  const unwanted = await submit([await picture('portrait')])
  await applications(database).updateOne({ _id: unwanted }, { $set: { stage: 'printing', state: 'queued' } })
  const held = (await open([unwanted], 'batch-3')).body as BatchView
  const wish = { id: 'wish-1', kind: 'cancel' as const, at: new Date(), by: 'coordinator-a' }
  await applications(database).updateOne({ _id: unwanted }, { $push: { requests: wish } })
  const rows = `/api/print-batches/${held.number}/rows/${unwanted}`
  const mark = (transactionId: string, despite?: string[]) =>
    oka('POST', rows, { body: { act: 'done', transactionId, despite } })
  const batch = (await oka('GET', `/api/print-batches/${held.number}`)).body as BatchView
  expect(batch.rows[0]?.item.hindrance).toBe('cancel-asked')
  const refused = await mark('mark-1')
  expect([refused.status, at(refused, 'kind')]).toEqual([409, 'unconfirmed'])
  expect((await oka('POST', `/api/print-batches/${held.number}/close`)).status).toBe(200)
  expect((await open([unwanted], 'batch-4')).status).toBe(409)
  const cancel = { body: { transactionId: 'cancel-1' } }
  expect((await oka('POST', `/api/printing/${unwanted}/send-back`, cancel)).status).toBe(204)
  expect(await applications(database).findById(unwanted).lean()).toMatchObject({ stage: 'cancelled' })

  // taken alone it says so before anybody prints it, and is not approved
  const alone = await submit()
  await applications(database).updateOne({ _id: alone }, { $set: { stage: 'printing', state: 'queued' } })
  const taken = await oka('POST', '/api/queue/claim', { body: { stages: ['printing'] } })
  expect(taken.body).toMatchObject({ id: alone, hindrance: 'no-portrait' })
  const body = { token: at(taken, 'claim.token'), action: 'approve', transactionId: 'approve-1' }
  expect((await oka('POST', `/api/applications/${alone}/decisions`, { body })).status).toBe(409)
})
