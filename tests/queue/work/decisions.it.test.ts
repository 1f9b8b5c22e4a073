import { describe, expect, test } from 'vitest'
import { applicationById } from '../../../src/models/application/changes.ts'
import { MONDAY, SCHOOL_A, createWorld, paper, submission, worker } from '../world.ts'
import { CHIEF, SITI, decision, held, heldIn, refused } from './held.ts'

const DAY = 86_400_000

describe('deciding', () => {
  test('again with the same transaction changes nothing and gives the same', async () => {
    const { world, one } = await held()
    const first = await world.queue.decisions.decide(one.id, decision(one, {}))
    const both = await Promise.all([1, 2].map(() => world.queue.decisions.decide(one.id, decision(one, {}))))
    expect(both).toEqual([first, first])
    expect(first.history.map((e) => e.action)).toEqual(['submit', 'claim', 'approve'])
  })
  test('twice at once with different transactions happens once', async () => {
    const { world, one } = await held()
    const all = await Promise.all(
      ['a', 'b', 'c', 'd'].map((transactionId) =>
        refused(world.queue.decisions.decide(one.id, decision(one, { transactionId }))),
      ),
    )
    expect(all.toSorted()).toEqual(['claim-lost', 'claim-lost', 'claim-lost', 'done'])
  })
  test('needs the token of the claim, and its holder', async () => {
    const { world, one } = await held()
    expect(await refused(world.queue.decisions.decide(one.id, decision(one, { token: 'wrong' })))).toBe('claim-lost')
    expect(await refused(world.queue.decisions.decide(one.id, decision(one, { token: undefined })))).toBe('claim-lost')
    expect(await refused(world.queue.decisions.decide(one.id, decision(one, { operator: CHIEF })))).toBe('claim-lost')
    expect(await refused(world.queue.decisions.decide('nothing', decision(one, {})))).toBe('not-found')
  })
  test('knows the office’s reasons only, and a return says why', async () => {
    const { world, one } = await held()
    const back = { action: 'return' } as const
    expect(
      await refused(world.queue.decisions.decide(one.id, decision(one, { ...back, reasons: ['RR_NOBODY'] }))),
    ).toBe('invalid')
    expect(await refused(world.queue.decisions.decide(one.id, decision(one, back)))).toBe('invalid')
    expect((await world.queue.cases.get(one.id)).state).toBe('claimed')
  })
  test('skips the photo stage where asked, and where the card carries no portrait', async () => {
    const skipped = await held()
    const after = await skipped.world.queue.decisions.decide(skipped.one.id, decision(skipped.one, { skip: ['photo'] }))
    expect(after.stage).toBe('siak_entry')
    const pupil = { name: 'Bayi Rekaan', nik: '6311060107230001', birthDate: '2023-07-01' }
    const young = await held({ pupil })
    expect((await young.world.queue.decisions.decide(young.one.id, decision(young.one, {}))).stage).toBe('siak_entry')
  })
  test('that leads on is offered to whoever gave the case back in the stage before; one that was undone is not', async () => {
    const siti = worker('siti', 'verifikator', 'siak')
    const { world, one } = await held()
    await world.queue.claims.release(one.id, one.claim.token, 'RL_BREAK')
    const other = (await world.queue.claims.take({ operator: CHIEF }))!
    const onward = decision(other, { operator: CHIEF, skip: ['photo'] })
    await world.queue.decisions.decide(one.id, onward)
    const back = await world.queue.undo(one.id, CHIEF, onward.transactionId)
    expect((await applicationById(world.database, one.id))?.skip).toMatchObject([{ by: 'siti' }])
    await world.queue.decisions.decide(one.id, { ...onward, token: back.claim?.token, transactionId: 'd2' })
    await world.settle()
    expect((await world.queue.claims.take({ operator: siti }))?.id).toBe(one.id)
  })
  test('a rejection by others than supervisors is a proposal that waits for one', async () => {
    const { world, one } = await held()
    const proposed = await world.queue.decisions.decide(
      one.id,
      decision(one, { action: 'reject', note: 'bukan penduduk' }),
    )
    expect(proposed).toMatchObject({ stage: 'verification', state: 'idle', attention: 'reject-proposed' })
    await world.settle()
    expect(await world.queue.claims.take({ operator: CHIEF })).toBeNull()
    expect(await refused(world.queue.decisions.putBack(one.id, SITI, undefined, 'p'))).toBe('forbidden')
    expect(await world.queue.decisions.putBack(one.id, CHIEF, 'periksa lagi', 'p')).toMatchObject({ state: 'queued' })
    const again = (await world.queue.claims.take({ operator: SITI }))!
    await world.queue.decisions.decide(again.id, decision(again, { action: 'reject', transactionId: 'd2' }))
    await world.settle()
    const final = { operator: CHIEF, action: 'reject', reasons: ['RR_NOT_RESIDENT'], transactionId: 'd3' } as const
    expect(await refused(world.queue.decisions.decide(one.id, { ...final, operator: SITI }))).toBe('claim-lost')
    expect(await world.queue.decisions.decide(one.id, final)).toMatchObject({ stage: 'rejected', attention: null })
    expect(await world.queue.open.withNik(SCHOOL_A, one.pupil!.nik)).toEqual({ here: [], elsewhere: false })
  })
})

