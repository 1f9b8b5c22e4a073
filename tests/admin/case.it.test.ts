import { expect, test } from 'vitest'
import { newId } from '../../src/models/store/ids.ts'
import { createDelivery } from '../../src/models/notice/deliveries.ts'
import { joinGroup } from '../../src/models/notice/groups.ts'
import { at, testService } from './support/service.ts'
import type { Call } from './support/service.ts'

/** Claims the next case and does `action` with it; gives its id. */
async function work(call: Call, action: string, more: object = {}): Promise<string> {
  const claimed = await call('POST', '/api/queue/claim')
  const id = String(at(claimed, 'id'))
  const body = { token: at(claimed, 'claim.token'), action, transactionId: newId(), ...more }
  const decided = await call('POST', `/api/applications/${id}/decisions`, { body })
  expect(decided.status).toBe(200)
  return id
}

test('claim, decide, undo, next stage: the main path of an operator', async () => {
  const service = await testService()
  const id = await service.submit([await service.picture()])
  const siti = await service.operator('siti', 'verifikator')

  const listed = await siti('GET', '/api/queue')
  expect(listed.status).toBe(200)
  expect(listed.body).toMatchObject({
    total: 1,
    items: [{ id, stage: 'verification', state: 'queued', position: 1, round: 1, school: { name: 'SDN Rekaan 1' } }],
  })
  expect(at(listed, 'items.0.pupil.nik')).toBe('631106******0001')

  const claimed = await siti('POST', '/api/queue/claim', { body: { requestId: 'r1' } })
  expect(claimed.status).toBe(200)
  const token = at(claimed, 'claim.token')
  expect(claimed.body).toMatchObject({ id, state: 'claimed', pupil: { nik: '6311060107150001', masked: false } })
  const again = await siti('POST', '/api/queue/claim', { body: { requestId: 'r1' } })
  expect(at(again, 'claim')).toEqual(at(claimed, 'claim'))
  expect(at(await siti('GET', '/api/claims'), 'items')).toMatchObject([{ id, claim: { token } }])
  service.tick(2001)
  const held = await siti('GET', '/api/queue?stage=verification')
  expect(at(held, 'items')).toMatchObject([{ position: null, claimedBy: { id: siti.id, name: 'Petugas siti' } }])

  const decision = { token, action: 'approve', transactionId: 't1' }
  const approved = await siti('POST', `/api/applications/${id}/decisions`, { body: decision })
  expect(approved.body).toMatchObject({ id, stage: 'photo' })
  const twice = await siti('POST', `/api/applications/${id}/decisions`, { body: decision })
  expect([twice.status, at(twice, 'rev')]).toEqual([200, at(approved, 'rev')])

  const undone = await siti('POST', `/api/applications/${id}/undo`, { body: { transactionId: 't1' } })
  expect(undone.body).toMatchObject({ stage: 'verification', state: 'claimed', claim: { token } })
  await siti('POST', `/api/applications/${id}/decisions`, { body: { ...decision, transactionId: 't2' } })
  service.tick(7001)
  const late = await siti('POST', `/api/applications/${id}/undo`, { body: { transactionId: 't2' } })
  expect([late.status, at(late, 'kind')]).toEqual([409, 'too-late'])
})

test('an empty queue gives 204, to a series too', async () => {
  const siti = await (await testService()).operator('siti', 'verifikator')
  expect((await siti('POST', '/api/queue/claim')).status).toBe(204)
  expect((await siti('POST', '/api/queue/claim', { body: { count: 3 } })).status).toBe(204)
})

test('a stage of others is refused, a series comes as items', async () => {
  const { operator, submit } = await testService()
  const ids = [await submit(), await submit(), await submit()]
  const foto = await operator('foto', 'foto')
  const foreign = await foto('POST', '/api/queue/claim', { body: { stages: ['verification'] } })
  expect([foreign.status, at(foreign, 'kind')]).toEqual([403, 'forbidden'])
  const siti = await operator('siti', 'verifikator')
  const series = await siti('POST', '/api/queue/claim', { body: { count: 2 } })
  expect((at(series, 'items') as { id: string }[]).map(({ id }) => id)).toEqual(ids.slice(0, 2))
})

