import { expect, test } from 'vitest'
import type { ApplicationList } from '../../src/admin/contract/application.ts'
import { AlarmList, AuditList } from '../../src/admin/contract/oversight.ts'
import { BULK } from '../../src/admin/reading-watch.ts'
import { applications } from '../../src/models/application/kept.ts'
import { raiseAlarm } from '../../src/models/operator/reading-alarms.ts'
import { at, testService } from './support/service.ts'

const SPAN = 'from=2026-11-24T00:00:00.000Z&to=2026-11-25T00:00:00.000Z'

test('who reads through many cases that they do not hold is told to supervisors, once in a span', async () => {
  const { submit, operator, queue } = await testService()
  const ids: string[] = []
  for (let i = 0; i < BULK.cases; i++) ids.push(await submit())
  const photo = await operator('foto', 'foto')
  const verifier = await operator('veri', 'verifikator')
  const boss = await operator('bos', 'supervisor')
  const list = async (page = '') => AlarmList.parse((await boss('GET', `/api/reading-alarms${page}`)).body)
  const alarms = async () => (await list()).items

  // without a reason a stage of others shows no full number, and is no reading
  for (const id of ids) await photo('GET', `/api/applications/${id}`)
  expect(await alarms()).toEqual([])
  // what one holds is one's work
  await queue.claims.takeSeries({ operator: { id: verifier.id, roles: ['verifikator'] }, count: BULK.cases })
  await verifier('GET', '/api/claims')
  expect(await alarms()).toEqual([])

  for (const id of ids.slice(1)) await photo('GET', `/api/applications/${id}?reason=Bertanya`)
  expect(await alarms()).toEqual([])
  await photo('GET', `/api/applications/${ids[0]}?reason=Bertanya`)
  await photo('GET', `/api/applications/${ids[0]}?reason=Bertanya`)
  const [alarm, ...others] = await alarms()
  expect(others).toEqual([])
  expect(alarm).toMatchObject({ operator: { id: photo.id, name: 'Petugas foto' }, count: BULK.cases })

  expect((await photo('POST', `/api/reading-alarms/${alarm?.id}/seen`)).status).toBe(403)
  expect((await boss('POST', '/api/reading-alarms/none/seen')).status).toBe(404)
  expect((await boss('POST', `/api/reading-alarms/${alarm?.id}/seen`)).status).toBe(204)
  expect(await list()).toEqual({ total: 0, items: [] })
  const log = AuditList.parse((await boss('GET', `/api/audit?${SPAN}&kind=office`)).body).items
  expect(log[0]).toMatchObject({ what: 'alarm-seen', by: { id: boss.id } })
})

test('the answer to an act on what one held is one’s work, however many come within a moment', async () => {
  const { submit, operator, picture } = await testService()
  for (let i = 0; i < BULK.cases; i++) await submit([await picture()])
  const boss = await operator('bos', 'supervisor')
  const body = { count: BULK.cases, stages: ['verification'] }
  const { items } = (await boss('POST', '/api/queue/claim', { body })).body as ApplicationList
  expect(items).toHaveLength(BULK.cases)
  const acts = ['decisions', 'release', 'cancel']
  for (const [i, { id, claim }] of items.entries()) {
    const { token } = claim!
    const act = acts[i] ?? 'decisions'
    const how = act === 'release' ? { reason: 'RL_BREAK' } : { transactionId: `t-${i}` }
    const done = await boss('POST', `/api/applications/${id}/${act}`, {
      body: { token, ...how, ...(act === 'decisions' && { action: 'approve' }) },
    })
    expect([done.status, at(done, 'pupil.masked')]).toEqual([200, false])
  }
  expect(at(await boss('GET', '/api/reading-alarms'), 'items')).toEqual([])
  const seen = AuditList.parse((await boss('GET', `/api/audit?${SPAN}&kind=view`)).body).items
  expect(seen.filter(({ detail }) => detail === 'outside')).toEqual([])
})

test('alarms that wait come page by page, the latest first, and none is left out while others are looked into', async () => {
  const { database, operator, clock } = await testService()
  const boss = await operator('bos', 'supervisor')
  const now = clock.at
  // of two at one moment the id decides
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    const before = id === 'a' ? 60_000 : 0
    const alarm = { id, operator: boss.id, at: new Date(now.getTime() - before), count: 30, minutes: 10 }
    await raiseAlarm(database, alarm)
  }
  const list = async (after = '') =>
    AlarmList.parse((await boss('GET', `/api/reading-alarms?limit=2${after && `&after=${after}`}`)).body)
  const first = await list()
  expect([first.total, first.items.map(({ id }) => id)]).toEqual([5, ['e', 'd']])
  for (const id of ['e', 'd']) await boss('POST', `/api/reading-alarms/${id}/seen`)
  const second = await list(first.next)
  expect([second.total, second.items.map(({ id }) => id)]).toEqual([3, ['c', 'b']])
  const last = await list(second.next)
  expect([last.items.map(({ id }) => id), last.next]).toEqual([['a'], undefined])
  expect((await boss('GET', '/api/reading-alarms?after=no-place')).status).toBe(400)
})