test('what only the office can mend stands on the supervisors’ list until one of them lets it queue anew', async () => {
  const { world, one } = await held()
  const reasons = ['RR_DATA_NOT_SYNCED']
  const back = await world.queue.decisions.decide(one.id, decision(one, { action: 'return', reasons }))
  expect(back).toMatchObject({ stage: 'returned', attention: 'office-due' })
  await world.settle()
  const waits = { id: one.id, stage: 'returned', attention: 'office-due' }
  expect(await world.queue.lists.attention({ limit: 10 })).toMatchObject({ total: 1, items: [waits] })
  expect(await refused(world.queue.decisions.putBack(one.id, SITI, undefined, 'p'))).toBe('forbidden')
  for (let i = 0; i < 2; i++) await world.queue.decisions.putBack(one.id, CHIEF, 'sudah selaras', 'p')
  await world.sweeper.round()
  expect(await world.queue.cases.get(one.id)).toMatchObject({
    stage: 'verification',
    state: 'queued',
    returnReasons: [],
  })
  // consoles that have read it without its place hear of it again when it has one
  const put = world.events.filter(({ action }) => action === 'put_back')
  expect(put.map(({ state }) => state)).toEqual(['unkeyed', 'queued'])
  expect(await world.queue.lists.attention({ limit: 10 })).toEqual({ total: 0, items: [] })
  await world.settle()
  expect(world.relayed.at(-1)?.entries).toMatchObject([{ action: 'put_back', from: 'returned', to: 'verification' }])
  const again = (await world.queue.claims.take({ operator: SITI }))!
  const mixed = { action: 'return', reasons: [...reasons, 'RR_INCOMPLETE'], transactionId: 'd2' } as const
  expect(await world.queue.decisions.decide(again.id, decision(again, mixed))).toMatchObject({ attention: null })
})

describe('the print date', () => {
  test('who turned five without a portrait is returned on the way to the printer', async () => {
    const pupil = { name: 'Anak Rekaan', nik: '6311062511210001', birthDate: '2021-11-25' }
    const { world, one } = await heldIn('siak_entry', { pupil, documents: [paper('birth_certificate', 'p')] })
    world.pass(2 * DAY)
    const after = await world.queue.decisions.decide(one.id, decision(one, { operator: CHIEF }))
    expect(after).toMatchObject({ stage: 'returned', returnReasons: ['RR_TURNED_FIVE'], completeAt: null })
  })
  test('at the printer nobody is sent back by an approval: it is refused, and the card is sent back on purpose', async () => {
    const teen = { name: 'Remaja Rekaan', nik: '6311062511090001', birthDate: '2009-11-25' }
    const { world, one } = await heldIn('printing', { pupil: teen })
    world.pass(2 * DAY)
    const { claims, cases, decisions } = world.queue
    expect(await refused(decisions.decide(one.id, decision(one, { operator: CHIEF })))).toBe('conflict')
    expect(await refused(decisions.sendBack(one.id, CHIEF, 's1'))).toBe('conflict')
    await claims.takeBack(one.id, CHIEF, 'kembali ke antrean')
    expect(await refused(decisions.sendBack(one.id, SITI, 's1'))).toBe('forbidden')
    for (let i = 0; i < 2; i++) expect((await decisions.sendBack(one.id, CHIEF, 's1')).stage).toBe('rejected')
    expect((await cases.get(one.id)).history.at(-1)).toMatchObject({ action: 'reject', by: { kind: 'system' } })
    await world.settle()
    expect(world.relayed.at(-1)?.entries.at(-1)).toMatchObject({ action: 'reject', reasons: ['RR_TURNED_SEVENTEEN'] })
  })
})

