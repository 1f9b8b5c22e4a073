import { afterEach, expect, test } from 'vitest'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import { changeOperator, leaveSupervision, operators } from '../../src/models/operator/operators.ts'
import { officeActs } from '../../src/models/operator/acts.ts'
import { inboxModel } from '../../src/models/chat/inbox.ts'
import { createPlea } from '../../src/models/plea/pleas.ts'
import { storeSchools } from '../../src/models/school/schools.ts'
import { at, NPSN, PASSWORD, testService } from './support/service.ts'

afterEach(() => armFailpoints(undefined))
const AUDIT = '/api/audit?from=2026-11-24T00:00:00.000Z&to=2026-11-25T00:00:00.000Z&kind=office'

test('a supervisor lets a coordinator in, keeps one out for a substitute, and moves one to another school', async () => {
  const { operator, coordinator, database } = await testService()
  const boss = await operator('bos', 'supervisor')
  const [guru, kepala] = [await coordinator('Guru Rekaan'), await coordinator('Kepala Rekaan')]
  expect(at(await boss('GET', '/api/counts'), 'pendingCoordinators')).toBe(2)
  const pending = await boss('GET', '/api/coordinators?state=pending')
  expect(at(pending, 'items')).toMatchObject([
    { id: guru, name: 'Guru Rekaan', state: 'pending', channels: ['webchat'], school: { name: 'SDN Rekaan 1' } },
    { id: kepala },
  ])
  for (const id of [guru, kepala]) {
    const approved = await boss('POST', `/api/coordinators/${id}/approve`)
    expect(approved.body).toMatchObject({ id, state: 'approved', channels: ['webchat'] })
  }
  // both chats hear of it
  expect(await inboxModel(database).countDocuments({ kind: 'system' })).toBe(2)

  const wrong = { reason: 'pindah tugas', substitute: 'tidak-ada' }
  expect((await boss('POST', `/api/coordinators/${guru}/suspend`, { body: wrong })).status).toBe(422)
  const replaced = await boss('POST', `/api/coordinators/${guru}/replace`, {
    body: { by: kepala, reason: 'pindah tugas' },
  })
  expect(replaced.body).toMatchObject({ state: 'suspended', substitute: kepala })
  expect((await boss('POST', `/api/coordinators/${guru}/reinstate`)).body).toMatchObject({ state: 'approved' })

  const move = { npsn: '69900002', reason: 'mutasi' }
  expect((await boss('POST', `/api/coordinators/${guru}/move`, { body: move })).status).toBe(422)
  const school = { npsn: '69900002', name: 'SDN Rekaan 2', kecamatan: 'Rekaan', enrolled: null, sample: false }
  await storeSchools(database, [school])
  expect((await boss('POST', `/api/coordinators/${guru}/move`, { body: move })).body).toMatchObject({
    school: { npsn: '69900002', name: 'SDN Rekaan 2' },
  })
  expect((await boss('POST', '/api/coordinators/tidak-ada/approve')).status).toBe(404)

  // each change is in the audit log, kept by ids and read with names; the reasons stay where they are sealed
  const log = await boss('GET', AUDIT)
  const acts = (at(log, 'items') as { what: string; subject: string }[]).map((one) => [one.what, one.subject])
  expect(acts.toSorted((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1))).toEqual(
    [
      ['coordinator-approve', 'Guru Rekaan'],
      ['coordinator-approve', 'Kepala Rekaan'],
      ['coordinator-move', 'Guru Rekaan'],
      ['coordinator-reinstate', 'Guru Rekaan'],
      ['coordinator-replace', 'Guru Rekaan'],
    ].toSorted((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1)),
  )
  expect(JSON.stringify(log.body)).not.toMatch(/pindah tugas|mutasi/)
  expect(JSON.stringify(await officeActs(database).find().lean())).not.toMatch(/Rekaan/)
})

test('who waited for approval before they were suspended waits again afterwards, and only approving lets them in', async () => {
  const { operator, coordinator, database } = await testService()
  const boss = await operator('bos', 'supervisor')
  const guru = await coordinator('Guru Rekaan')
  const act = (what: string, body?: object) => boss('POST', `/api/coordinators/${guru}/${what}`, { body })
  const told = () => inboxModel(database).countDocuments({ kind: 'system' })
  await act('suspend', { reason: 'nomor salah' })
  // a second reason, or a substitute, does not make them known
  await act('suspend', { reason: 'masih salah' })
  for (let i = 0; i < 2; i++) expect((await act('reinstate')).body).toMatchObject({ id: guru, state: 'pending' })
  expect(await told()).toBe(0)
  expect((await act('approve')).body).toMatchObject({ state: 'approved' })
  expect(await told()).toBe(1)

  await act('suspend', { reason: 'cuti' })
  expect((await act('reinstate')).body).toMatchObject({ state: 'approved' })
  expect(await told()).toBe(1)
})

