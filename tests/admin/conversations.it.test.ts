import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { InboundBody } from '../../src/models/chat/message.ts'
import { touchChat } from '../../src/models/chat/chats.ts'
import { createDelivery } from '../../src/models/notice/deliveries.ts'
import { deliveries } from '../../src/models/notice/kept.ts'
import { createInbox } from '../../src/models/chat/inbox.ts'
import { createPlea } from '../../src/models/plea/pleas.ts'
import { logViews, views } from '../../src/models/operator/views.ts'
import { BULK } from '../../src/admin/reading-watch.ts'
import { newId } from '../../src/models/store/ids.ts'
import { testSealer } from '../support/stores.ts'
import { at, NPSN, testService } from './support/service.ts'
import type { Answer } from './support/service.ts'
import { createLog } from '../../src/config/log.ts'

/** A coordinator's chat, in which both sides speak. */
async function setUp() {
  const service = await testService()
  const { database, sealer, clock } = service
  const context = { database, sealer, now: () => clock.at }
  const inbox = createInbox({ ...context, log: createLog('silent') })
  let order = 0
  async function chatOf(name: string) {
    await service.coordinator(name)
    const from = { channel: 'webchat', id: name } as const
    const chat = await touchChat(context, { from, account: 'demo' })
    return {
      chat,
      async writes(body: InboundBody | string) {
        service.tick(1000)
        order += 1
        await touchChat(context, { from, account: 'demo' })
        await inbox.accept(chat, {
          platformId: `m${order}`,
          from,
          account: 'demo',
          order,
          at: clock.at,
          body: typeof body === 'string' ? { kind: 'text', text: body } : body,
        })
      },
      async hears(text: string) {
        service.tick(1000)
        await createDelivery(context, { key: `bot-${(order += 1)}`, chat, text, subject: {} })
      },
      asks: () => createPlea(context, { key: `asks-${name}`, kind: 'help', chat, npsn: NPSN }),
    }
  }
  return { ...service, chatOf }
}