describe('the school', () => {
  test('adds a file without losing the place, and by a request while somebody holds it', async () => {
    const world = await createWorld()
    const [one, other] = [submission(SCHOOL_A), submission(SCHOOL_A)]
    await world.queue.submissions.submit(one)
    await world.queue.submissions.submit(other)
    const file = {
      application: one.draft,
      by: one.coordinator,
      documents: [paper('portrait', 'new')],
      transactionId: 'a1',
    }
    expect(await world.queue.schoolChanges.attach(file)).toMatchObject({ outcome: 'attached' })
    expect(await world.queue.schoolChanges.attach(file)).toMatchObject({ outcome: 'attached' })
    expect((await world.queue.cases.placeOf(one.draft)).position).toBe(1)
    const portraits = (await world.queue.cases.get(one.draft)).documents.filter((d) => d.kind === 'portrait')
    expect(portraits.map((d) => d.supersededAt !== undefined)).toEqual([true, false])
    const claimed = (await world.queue.claims.take({ operator: SITI }))!
    expect(claimed.id).toBe(one.draft)
    const late = { ...file, documents: [paper('letter', 'new')], transactionId: 'a2' }
    expect(await world.queue.schoolChanges.attach(late)).toMatchObject({ outcome: 'requested' })
    const now = await world.queue.cases.get(one.draft)
    expect(now.requests).toMatchObject([{ kind: 'file', files: ['new-letter-1'] }])
    expect(now.documents.at(-1)).toMatchObject({ id: 'new-letter-1', request: now.requests[0]!.id })
    expect((await world.queue.decisions.decide(one.draft, decision(claimed, {}))).stage).toBe('photo')
  })
  test('cancels at once, by a request while somebody holds it, and not what is ready', async () => {
    const { world, one } = await held()
    const by = { kind: 'coordinator', id: one.coordinator } as const
    const cancel = (application: string, transactionId: string) =>
      world.queue.schoolChanges.cancel({ application, by, parties: ['school'], transactionId })
    expect(await cancel(one.id, 'c1')).toMatchObject({ outcome: 'requested' })
    expect((await world.queue.cases.get(one.id)).requests).toMatchObject([{ kind: 'cancel' }])
    const granted = { application: one.id, by: { kind: 'operator', id: 'siti' }, parties: SITI.roles } as const
    const { token } = one.claim
    expect(await refused(world.queue.schoolChanges.cancel({ ...granted, token: 'wrong', transactionId: 'c2' }))).toBe(
      'claim-lost',
    )
    expect(await world.queue.schoolChanges.cancel({ ...granted, token, transactionId: 'c2' })).toMatchObject({
      outcome: 'cancelled',
    })
    const other = submission(SCHOOL_A, { pupil: one.pupil! })
    expect(await world.queue.submissions.submit(other)).toMatchObject({ outcome: 'queued' })
    expect(await cancel(other.draft, 'c3')).toMatchObject({ outcome: 'cancelled' })
    expect(await cancel(other.draft, 'c3')).toMatchObject({ outcome: 'cancelled' })
    expect(await refused(cancel(other.draft, 'c4'))).toBe('conflict')
  })
})

describe('the holder', () => {
  test('puts data right: old and new values in the history, findings about them gone', async () => {
    const findings = [
      { code: 'NIK_DATE', severity: 'heavy', field: 'nik' },
      { code: 'NAME_ONE_WORD', severity: 'note', field: 'name' },
    ] as const
    const { world, one } = await held({ findings })
    const how = { token: one.claim.token, operator: SITI, changes: { nik: '6311060107150777' }, transactionId: 'k' }
    const after = await world.queue.corrections.pupil(one.id, how)
    expect(after.pupil).toEqual({ ...one.pupil, nik: '6311060107150777' })
    expect(after.findings).toEqual([findings[1]])
    expect(after.history.at(-1)).toMatchObject({ before: { nik: one.pupil!.nik }, after: { nik: '6311060107150777' } })
    const other = submission(SCHOOL_A)
    await world.queue.submissions.submit(other)
    const clash = { ...how, changes: { nik: other.pupil.nik }, transactionId: 'k2' }
    expect(await refused(world.queue.corrections.pupil(one.id, clash))).toBe('conflict')
  })
  test('sends a misprinted card back to the printer, and a ready one too', async () => {
    const { world, one } = await heldIn('printing')
    const how = { operator: worker('cetak', 'cetak'), reason: 'pita habis' }
    const { token } = one.claim
    expect(await refused(world.queue.cards.misprint(one.id, { ...how, reason: ' ', transactionId: 'm0' }))).toBe(
      'invalid',
    )
    expect(await refused(world.queue.cards.misprint(one.id, { ...how, transactionId: 'm1' }))).toBe('claim-lost')
    expect(await world.queue.cards.misprint(one.id, { ...how, token, transactionId: 'm1' })).toMatchObject({
      stage: 'printing',
      state: 'queued',
    })
    const again = (await world.queue.claims.take({ operator: CHIEF }))!
    await world.queue.decisions.decide(again.id, decision(again, { operator: CHIEF, transactionId: 'ok' }))
    await world.settle()
    const after = await world.queue.cards.misprint(one.id, { ...how, transactionId: 'm2' })
    expect(after).toMatchObject({ stage: 'printing', state: 'queued', readyAt: null })
    expect(after.history.at(-1)).toMatchObject({ action: 'misprint', from: 'ready', note: 'pita habis' })
  })
})

test('the one-day promise counts from the approval of verification, and again after a return', async () => {
  const { world, one } = await heldIn('photo')
  expect(one.completeAt).toEqual(MONDAY)
  const back = decision(one, {
    operator: CHIEF,
    action: 'return',
    reasons: ['RR_PORTRAIT_BLURRED'],
    transactionId: 'b',
  })
  expect((await world.queue.decisions.decide(one.id, back)).completeAt).toBeNull()
})

/** What an undone decision must leave as it was. */