test('the token is the holder’s: others do not see it, and a wrong one is refused', async () => {
  const { operator, submit } = await testService()
  const id = await submit()
  const [siti, boss] = [await operator('siti', 'verifikator'), await operator('bos', 'supervisor')]
  const claimed = await siti('POST', '/api/queue/claim')
  const token = String(at(claimed, 'claim.token'))
  const seen = await boss('GET', `/api/applications/${id}`)
  expect(seen.body).toMatchObject({ claim: { by: siti.id, name: 'Petugas siti' } })
  expect(JSON.stringify(seen.body)).not.toContain(token)

  const url = `/api/applications/${id}`
  const bodies: [string, object][] = [
    ['renew', { token: 'lain' }],
    ['release', { token: 'lain', reason: 'RL_BREAK' }],
    ['decisions', { token: 'lain', action: 'approve', transactionId: 't' }],
    ['correct', { token: 'lain', changes: { name: 'Rekaan' }, transactionId: 't' }],
    ['cancel', { token: 'lain', transactionId: 't' }],
  ]
  for (const [what, body] of bodies) {
    const answer = await siti('POST', `${url}/${what}`, { body })
    expect({ what, status: answer.status, kind: at(answer, 'kind') }).toEqual({ what, status: 409, kind: 'claim-lost' })
  }
  expect(
    await boss('POST', `${url}/decisions`, { body: { token, action: 'approve', transactionId: 't' } }),
  ).toMatchObject({
    status: 409,
  })
  expect((await siti('POST', `${url}/renew`, { body: { token } })).body).toMatchObject({ claim: { token } })
})

test('a release keeps the place and needs a reason of the office', async () => {
  const { operator, submit } = await testService()
  const id = await submit()
  const siti = await operator('siti', 'verifikator')
  const token = at(await siti('POST', '/api/queue/claim'), 'claim.token')
  const unknown = await siti('POST', `/api/applications/${id}/release`, { body: { token, reason: 'malas' } })
  expect([unknown.status, at(unknown, 'kind')]).toEqual([422, 'invalid'])
  const released = await siti('POST', `/api/applications/${id}/release`, { body: { token, reason: 'RL_BREAK' } })
  expect(released).toMatchObject({ status: 200, body: { id, state: 'queued' } })
  expect((await siti('POST', '/api/queue/claim')).status).toBe(204)
})

test('a return carries its reasons and note; one that the office does not know is refused', async () => {
  const { operator, submit } = await testService()
  const id = await submit()
  const siti = await operator('siti', 'verifikator')
  const token = at(await siti('POST', '/api/queue/claim'), 'claim.token')
  const decide = (reasons: string[]) =>
    siti('POST', `/api/applications/${id}/decisions`, {
      body: { token, action: 'return', reasons, note: 'Catatan rekaan', transactionId: 't' },
    })
  expect((await decide(['RR_REKAAN'])).status).toBe(422)
  expect((await decide(['RR_FAMILY_CARD_CUT'])).body).toMatchObject({
    stage: 'returned',
    returnReasons: ['RR_FAMILY_CARD_CUT'],
    returnNote: 'Catatan rekaan',
  })
})

test('a proposal to reject waits for a supervisor, who rejects it or puts it back', async () => {
  const { operator, submit } = await testService()
  await submit()
  await submit()
  const [siti, boss] = [await operator('siti', 'verifikator'), await operator('bos', 'supervisor')]
  const note = { note: 'Bukan penduduk' }
  const [first, second] = [await work(siti, 'reject', note), await work(siti, 'reject', note)]
  const list = await boss('GET', '/api/attention')
  expect(at(list, 'items')).toMatchObject([{ attention: 'reject-proposed' }, { attention: 'reject-proposed' }])
  expect(list.body).toEqual({ total: 2, items: expect.anything() })
  const ahead = await boss('GET', '/api/attention?limit=1')
  expect(at(ahead, 'items')).toMatchObject([{ id: at(list, 'items.0.id') }])
  const rest = await boss('GET', `/api/attention?limit=2&after=${String(at(ahead, 'next'))}`)
  expect(rest.body).toEqual({ total: 2, items: [expect.objectContaining({ id: at(list, 'items.1.id') })] })
  expect((await boss('GET', '/api/attention?after=semua')).status).toBe(400)
  const body = { note: 'Sudah diperiksa', transactionId: 'p1' }
  expect((await boss('POST', `/api/applications/${first}/put-back`, { body })).body).toMatchObject({ state: 'queued' })
  const rejected = await boss('POST', `/api/applications/${second}/reject`, { body: { ...body, transactionId: 'p2' } })
  expect(rejected.body).toMatchObject({ stage: 'rejected' })
  expect(at(rejected, 'history.3')).toMatchObject({ action: 'reject', note: 'Sudah diperiksa', by: { id: boss.id } })
})