test('who called for a person is listed, is taken by one operator and answered on the same chat', async () => {
  const { chatOf, operator, database, tick } = await setUp()
  const wati = await chatOf('Wati Rekaan')
  await wati.writes('Apakah KK baru bisa dipakai?')
  await wati.hears('Mohon ketik NIK murid.')
  await wati.writes('PETUGAS')
  await wati.asks()
  const [ani, budi] = [await operator('ani', 'verifikator'), await operator('budi', 'loket')]
  const of = (rest = '') => `/api/conversations/${wati.chat}${rest}`

  const listed = await ani('POST', '/api/conversations/find', { body: {} })
  expect(at(listed, 'items.0')).toMatchObject({
    coordinator: { name: 'Wati Rekaan' },
    school: { npsn: NPSN, name: 'SDN Rekaan 1' },
    last: { from: 'person', text: 'PETUGAS' },
    asked: { number: expect.stringMatching(/^P\d+-\d$/) },
  })
  expect(at(await ani('GET', '/api/counts'), 'asking')).toBe(1)
  expect((await ani('POST', of('/answers'), { body: { text: 'Pagi', transactionId: 't0' } })).status).toBe(409)
  expect(at(await ani('POST', of('/take')), 'takeover.by.name')).toBe('Petugas ani')
  const refused = await budi('POST', of('/take'))
  expect([refused.status, at(refused, 'context.by')]).toEqual([409, ani.id])
  const answer = { text: 'Selamat pagi, KK baru dapat dipakai.', transactionId: 't1' }
  await ani('POST', of('/answers'), { body: answer })
  expect((await ani('POST', of('/answers'), { body: answer })).status).toBe(200)
  const lost = await budi('POST', of('/answers'), { body: { text: 'Saya juga', transactionId: 't2' } })
  expect([lost.status, at(lost, 'kind')]).toEqual([409, 'conflict'])
  expect(at(await ani('GET', '/api/counts'), 'asking')).toBe(0)

  const raw = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#cde' } })
    .png()
    .toBuffer()
  const picture = { raw: raw as unknown as string, headers: { 'content-type': 'image/png' } }
  expect((await budi('POST', of('/pictures'), picture)).status).toBe(409)
  const kept = at(await ani('POST', of('/pictures'), picture), 'id')
  await ani('POST', of('/answers'), { body: { pictures: [kept], transactionId: 't3' } })
  const broken = { raw: 'no picture', headers: { 'content-type': 'image/png' } }
  expect((await ani('POST', of('/pictures'), broken)).status).toBe(422)
  const shown = await budi('GET', of(`/files/${String(kept)}?size=thumb`))
  expect([shown.status, shown.type]).toEqual([200, 'image/jpeg'])
  expect((await budi('GET', of('/files/unknown'))).status).toBe(404)

  const page = await budi('GET', of('/messages'))
  expect(
    (at(page, 'items') as { from: string; text?: string }[]).map(({ from, text }) => [from, text ?? null]),
  ).toEqual([
    ['person', 'Apakah KK baru bisa dipakai?'],
    ['bot', 'Mohon ketik NIK murid.'],
    ['person', 'PETUGAS'],
    ['bot', expect.stringContaining('Petugas kami')],
    ['operator', answer.text],
    ['operator', ''],
  ])
  expect(at(page, 'turnovers.0.by.name')).toBe('Petugas ani')
  expect((await budi('POST', of('/hand-back'))).status).toBe(409)
  const back = await ani('POST', of('/hand-back'))
  expect([at(back, 'takeover'), at(back, 'asked')]).toEqual([undefined, undefined])
  expect(await deliveries(database).countDocuments({ chat: wati.chat, 'subject.operator': ani.id })).toBe(2)
  expect(await views(database).countDocuments({ chat: wati.chat, operator: budi.id })).toBe(2)

  // only a supervisor takes a chat over from a colleague; the coordinator hears nothing of it
  tick(1000)
  await ani('POST', of('/take'))
  tick(1000)
  expect((await budi('POST', of('/take'), { body: { over: true } })).status).toBe(403)
  const boss = await operator('bos', 'supervisor')
  const heard = await deliveries(database).countDocuments({ chat: wati.chat })
  const over = await boss('POST', of('/take'), { body: { over: true } })
  expect(at(over, 'takeover.by.name')).toBe('Petugas bos')
  const ousted = await ani('POST', of('/answers'), { body: { text: 'Masih saya?', transactionId: 't4' } })
  expect(ousted.status).toBe(409)
  expect(await deliveries(database).countDocuments({ chat: wati.chat })).toBe(heard)
  expect(at(await boss('GET', of('/messages')), 'turnovers')).toMatchObject([
    { by: { name: 'Petugas bos' } },
    { by: { name: 'Petugas ani' }, end: { how: 'taken-over' } },
    { by: { name: 'Petugas ani' }, end: { how: 'handed-back' } },
  ])
})

