import { expect, test } from 'vitest'
import { createWhatsappStates } from '../../src/models/mongo/whatsapp-state.ts'
import { NPSN, testService } from './support/service.ts'

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