test('what only the office can mend is on the supervisors’ list, and one of them lets it queue anew', async () => {
  const { operator, submit } = await testService()
  await submit()
  const [siti, boss] = [await operator('siti', 'verifikator'), await operator('bos', 'supervisor')]
  const id = await work(siti, 'return', { reasons: ['RR_DATA_NOT_SYNCED'] })
  const list = await boss('GET', '/api/attention')
  expect(at(list, 'items')).toMatchObject([{ id, stage: 'returned', attention: 'office-due' }])
  const put = (call: typeof boss) => call('POST', `/api/applications/${id}/put-back`, { body: { transactionId: 'p' } })
  expect((await put(siti)).status).toBe(403)
  for (let i = 0; i < 2; i++) expect((await put(boss)).body).toMatchObject({ stage: 'verification' })
  expect(at(await boss('GET', '/api/attention'), 'items')).toEqual([])
})

test('a supervisor takes a claim back and moves a case to the front, with a written reason', async () => {
  const { operator, submit } = await testService()
  const [first, second] = [await submit(), await submit()]
  const [siti, boss] = [await operator('siti', 'verifikator'), await operator('bos', 'supervisor')]
  await siti('POST', '/api/queue/claim')
  const reason = { reason: 'Petugas sakit', transactionId: 'a' }
  expect((await boss('POST', `/api/applications/${first}/take-back`, { body: reason })).body).toMatchObject({
    state: 'queued',
  })
  const front = { reason: 'Murid berangkat besok', transactionId: 'b' }
  expect((await boss('POST', `/api/applications/${second}/move-front`, { body: front })).status).toBe(200)
  expect((await boss('POST', `/api/applications/${second}/move-front`, { body: { transactionId: 'c' } })).status).toBe(
    400,
  )
  expect(at(await siti('GET', '/api/queue'), 'items')).toMatchObject([{ id: second }, { id: first }])
})

test('a supervisor gives a claim to a colleague, who finds it among what they hold', async () => {
  const { operator, submit, picture } = await testService()
  const id = await submit([await picture()])
  const [siti, budi, boss] = [
    await operator('siti', 'verifikator'),
    await operator('budi', 'verifikator'),
    await operator('bos', 'supervisor'),
  ]
  await siti('POST', '/api/queue/claim')
  const url = `/api/applications/${id}/reassign`
  const body = { to: budi.id, reason: 'Siti sakit', transactionId: 'a' }
  expect((await boss('POST', url, { body: { ...body, to: 'nobody' } })).status).toBe(422)
  const given = await boss('POST', url, { body })
  expect(given.body).toMatchObject({ state: 'claimed', claim: { by: budi.id } })
  expect(at(given, 'claim.token')).toBeUndefined()
  const [one] = at(await budi('GET', '/api/claims'), 'items') as { claim: { token: string }; history: unknown[] }[]
  expect(one?.history.at(-1)).toMatchObject({ action: 'reassign', holder: { id: budi.id }, note: 'Siti sakit' })
  const approve = { token: one?.claim.token, action: 'approve', transactionId: 'b' }
  expect((await budi('POST', `/api/applications/${id}/decisions`, { body: approve })).status).toBe(200)
})

test('a correction by the holder changes the pupil and stays in the history', async () => {
  const { operator, submit } = await testService()
  const id = await submit()
  const siti = await operator('siti', 'verifikator')
  const token = at(await siti('POST', '/api/queue/claim'), 'claim.token')
  const body = { token, changes: { name: 'Nama Betul' }, transactionId: 't' }
  const corrected = await siti('POST', `/api/applications/${id}/correct`, { body })
  expect(corrected.body).toMatchObject({ pupil: { name: 'Nama Betul', nik: '6311060107150001' } })
  const none = await siti('POST', `/api/applications/${id}/correct`, { body: { ...body, changes: {} } })
  expect(none.status).toBe(400)
})

test('a request of the school to cancel is shown in the case, and its holder cancels', async () => {
  const { operator, submit, queue } = await testService()
  const id = await submit()
  const siti = await operator('siti', 'verifikator')
  const token = at(await siti('POST', '/api/queue/claim'), 'claim.token')
  const by = { kind: 'coordinator', id: 'koordinator' } as const
  await queue.schoolChanges.cancel({ application: id, by, parties: ['school'], transactionId: 's' })
  const shown = await siti('GET', `/api/applications/${id}`)
  expect(shown.body).toMatchObject({ state: 'claimed', requests: [{ kind: 'cancel' }] })
  const cancelled = await siti('POST', `/api/applications/${id}/cancel`, { body: { token, transactionId: 't' } })
  expect(cancelled.body).toMatchObject({ stage: 'cancelled' })
})