test('conversations are found by coordinator, school, ticket and day, and pages go back to the first word', async () => {
  const { chatOf, operator, submit, queue } = await setUp()
  const [wati, joko] = [await chatOf('Wati Rekaan'), await chatOf('Joko Contoh')]
  for (let i = 0; i < 7; i++) await wati.writes(`Pesan ke-${i}, NIK 6311060107150001`)
  await joko.writes('Selamat pagi')
  const ani = await operator('ani', 'supervisor')
  const find = async (body: object) => {
    const answer = await ani('POST', '/api/conversations/find', { body: { list: 'all', ...body } })
    return (at(answer, 'items') as { coordinator?: { name: string } }[]).map((one) => one.coordinator?.name)
  }
  expect(await find({})).toEqual(['Joko Contoh', 'Wati Rekaan'])
  expect(await find({ q: 'wati rek' })).toEqual(['Wati Rekaan'])
  expect(await find({ q: 'SDN Rekaan' })).toEqual(['Joko Contoh', 'Wati Rekaan'])
  expect(await find({ q: 'joko', day: '2026-11-24' })).toEqual(['Joko Contoh'])
  expect(await find({ day: '2026-11-23' })).toEqual([])
  expect(await find({ list: 'asking' })).toEqual([])
  const { ticket } = await queue.cases.get(await submit())
  expect(await find({ q: ticket })).toEqual([])

  const of = (rest = '') => `/api/conversations/${wati.chat}${rest}`
  const texts: string[] = []
  for (let before: string | undefined = undefined; ;) {
    const page: Answer = await ani('GET', of(`/messages?limit=3${before === undefined ? '' : `&before=${before}`}`))
    texts.unshift(...(at(page, 'items') as { text: string }[]).map((one) => one.text.slice(0, 10)))
    before = at(page, 'earlier') as string | undefined
    if (before === undefined) break
  }
  expect(texts).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => `Pesan ke-${i}`))
  const found = await ani('POST', of('/search'), { body: { q: 'pesan ke 4' } })
  expect((at(found, 'items') as unknown[]).length).toBe(1)
  // the counter needs no numbers
  const loket = await operator('loket', 'loket')
  expect(at(await loket('GET', of('/messages?reason=Bertanya')), 'items.0.text')).toBe(
    'Pesan ke-0, NIK 631106******0001',
  )
  expect((await (await operator('foto', 'foto'))('GET', of())).status).toBe(403)
  expect((await ani('GET', '/api/conversations/unknown')).status).toBe(404)
})

test('a conversation that is not one’s work opens with a reason, which is logged, and reading many tells supervisors', async () => {
  const { chatOf, operator, submit, queue, database } = await setUp()
  const wati = await chatOf('Wati Rekaan')
  await wati.writes('Nama anak saya Rekaan')
  const ani = await operator('ani', 'verifikator')
  const of = (rest = '') => `/api/conversations/${wati.chat}${rest}`
  const status = async (rest = '') => (await ani('GET', of(`/messages${rest}`))).status
  expect(at(await ani('GET', of()), 'mayRead')).toBe(false)
  expect(await status()).toBe(403)
  expect((await ani('POST', of('/search'), { body: { q: 'anak' } })).status).toBe(403)
  // the right comes first: whether there is such a chat is read only for who may
  expect((await ani('GET', '/api/conversations/tidak-ada/messages')).status).toBe(403)
  const listed = await ani('POST', '/api/conversations/find', { body: { list: 'all' } })
  expect(at(listed, 'items.0.last.text')).toBe('')
  expect(await views(database).countDocuments({})).toBe(0)

  expect(await status('?reason=Sekolah%20menelepon')).toBe(200)
  const logged = await views(database).findOne({ chat: wati.chat }).lean()
  expect(logged).toMatchObject({ what: 'conversation', outside: true })
  expect(JSON.stringify(logged)).not.toContain('Sekolah menelepon')
  // a call for a person makes it everybody's work
  await wati.asks()
  expect(await status()).toBe(200)
  expect(at(await ani('GET', of()), 'mayRead')).toBe(true)

  const boss = await operator('bos', 'supervisor')
  const alarms = async () => (at(await boss('GET', '/api/reading-alarms'), 'items') as unknown[]).length
  const more = Array.from({ length: BULK.cases - 1 }, () => ({
    chat: newId(),
    operator: ani.id,
    at: new Date(),
    what: 'conversation' as const,
    how: 'view' as const,
    outside: true,
  }))
  const clock = (await views(database).findOne({ chat: wati.chat }).lean())!.at
  await logViews(
    { database, sealer: testSealer() },
    more.map((one) => ({ ...one, at: clock })),
  )
  expect(await alarms()).toBe(0)
  await status()
  expect(await alarms()).toBe(1)
  // what one holds an application of needs no reason either
  const joko = await chatOf('Joko Contoh')
  await joko.writes('Halo')
  const id = await submit()
  await queue.claims.take({ operator: { id: ani.id, roles: ['verifikator'] } })
  const ofJoko = `/api/conversations/${joko.chat}/messages`
  expect((await ani('GET', ofJoko)).status).toBe(403)
  await database.collection('applications').updateOne({ _id: id as never }, { $set: { chat: joko.chat } })
  expect((await ani('GET', ofJoko)).status).toBe(200)
})