test('the audit log tells what was done, looked at and changed, by whom, and can be narrowed', async () => {
  const { submit, operator, queue, tick } = await testService()
  const id = await submit()
  const verifier = await operator('veri', 'verifikator')
  const boss = await operator('bos', 'supervisor')
  const claimed = await queue.claims.take({ operator: { id: verifier.id, roles: ['verifikator'] } })
  const { token } = claimed!.claim
  await verifier('GET', `/api/applications/${id}`)
  tick(1000)
  await verifier('POST', `/api/applications/${id}/release`, { body: { token, reason: 'RL_BREAK' } })
  const log = async (filter = '') => AuditList.parse((await boss('GET', `/api/audit?${SPAN}${filter}`)).body).items

  const all = await log()
  expect(all.map(({ kind, what }) => `${kind} ${what}`)).toEqual(
    expect.arrayContaining(['act submit', 'act claim', 'act release', 'view nik']),
  )
  expect(all[0]).toMatchObject({ what: 'release', reasons: ['RL_BREAK'], by: { name: 'Petugas veri' } })
  expect((await log('&kind=view')).every((line) => line.kind === 'view')).toBe(true)
  expect((await log('&action=claim')).map((line) => line.what)).toEqual(['claim'])
  expect(await log(`&operator=${boss.id}&kind=act`)).toEqual([])
  expect((await log('&ticket=a100-9')).length).toBe(3)
  // what was done out of the order says why, and the row that it was done to is marked
  const front = { reason: 'Murid dioperasi', transactionId: 'front' }
  await boss('POST', `/api/applications/${id}/move-front`, { body: front })
  expect(await log('&action=move_front')).toMatchObject([{ note: 'Murid dioperasi', by: { name: 'Petugas bos' } }])
  expect(at(await boss('GET', '/api/queue'), 'items.0')).toMatchObject({ id, forward: true })
  expect(await log('&ticket=A999-9')).toEqual([])

  const late = 'from=2026-11-25T00:00:00.000Z&to=2026-11-26T00:00:00.000Z'
  expect(AuditList.parse((await boss('GET', `/api/audit?${late}`)).body).items).toEqual([])
  expect((await boss('GET', '/api/audit?from=2026-01-01T00:00:00.000Z&to=2026-11-26T00:00:00.000Z')).status).toBe(400)
  expect((await verifier('GET', `/api/audit?${SPAN}`)).status).toBe(403)
  expect((await boss('GET', '/api/keys')).body).toMatchObject({ looked: 1, stale: 0 })
})

test('what the wall counts as moved forward is what the log marks, until it is back at the school or ready', async () => {
  const { submit, operator, tick, database } = await testService()
  const ids = [await submit(), await submit()]
  const boss = await operator('bos', 'supervisor')
  for (const id of ids) {
    const body = { reason: 'Murid dioperasi', transactionId: `front-${id}` }
    expect((await boss('POST', `/api/applications/${id}/move-front`, { body })).status).toBe(200)
  }
  const forward = async () => {
    // the wall is read anew
    tick(3000)
    const { items } = AuditList.parse((await boss('GET', `/api/audit?${SPAN}&action=move_front`)).body)
    expect(items).toHaveLength(2)
    const marked = items.filter((line) => line.forward).length
    expect(at(await boss('GET', '/api/wall'), 'moved')).toBe(marked)
    return marked
  }
  expect(await forward()).toBe(2)
  const taken = await boss('POST', '/api/queue/claim', { body: { stages: ['verification'] } })
  const id = String(at(taken, 'id'))
  const decide = async (transactionId: string, how: object) => {
    const body = { token: at(taken, 'claim.token'), transactionId, ...how }
    expect((await boss('POST', `/api/applications/${id}/decisions`, { body })).status).toBe(200)
  }
  await decide('back', { action: 'return', note: 'Foto buram' })
  expect(await forward()).toBe(1)
  expect((await boss('POST', `/api/applications/${id}/undo`, { body: { transactionId: 'back' } })).status).toBe(200)
  expect(await forward()).toBe(2)
  // the next stage is still the office's work, and ready is not
  await decide('on', { action: 'approve', despite: ['papers'] })
  expect(await forward()).toBe(2)
  await applications(database).updateOne({ _id: id }, { $set: { stage: 'ready', state: 'idle' } })
  expect(await forward()).toBe(1)
})

test('the audit log is read to its end page by page, each line once, also where many are of one moment', async () => {
  const { submit, operator, queue, tick } = await testService()
  for (let i = 0; i < 90; i++) await submit()
  const verifier = await operator('veri', 'verifikator')
  const boss = await operator('bos', 'supervisor')
  await queue.claims.takeSeries({ operator: { id: verifier.id, roles: ['verifikator'] }, count: 20 })
  tick(1000)
  await verifier('GET', '/api/claims')
  const pages: AuditList['items'][] = []
  for (let after: string | undefined = ''; after !== undefined;) {
    const { body } = await boss('GET', `/api/audit?${SPAN}${after === '' ? '' : `&after=${after}`}`)
    const { items, next } = AuditList.parse(body)
    pages.push(items)
    after = next
  }
  const lines = pages.flat()
  expect(pages.length).toBeGreaterThan(1)
  expect(new Set(lines.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(lines.length)
  expect(lines.filter(({ what }) => what === 'submit').length).toBe(90)
  expect(lines.filter(({ what }) => what === 'claim').length).toBe(20)
  expect(lines.map(({ at }) => at)).toEqual(
    lines
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  )
  expect((await boss('GET', `/api/audit?${SPAN}&after=lama`)).status).toBe(400)
})