test('schools are imported, replaced and found, and an invitation code is told once', async () => {
  const { operator } = await testService()
  const boss = await operator('bos', 'supervisor')
  const school = (n: number) => ({ npsn: `6990001${n}`, name: `SDN Contoh ${n}`, kecamatan: 'Contoh' })
  expect((await boss('POST', '/api/schools', { body: { schools: [school(1), school(2)] } })).body).toEqual({
    stored: 2,
  })
  const changed = await boss('PUT', '/api/schools/69900011', {
    body: { name: 'SDN Contoh Satu', kecamatan: 'Contoh', enrolled: 80 },
  })
  expect(changed.body).toEqual({
    npsn: '69900011',
    name: 'SDN Contoh Satu',
    kecamatan: 'Contoh',
    enrolled: 80,
    sample: false,
  })
  const found = await boss('GET', '/api/schools?q=contoh')
  expect(at(found, 'items')).toMatchObject([{ npsn: '69900011' }, { npsn: '69900012' }])

  const made = await boss('POST', '/api/schools/69900011/invitations', { body: { uses: 3 } })
  expect(made).toMatchObject({ status: 201, body: { npsn: '69900011', usesLeft: 3, code: expect.any(String) } })
  const open = await boss('GET', '/api/schools/69900011/invitations')
  expect(at(open, 'items')).toMatchObject([{ usesLeft: 3 }])
  expect(JSON.stringify(open.body)).not.toContain(at(made, 'code'))
  expect((await boss('POST', '/api/schools/69900011/invitations')).status).toBe(201)
  expect((await boss('POST', '/api/schools/69900099/invitations')).status).toBe(404)

  const log = await boss('GET', AUDIT)
  const acts = (at(log, 'items') as { what: string; subject: string }[]).map((one) => `${one.what} ${one.subject}`)
  expect(acts.toSorted()).toEqual([
    'school-invitation NPSN 69900011',
    'school-invitation NPSN 69900011',
    'school-save NPSN 69900011',
    'school-save NPSN 69900011',
    'school-save NPSN 69900012',
  ])
  expect(JSON.stringify(log.body)).not.toContain(at(made, 'code'))
})

test('what coordinators ask of the office is listed and closed once, with its outcome', async () => {
  const { operator, coordinator, database, sealer, clock } = await testService()
  const loket = await operator('loket', 'loket')
  const guru = await coordinator('Guru Rekaan')
  const plea = await createPlea(
    { database, sealer, now: () => clock.at },
    { key: 'k', kind: 'complaint', chat: 'c', coordinator: guru, npsn: NPSN, text: 'Kartu rekaan belum datang' },
  )
  expect(at(await loket('GET', '/api/pleas?kind=complaint'), 'items')).toMatchObject([
    { id: plea.id, number: plea.number, text: 'Kartu rekaan belum datang', coordinator: { name: 'Guru Rekaan' } },
  ])
  expect(at(await loket('GET', '/api/counts'), 'openPleas')).toBe(1)
  const body = { outcome: 'Kartu sudah dikirim' }
  expect((await loket('POST', `/api/pleas/${plea.id}/close`, { body })).body).toMatchObject({
    state: 'closed',
    ...body,
  })
  expect((await loket('POST', `/api/pleas/${plea.id}/close`, { body })).status).toBe(409)
  expect(at(await loket('GET', '/api/pleas'), 'items')).toEqual([])
})

test('an operator is made with a password that is told once, and changes it at the first sign-in', async () => {
  const { operator, anyone } = await testService()
  const boss = await operator('bos', 'supervisor')
  const made = await boss('POST', '/api/operators', {
    body: { username: 'siti', name: 'Siti Rekaan', roles: ['foto'] },
  })
  expect(made).toMatchObject({ status: 201, body: { operator: { roles: ['foto'], mustChangePassword: true } } })
  const again = await boss('POST', '/api/operators', { body: { username: 'siti', name: 'Lain', roles: ['siak'] } })
  expect([again.status, at(again, 'kind')]).toEqual([409, 'duplicate'])
  const entered = await anyone('POST', '/api/session', { body: { username: 'siti', password: at(made, 'password') } })
  expect(entered.body).toMatchObject({ operator: { username: 'siti', mustChangePassword: true } })
  const id = String(at(made, 'operator.id'))
  const reset = await boss('POST', `/api/operators/${id}/password`)
  const old = { username: 'siti', password: at(made, 'password') }
  expect((await anyone('POST', '/api/session', { body: old })).status).toBe(401)
  expect((await anyone('POST', '/api/session', { body: { ...old, password: at(reset, 'password') } })).status).toBe(200)
  const names = at(await boss('GET', '/api/operators'), 'items') as { username: string }[]
  expect(names.map(({ username }) => username)).toEqual(['bos', 'siti'])
})