test('to take a chat that asked for nobody is to open it: with a reason, which is logged, and it counts', async () => {
  const { chatOf, operator, database } = await setUp()
  const wati = await chatOf('Wati Rekaan')
  const { chat } = wati
  await wati.writes('Halo')
  const ani = await operator('ani', 'verifikator')
  const take = (body?: object) => ani('POST', `/api/conversations/${chat}/take`, { body })
  expect((await take()).status).toBe(403)
  expect((await take({ reason: '  ' })).status).toBe(400)
  expect(at(await ani('GET', `/api/conversations/${chat}`), 'takeover')).toBeUndefined()
  expect(at(await take({ reason: 'Sekolah menelepon' }), 'takeover.by.name')).toBe('Petugas ani')
  const [logged, ...others] = await views(database).find({ chat }).lean()
  expect(logged).toMatchObject({ what: 'conversation-take', operator: ani.id, outside: true })
  expect([logged?.reason === undefined, others]).toEqual([false, []])
  const boss = await operator('bos', 'supervisor')
  const { chat: other } = await chatOf('Joko Contoh')
  expect((await boss('POST', `/api/conversations/${other}/take`)).status).toBe(200)
  expect(await views(database).countDocuments({ chat: other, operator: boss.id, outside: true })).toBe(1)
  expect((await ani('POST', '/api/conversations/tidak-ada/take')).status).toBe(404)
})

test('the list is read to its end while people write: nobody is missed, and nobody comes twice', async () => {
  const { chatOf, operator } = await setUp()
  const all: Awaited<ReturnType<typeof chatOf>>[] = []
  for (const name of ['Ani', 'Budi', 'Citra', 'Dewi', 'Eka', 'Fajar']) {
    all.push(await chatOf(`${name} Rekaan`))
    await all.at(-1)!.writes('Halo')
  }
  const loket = await operator('loket', 'loket')
  const page = async (after?: unknown) => {
    const body = { list: 'all', limit: 2, ...(after === undefined ? {} : { after }) }
    const found = await loket('POST', '/api/conversations/find', { body })
    return { ids: (at(found, 'items') as { id: string }[]).map(({ id }) => id), next: at(found, 'next') }
  }
  const [a, b, c, d, e, f] = all.map(({ chat }) => chat)
  const first = await page()
  expect(first.ids).toEqual([f, e])
  // the chat that the page ended with comes to the front, and so does one that was to come
  await all[4]!.writes('Masih menunggu')
  await all[1]!.writes('Saya juga')
  const second = await page(first.next)
  expect(second.ids).toEqual([d, c])
  expect(await page(second.next)).toEqual({ ids: [a], next: undefined })
  expect((await page()).ids).toEqual([b, e])
  expect((await loket('POST', '/api/conversations/find', { body: { after: a } })).status).toBe(400)
})

test('operators see who else looks and types', async () => {
  const { chatOf, operator } = await setUp()
  const { chat } = await chatOf('Wati Rekaan')
  const [ani, budi] = [await operator('ani', 'verifikator'), await operator('budi', 'loket')]
  const say = async (who: typeof ani, what: string) =>
    at(await who('POST', `/api/conversations/${chat}/presence`, { body: { what } }), 'others')
  expect(await say(ani, 'looking')).toEqual([])
  expect(await say(budi, 'typing')).toEqual([{ id: ani.id, name: 'Petugas ani', typing: false }])
  expect(await say(ani, 'looking')).toEqual([{ id: budi.id, name: 'Petugas budi', typing: true }])
  await say(budi, 'gone')
  expect(await say(ani, 'looking')).toEqual([])
})