test('from verification to the pupil: a supervisor’s approvals, the counter’s hand-over and receipt', async () => {
  const { operator, submit, picture, tick, relay } = await testService()
  const id = await submit([await picture('portrait')])
  const [boss, loket] = [await operator('bos', 'supervisor'), await operator('loket', 'loket')]
  for (const stage of ['photo', 'siak_entry', 'printing', 'ready']) {
    await work(boss, 'approve')
    tick(7001)
    await relay.round()
    expect((await boss('GET', `/api/applications/${id}`)).body).toMatchObject({ stage })
  }
  const misprint = { code: 'STRIPES', transactionId: 'm' }
  const unsaid = { code: 'OTHER', transactionId: 'm' }
  expect((await loket('POST', `/api/applications/${id}/misprint`, { body: unsaid })).status).toBe(422)
  const again = await loket('POST', `/api/applications/${id}/misprint`, { body: misprint })
  expect(again.body).toMatchObject({ stage: 'printing', state: 'queued' })
  expect(at(again, 'history')).toContainEqual(expect.objectContaining({ action: 'misprint', reasons: ['STRIPES'] }))
  await work(boss, 'approve')
  const body = { applications: [id, 'tidak-ada', id], receivedBy: 'Guru Rekaan', transactionId: 'h' }
  expect((await loket('POST', '/api/handovers', { body })).body).toEqual({
    items: [
      { id, done: true, stage: 'handed_over' },
      { id: 'tidak-ada', done: false, stage: null },
    ],
  })
  const received = await loket('POST', `/api/applications/${id}/receive`, { body: { transactionId: 'r' } })
  expect(received.body).toMatchObject({ stage: 'received', pupil: { masked: true } })
  expect(at(received, 'handedOverAt')).toBeDefined()
})

test('whether the school has heard of it is shown without what was said', async () => {
  const { operator, submit, database, sealer, clock } = await testService()
  const id = await submit()
  const context = { database, sealer, now: () => clock.at }
  const subject = { application: id, event: 'returned', seq: 3 }
  await createDelivery(context, { key: `${id}/3/k`, chat: 'chat', text: 'Berkas Murid Rekaan', subject, notice: true })
  // one more event gathers with others of its school
  const closesAt = new Date(clock.at.getTime() + 180_000)
  const member = { key: `${id}/1/k`, application: id, event: 'corrected', seq: 1, content: { name: 'Murid Rekaan' } }
  await joinGroup(context, { chat: 'chat', npsn: '69900001', closesAt }, member)
  const heard = await (await operator('siti', 'verifikator'))('GET', `/api/applications/${id}/deliveries`)
  expect(at(heard, 'items')).toMatchObject([
    { event: 'corrected', seq: 1, state: 'queued', attempts: 0, notBefore: closesAt.toISOString() },
    { event: 'returned', seq: 3, state: 'queued', attempts: 0, parked: false },
  ])
  expect(JSON.stringify(heard.body)).not.toContain('Murid')
})

test('a return is worded before it is made, by the words of the notice, and changes nothing', async () => {
  const { operator, submit } = await testService()
  const siti = await operator('siti', 'verifikator')
  const id = await submit()
  const body = { reasons: ['RR_FAMILY_CARD_CUT'], note: 'lihat halaman dua' }
  const worded = await siti('POST', `/api/applications/${id}/return-text`, { body })
  expect(worded.status).toBe(200)
  expect((worded.body as { text: string }).text).toContain(
    'KK terpotong; foto seluruh lembar. Catatan petugas: lihat halaman dua.',
  )
  const rejected = { event: 'rejected', reasons: [], note: 'penduduk kabupaten lain' }
  const refusal = at(await siti('POST', `/api/applications/${id}/return-text`, { body: rejected }), 'text')
  expect(refusal).toMatch(/tidak dapat kami proses: .*penduduk kabupaten lain/)
  expect((await siti('GET', `/api/applications/${id}`)).body).toMatchObject({ stage: 'verification', state: 'queued' })
  expect((await siti('POST', '/api/applications/tidak-ada/return-text', { body })).status).toBe(404)
})
