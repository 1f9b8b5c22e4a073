import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { FactorOffer, InviteMade, OperatorSessions } from '../../src/admin/contract/account.ts'
import { AuditList } from '../../src/admin/contract/oversight.ts'
import { at, PASSWORD, testService } from './support/service.ts'

const CHROME = {
  'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
}

function codeOf(secret: string, moment: Date): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: moment.getTime() })
}

test('a second factor is taken by its first code and asked for from then on; each code opens once', async () => {
  const { operator, anyone, clock, tick } = await testService()
  const siti = await operator('siti', 'verifikator')
  const signIn = (code?: string) =>
    anyone('POST', '/api/session', { body: { username: 'siti', password: PASSWORD, ...(code ? { code } : {}) } })

  expect((await siti('POST', '/api/session/second-factor', { body: { password: 'salah' } })).status).toBe(422)
  const made = await siti('POST', '/api/session/second-factor', { body: { password: PASSWORD } })
  const { secret, uri, picture } = FactorOffer.parse(made.body)
  expect(uri).toMatch(/^otpauth:\/\/totp\/.*siti.*secret=/)
  expect(picture).toMatch(/^data:image\/svg/)
  // an offer alone changes nothing
  expect((await signIn()).status).toBe(200)
  expect((await siti('PUT', '/api/session/second-factor', { body: { code: '000000' } })).status).toBe(422)
  const code = codeOf(secret, clock.at)
  expect((await siti('PUT', '/api/session/second-factor', { body: { code } })).status).toBe(204)
  expect(at(await siti('GET', '/api/session'), 'operator.secondFactor')).toBe(true)

  const asked = await signIn()
  expect(asked.status).toBe(401)
  expect(at(asked, 'context.need')).toBe('code')
  // the code that took it is used up
  expect((await signIn(code)).status).toBe(401)
  tick(60_000)
  const next = codeOf(secret, clock.at)
  expect((await signIn(next)).status).toBe(200)
  expect((await signIn(next)).status).toBe(401)

  expect((await siti('DELETE', '/api/session/second-factor', { body: { password: PASSWORD } })).status).toBe(204)
  expect((await signIn()).status).toBe(200)
})

test('a supervisor switches off the second factor of somebody who has lost the phone, and that is written down', async () => {
  const { operator, anyone, clock } = await testService()
  const siti = await operator('siti', 'verifikator')
  const boss = await operator('bos', 'supervisor')
  const { secret } = FactorOffer.parse(
    (await siti('POST', '/api/session/second-factor', { body: { password: PASSWORD } })).body,
  )
  await siti('PUT', '/api/session/second-factor', { body: { code: codeOf(secret, clock.at) } })
  expect((await siti('DELETE', `/api/operators/${siti.id}/second-factor`)).status).toBe(403)
  expect((await boss('DELETE', `/api/operators/${siti.id}/second-factor`)).status).toBe(204)
  expect((await boss('DELETE', '/api/operators/nobody/second-factor')).status).toBe(404)
  expect((await anyone('POST', '/api/session', { body: { username: 'siti', password: PASSWORD } })).status).toBe(200)
  const audit = await boss('GET', '/api/audit?from=2026-11-24T00:00:00.000Z&to=2026-11-25T00:00:00.000Z&kind=office')
  expect(AuditList.parse(audit.body).items[0]).toMatchObject({
    what: 'operator-second-factor-off',
    subject: 'Petugas siti',
    by: { name: 'Petugas bos' },
  })
})

test('sessions are listed by their device and ended one by one, or all by a supervisor', async () => {
  const { operator, anyone } = await testService()
  const siti = await operator('siti', 'verifikator')
  const boss = await operator('bos', 'supervisor')
  await anyone('POST', '/api/session', { body: { username: 'siti', password: PASSWORD }, headers: CHROME })
  const list = async (call: typeof siti, url: string) => OperatorSessions.parse((await call('GET', url)).body).items
  const mine = await list(siti, '/api/session/sessions')
  expect(mine).toHaveLength(2)
  expect(mine.filter((one) => one.current)).toHaveLength(1)
  const other = mine.find((one) => !one.current)
  expect(other?.device).toBe('Chrome, Windows')
  expect((await boss('DELETE', `/api/session/sessions/${other?.id}`)).status).toBe(404)
  expect((await siti('DELETE', `/api/session/sessions/${other?.id}`)).status).toBe(204)
  expect(await list(boss, `/api/operators/${siti.id}/sessions`)).toHaveLength(1)
  expect((await boss('DELETE', `/api/operators/${siti.id}/sessions`)).status).toBe(204)
  expect((await siti('GET', '/api/session')).status).toBe(401)
  // their own they keep
  expect((await boss('DELETE', `/api/operators/${boss.id}/sessions`)).status).toBe(204)
  expect((await boss('GET', '/api/session')).status).toBe(200)
})

test('sessions come page by page, the one opened last first, and use of one moves none', async () => {
  const { operator, anyone, tick } = await testService()
  const siti = await operator('siti', 'verifikator')
  for (let i = 0; i < 4; i++) {
    tick(1000)
    await anyone('POST', '/api/session', { body: { username: 'siti', password: PASSWORD } })
  }
  const page = async (after = '') =>
    OperatorSessions.parse((await siti('GET', `/api/session/sessions?limit=2${after && `&after=${after}`}`)).body)
  const first = await page()
  // the oldest is used, which is noted from time to time
  tick(600_000)
  const second = await page(first.next)
  const third = await page(second.next)
  const all = [first, second, third].flatMap(({ items }) => items)
  expect([all.length, new Set(all.map(({ id }) => id)).size, third.next]).toEqual([5, 5, undefined])
  const opened = all.map(({ createdAt }) => createdAt)
  expect(opened).toEqual(opened.toSorted().toReversed())
  expect(all.map(({ current }) => current)).toEqual([false, false, false, false, true])
})

test('by a link somebody chooses their own password, once and within three days', async () => {
  const { operator, anyone, tick } = await testService()
  const siti = await operator('siti', 'verifikator')
  const boss = await operator('bos', 'supervisor')
  const invite = async () => InviteMade.parse((await boss('POST', `/api/operators/${siti.id}/invite`)).body).token
  const look = (token: string) => anyone('POST', '/api/operator-invites/look', { body: { token } })
  const accept = (token: string) =>
    anyone('POST', '/api/operator-invites/accept', { body: { token, password: 'rahasia-baru-rekaan' } })

  const first = await invite()
  const second = await invite()
  expect((await look(first)).status).toBe(404)
  expect((await look(second)).body).toEqual({ username: 'siti', name: 'Petugas siti' })
  expect((await accept(second)).status).toBe(204)
  expect((await accept(second)).status).toBe(404)
  expect((await siti('GET', '/api/session')).status).toBe(401)
  const entered = await anyone('POST', '/api/session', { body: { username: 'siti', password: 'rahasia-baru-rekaan' } })
  expect(at(entered, 'operator.mustChangePassword')).toBe(false)

  const late = await invite()
  tick(3 * 86_400_000)
  expect((await look(late)).status).toBe(404)
  expect((await accept(late)).status).toBe(404)
  expect((await look('a'.repeat(32))).status).toBe(404)
})