test('operators come page by page, by user name, whatever it was made of', async () => {
  const { operator } = await testService()
  const boss = await operator('bos', 'supervisor')
  for (const name of ['a.rekaan', 'c rekaan', 'd_rekaan']) await operator(name, 'loket')
  const page = async (query: string) => {
    const items = at(await boss('GET', `/api/operators?limit=2${query}`), 'items') as { username: string }[]
    return items.map(({ username }) => username)
  }
  expect(await page('')).toEqual(['a.rekaan', 'bos'])
  expect(await page('&after=bos')).toEqual(['c rekaan', 'd_rekaan'])
  expect(await page('&after=c%20rekaan')).toEqual(['d_rekaan'])
  expect(await page('&after=d_rekaan')).toEqual([])
  expect((await boss('GET', '/api/operators?after=')).status).toBe(400)
})

test('an operator who is deactivated is out at once, and the last supervisor stays', async () => {
  const { operator, anyone } = await testService()
  const boss = await operator('bos', 'supervisor')
  const siti = await operator('siti', 'verifikator')
  await boss('PATCH', `/api/operators/${siti.id}`, { body: { active: false } })
  expect((await siti('GET', '/api/session')).status).toBe(401)
  expect((await anyone('POST', '/api/session', { body: { username: 'siti', password: PASSWORD } })).status).toBe(401)
  for (const body of [{ active: false }, { roles: ['loket'] }]) {
    expect((await boss('PATCH', `/api/operators/${boss.id}`, { body })).status).toBe(409)
  }
  const second = await operator('dua', 'supervisor')
  expect((await boss('PATCH', `/api/operators/${boss.id}`, { body: { roles: ['loket'] } })).status).toBe(200)
  expect((await boss('GET', '/api/operators')).status).toBe(403)
  expect((await second('GET', '/api/operators')).status).toBe(200)
})

test('supervisors who leave at once never all go, and whoever was cut off while leaving still counts', async () => {
  const service = await testService()
  const { operator, database } = service
  const ids = [(await operator('bos', 'supervisor')).id, (await operator('dua', 'supervisor')).id]
  const at = new Date('2026-11-24T01:00:00Z')
  const leave = (id: string, now = at) => leaveSupervision(service, id, { roles: ['loket'] }, now)
  for (let round = 0; round < 20; round++) {
    const ends = await Promise.allSettled(ids.map((id) => leave(id)))
    expect(await operators(database).countDocuments({ active: true, roles: 'supervisor' })).toBeGreaterThan(0)
    expect(ends.some(({ status }) => status === 'rejected')).toBe(true)
    for (const id of ids) await changeOperator(service, id, { roles: ['supervisor'] })
  }
  const [one = '', two = ''] = ids
  armFailpoints((name) => {
    if (name === 'operator.left') throw new Error('killed')
  })
  await expect(leave(one)).rejects.toThrow('killed')
  armFailpoints(undefined)
  await expect(leave(two)).rejects.toThrow('last active supervisor')
  expect(await leave(two, new Date(at.getTime() + 61_000))).toMatchObject({ roles: ['loket'] })
})

test('the reasons are those of the office file', async () => {
  const { operator } = await testService()
  const reasons = await (await operator('siti', 'verifikator'))('GET', '/api/reasons')
  expect(at(reasons, 'return.0')).toEqual({
    code: 'RR_PORTRAIT_BLURRED',
    letter: 'F',
    label: 'Pas foto buram',
    fix: 'foto ulang di tempat terang',
    who: 'school',
    asks: ['portrait'],
    findings: ['PORTRAIT_BLURRED', 'PORTRAIT_DARK', 'PORTRAIT_LOW_RES'],
  })
  expect(at(reasons, 'release.0')).toMatchObject({ code: 'RL_BREAK' })
})

test('the console knows which office it is; the state of its parts is for supervisors', async () => {
  const probes = {
    telegram: () => Promise.resolve({ ready: true, state: 'polling' }),
    whatsapp: () => Promise.reject(new Error('away')),
  }
  const { operator } = await testService({ probes, missingParts: () => Promise.resolve(['reading']) })
  const loket = await operator('lia', 'loket')
  const boss = await operator('bos', 'supervisor')
  expect((await loket('GET', '/api/office')).body).toEqual({
    shortName: 'Disdukcapil Kabupaten Balangan',
    batch: 5,
    undoSeconds: 5,
    skipMinutes: 30,
    signature: false,
    missing: ['reading'],
  })
  // the list of holidays ends: supervisors are told, and nobody else
  const end = async (who: typeof boss) => at(await who('GET', '/api/office'), 'holidaysEnd')
  expect(await end(boss)).toBeUndefined()
  const holidays = [{ date: '2027-01-22', name: 'Hari rekaan' }]
  await boss('PUT', '/api/settings', { body: { rev: 0, holidays } })
  expect(await end(boss)).toEqual({ last: '2027-01-22' })
  expect(await end(loket)).toBeUndefined()
  await boss('PUT', '/api/settings', { body: { rev: 1, holidays: [] } })
  expect(await end(boss)).toEqual({})
  expect((await loket('GET', '/api/parts')).status).toBe(403)
  expect((await boss('GET', '/api/parts')).body).toEqual({
    parts: { telegram: { ready: true, state: 'polling' }, whatsapp: { ready: false, state: 'down' } },
  })
})
