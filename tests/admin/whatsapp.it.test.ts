import { expect, test } from 'vitest'
import { coordinators } from '../../src/models/coordinator/kept.ts'
import { createLeases } from '../../src/models/store/leases.ts'
import { decideMerge } from '../../src/models/whatsapp/merge.ts'
import { WHATSAPP_LEASE, createWhatsappStates } from '../../src/models/whatsapp/state.ts'
import { NPSN, at, testService } from './support/service.ts'

test('supervisors see how WhatsApp is connected and their wishes reach the holder of the connection', async () => {
  const service = await testService({ whatsapp: true })
  const states = createWhatsappStates(service)
  const boss = await service.operator('bos', 'supervisor')
  const since = service.clock.at
  expect((await boss('GET', '/api/whatsapp')).body).toEqual({ state: 'connecting' })
  await states.report({ state: 'pairing', since, qr: 'https://wa.me/x#1', pairingCode: 'ABCD1234' }, 1)
  expect((await boss('GET', '/api/whatsapp')).body).toEqual({
    state: 'pairing',
    since: since.toISOString(),
    qr: 'https://wa.me/x#1',
    pairingCode: 'ABCD1234',
  })
  expect((await boss('POST', '/api/whatsapp/pair', { body: { phone: '0811-1000-0001' } })).status).toBe(202)
  expect(await states.taken()).toEqual({ kind: 'pair', phone: '6281110000001' })
  expect((await boss('POST', '/api/whatsapp/unlink')).status).toBe(202)
  expect(await states.taken()).toEqual({ kind: 'unlink' })
  expect(await states.taken()).toBeUndefined()
  expect((await boss('POST', '/api/whatsapp/pair', { body: { phone: '12' } })).status).toBe(400)
})

test('a long outage is an alert, a short one is not; a holder that lost the lease changes nothing', async () => {
  const service = await testService({ whatsapp: true })
  const states = createWhatsappStates(service)
  const boss = await service.operator('bos', 'supervisor')
  const since = service.clock.at
  await states.report({ state: 'waiting', since, lastError: '428', downSince: since }, 2)
  await states.report({ state: 'open', since }, 1)
  service.tick(9 * 60_000)
  expect((await boss('GET', '/api/whatsapp')).body).toEqual({
    state: 'waiting',
    since: since.toISOString(),
    lastError: '428',
  })
  service.tick(2 * 60_000)
  expect((await boss('GET', '/api/whatsapp')).body).toMatchObject({ alert: 'long-outage' })
})

test('a killed process says nothing: its lease tells since when nobody has the connection', async () => {
  const service = await testService({ whatsapp: true })
  const boss = await service.operator('bos', 'supervisor')
  const since = service.clock.at
  const leases = createLeases({ database: service.database, now: () => service.clock.at })
  await leases.hold(WHATSAPP_LEASE, 'proses', 4_000)
  await createWhatsappStates(service).report({ state: 'open', since, phone: '6281100000001' }, 1)
  service.tick(10_000)
  expect((await boss('GET', '/api/whatsapp')).body).toMatchObject({ state: 'open' })
  service.tick(20_000)
  const gone = new Date(since.getTime() + 4_000).toISOString()
  const shown = { state: 'waiting', since: gone, phone: '6281100000001' }
  expect((await boss('GET', '/api/whatsapp')).body).toEqual(shown)
  service.tick(10 * 60_000)
  expect((await boss('GET', '/api/whatsapp')).body).toEqual({ ...shown, alert: 'long-outage' })
})

test('two coordinators who are one person are shown with each other until one of them is suspended', async () => {
  const service = await testService()
  const boss = await service.operator('bos', 'supervisor')
  const [ani, other] = [await service.coordinator('Ani Rekaan'), await service.coordinator('Ani R')]
  const rows = await coordinators(service.database).find().sort({ createdAt: 1 }).lean()
  expect(
    await decideMerge(
      service.database,
      rows.flatMap((row) => row.chats),
    ),
  ).toEqual({ kind: 'refused' })
  const listed = async () => at(await boss('GET', '/api/coordinators?state=pending'), 'items') as { twin?: object }[]
  expect((await listed()).map(({ twin }) => twin)).toEqual([
    { id: other, name: 'Ani R' },
    { id: ani, name: 'Ani Rekaan' },
  ])
  await boss('POST', `/api/coordinators/${other}/suspend`, { body: { reason: 'ganda' } })
  expect((await listed()).map(({ twin }) => twin)).toEqual([undefined])
})

test('without WhatsApp the state is off and wishes are refused', async () => {
  const { operator } = await testService()
  const boss = await operator('bos', 'supervisor')
  expect((await boss('GET', '/api/whatsapp')).body).toEqual({ state: 'off' })
  expect((await boss('POST', '/api/whatsapp/pair')).status).toBe(409)
  const verifier = await operator('ver', 'verifikator')
  expect((await verifier('GET', '/api/whatsapp')).status).toBe(403)
})

test('the sheet for a school is a PDF once the number is known, and spends no code before', async () => {
  const service = await testService({ whatsapp: true })
  const boss = await service.operator('bos', 'supervisor')
  const sheet = () => boss('POST', `/api/schools/${NPSN}/invitation-sheet`, { body: { days: 14, uses: 2 } })
  const open = async () => (await boss('GET', `/api/schools/${NPSN}/invitations`)).body
  expect((await sheet()).status).toBe(409)
  expect(await open()).toEqual({ items: [] })
  await createWhatsappStates(service).report({ state: 'open', since: service.clock.at, phone: '6281100000001' }, 1)
  const made = await sheet()
  expect([made.status, made.type]).toEqual([201, 'application/pdf'])
  expect((made.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
  expect(await open()).toMatchObject({ items: [{ npsn: NPSN, usesLeft: 2 }] })
})
