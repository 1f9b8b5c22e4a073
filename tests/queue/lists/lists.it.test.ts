import { describe, expect, test } from 'vitest'
import { ATTENTIONS } from '../../../src/models/application/application.ts'
import type { Finding } from '../../../src/models/application/findings.ts'
import type { Narrow } from '../../../src/models/application/lists.ts'
import { createAppraisals } from '../../../src/models/application/appraisals.ts'
import type { QueueRow } from '../../../src/queue/lists/lists.ts'
import { applications } from '../../../src/models/application/kept.ts'
import { SCHOOL_A, SCHOOL_B, createWorld, paper, submission, worker } from '../world.ts'
import type { World } from '../world.ts'

const SITI = worker('siti', 'verifikator')

async function approve(world: World, id: string): Promise<void> {
  const claimed = (await world.queue.claims.take({ operator: SITI }))!
  expect(claimed.id).toBe(id)
  const { token } = claimed.claim
  await world.queue.decisions.decide(id, {
    token,
    operator: SITI,
    action: 'approve',
    transactionId: `${id}-${claimed.stage}`,
  })
  await world.settle()
}
async function pages(world: World, limit: number, stage?: 'verification' | 'photo', narrow?: Narrow) {
  const rows = []
  for (;;) {
    const { items, total } = await world.queue.lists.page({ limit, after: rows.at(-1)?.id, stage }, narrow)
    rows.push(...items)
    if (items.length < limit) return { rows, total }
  }
}

describe('the list', () => {
  test('has queued and claimed rows by stage in the order of service, the same in pages of any size', async () => {
    const world = await createWorld()
    const ones = Array.from({ length: 13 }, (_, i) => submission(i < 8 ? SCHOOL_A : SCHOOL_B))
    for (const one of ones) await world.queue.submissions.submit(one)
    const order = (await world.queue.lists.page({ limit: 200 })).items.map((i) => i.id)
    await approve(world, order[0]!)
    await approve(world, order[1]!)
    await world.queue.claims.take({ operator: SITI })
    world.pass(2_000)
    const whole = await world.queue.lists.page({ limit: 200 })
    expect(whole.total).toBe(13)
    expect(whole.items.map((i) => [i.id, i.stage, i.position])).toEqual([
      [order[2], 'verification', null],
      ...order.slice(3).map((id, i) => [id, 'verification', i + 1]),
      [order[0], 'photo', 1],
      [order[1], 'photo', 2],
    ])
    expect(whole.items[0]).toMatchObject({ state: 'claimed', claimedBy: 'siti', npsn: SCHOOL_A })
    for (const limit of [1, 3, 5, 12]) expect((await pages(world, limit)).rows).toEqual(whole.items)
    const photo = await pages(world, 1, 'photo')
    expect(photo).toEqual({ rows: whole.items.slice(-2), total: 2 })
  })
  test('is narrowed to a school, to findings and to what came back, each row with its place among all', async () => {
    const world = await createWorld()
    const ones = Array.from({ length: 12 }, (_, i) => submission(i % 2 ? SCHOOL_B : SCHOOL_A))
    for (const one of ones) await world.queue.submissions.submit(one)
    const { items: all } = await world.queue.lists.page({ limit: 200 })
    const [typed, seen] = [all[3]!, all[8]!]
    await applications(world.database).updateOne(
      { _id: typed.id },
      { $set: { findingCodes: [{ code: 'NAME_ONE_WORD', severity: 'note' }] } },
    )
    const finding: Finding = { code: 'PORTRAIT_BLURRED', severity: 'check' }
    const appraisals = createAppraisals(world)
    await appraisals.mark(seen.id)
    const [mark] = await appraisals.due(1)
    await appraisals.store(mark!, { seq: 1, appraised: {}, findings: [finding] })
    await applications(world.database).updateOne({ _id: all[6]!.id }, { $set: { corrected: true } })

    const places = (rows: readonly QueueRow[]) => rows.map((row) => [row.id, row.position])
    const ofSchool = places(all.filter((row) => row.npsn === SCHOOL_B))
    for (const limit of [1, 4, 50]) {
      const { rows, total } = await pages(world, limit, 'verification', { npsn: SCHOOL_B })
      expect([places(rows), total]).toEqual([ofSchool, 6])
    }
    const found = [typed, seen].map((row) => [row.id, row.position])
    for (const limit of [1, 50]) {
      const { rows, total } = await pages(world, limit, 'verification', { findings: true })
      expect([places(rows), total]).toEqual([found, 2])
    }
    expect(places((await world.queue.lists.page({ limit: 50 }, { corrected: true })).items)).toEqual([[all[6]!.id, 7]])
    const both = { npsn: typed.npsn, findings: true }
    expect((await world.queue.lists.page({ limit: 50 }, both)).items.map((row) => row.npsn)).toContain(typed.npsn)
    expect(await world.queue.lists.schools('verification')).toEqual(
      new Map([
        [SCHOOL_A, 6],
        [SCHOOL_B, 6],
      ]),
    )
  })
  test('counts stages, two seconds old at most', async () => {
    const world = await createWorld()
    const one = submission(SCHOOL_A)
    await world.queue.submissions.submit(one)
    expect((await world.queue.lists.counts()).verification).toEqual({ waiting: 1, claimed: 0 })
    await world.queue.claims.take({ operator: SITI })
    world.pass(2_000)
    expect(await world.queue.lists.counts()).toMatchObject({ verification: { waiting: 0, claimed: 1 }, ready: 0 })
  })
})

test('the supervisors’ list comes in pages of any size, and none of it is missed when the row that a page ended with is resolved', async () => {
  const world = await createWorld()
  // three of each moment, of each kind
  const rows = Array.from({ length: 12 }, (_, i) => ({
    _id: `row-${String(i).padStart(2, '0')}`,
    stage: 'verification',
    state: 'idle',
    npsn: SCHOOL_A,
    findingCodes: [],
    attention: ATTENTIONS[i % 3],
    stageAt: new Date(world.now().getTime() + Math.floor(i / 3) * 1_000),
  }))
  await applications(world.database).collection.insertMany(rows.toReversed() as never)
  const inOrder = rows.map((row) => row._id)
  for (const limit of [1, 5, 12, 200]) {
    const seen: QueueRow[] = []
    for (;;) {
      const last = seen.at(-1)
      const page = await world.queue.lists.attention({ after: last && { at: last.stageAt, id: last.id }, limit })
      expect(page.total).toBe(12)
      seen.push(...page.items)
      if (page.items.length < limit) break
    }
    expect(seen.map((row) => row.id)).toEqual(inOrder)
  }
  const first = await world.queue.lists.attention({ limit: 5 })
  const last = first.items.at(-1)!
  await applications(world.database).updateOne(
    { _id: last.id },
    { $unset: { attention: 1 }, $set: { stageAt: new Date(world.now().getTime() + 60_000) } },
  )
  const rest = await world.queue.lists.attention({ after: { at: last.stageAt, id: last.id }, limit: 200 })
  expect([rest.total, rest.items.map((row) => row.id)]).toEqual([11, inOrder.slice(5)])
  world.pass(2_000)
  expect(await world.queue.lists.counts()).toMatchObject({ attention: 11 })
})

test('a coordinator sees all that was submitted, with the same positions for few and for many', async () => {
  const world = await createWorld()
  const ones = Array.from({ length: 7 }, () => submission(SCHOOL_A))
  for (const [i, one] of ones.entries()) {
    await world.queue.submissions.submit(one)
    await world.queue.submissions.submit(submission(SCHOOL_B))
    const rows = await world.queue.cases.ofCoordinator(one.coordinator)
    expect(rows).toHaveLength(i + 1)
    for (const row of rows) expect(row.position).toBe((await world.queue.cases.placeOf(row.id)).position)
  }
  const rows = await world.queue.cases.ofCoordinator(ones[0]!.coordinator)
  expect(new Set(rows.map((r) => r.pupil?.name))).toEqual(new Set(ones.map((o) => o.pupil.name)))
  expect(rows.map((r) => r.round)).toEqual([2, 2, 1, 1, 1, 1, 1])
  // files that were replaced count no more, those that were added do
  const [first] = ones
  const added = { application: first!.draft, by: first!.coordinator, transactionId: 'added' }
  await world.queue.schoolChanges.attach({ ...added, documents: [paper('portrait', 'again'), paper('other', 'more')] })
  const oldest = (await world.queue.cases.ofCoordinator(first!.coordinator)).at(-1)
  expect(oldest?.documents).toEqual(['birth_certificate', 'portrait', 'other'])
})

test('an estimate is given once enough cards have become ready, and counts what the later stages hold', async () => {
  const world = await createWorld()
  const one = submission(SCHOOL_A)
  await world.queue.submissions.submit(one)
  const place = await world.queue.cases.placeOf(one.draft)
  expect(await world.queue.cases.estimateFor(place)).toBeNull()
  world.pass(60_000)
  const readyAt = new Date(world.now().getTime() - 3_600_000)
  const ready = Array.from({ length: 100 }, (_, i) => ({ _id: `ready-${i}`, stage: 'ready', state: 'idle', readyAt }))
  await applications(world.database).collection.insertMany(ready as never)
  const near = (await world.queue.cases.estimateFor(place))!
  expect(near.from.getTime()).toBeGreaterThan(world.now().getTime())
  expect(near.to.getTime()).toBeGreaterThan(near.from.getTime())
  const later = Array.from({ length: 50 }, (_, i) => ({
    _id: `later-${i}`,
    stage: 'printing',
    state: 'queued',
    key: `${i}`,
  }))
  await applications(world.database).collection.insertMany(later as never)
  world.pass(2_000)
  const far = (await world.queue.cases.estimateFor(place))!
  expect(far.from.getTime()).toBeGreaterThan(near.to.getTime())
})

test('the pace before Idul Fitri is the pace on the morning after it', async () => {
  const world = await createWorld()
  const one = submission(SCHOOL_A)
  // Tuesday, 09.00: closed since Friday a week ago
  world.pass(new Date('2027-03-16T01:00:00Z').getTime() - world.now().getTime())
  await world.queue.submissions.submit(one)
  // the Friday's afternoon
  const readyAt = new Date('2027-03-05T07:00:00Z')
  const ready = Array.from({ length: 100 }, (_, i) => ({ _id: `ready-${i}`, stage: 'ready', state: 'idle', readyAt }))
  await applications(world.database).collection.insertMany(ready as never)
  const place = await world.queue.cases.placeOf(one.draft)
  const seen = await world.queue.cases.estimateFor(place)
  expect(seen?.from.toISOString()).toMatch(/^2027-03-16T01:/)
})

test('what lay over Idul Fitri is not late on the wall, and has kept the promise of a working day', async () => {
  const world = await createWorld()
  world.pass(new Date('2027-03-16T01:00:00Z').getTime() - world.now().getTime())
  // complete on the Friday before, an hour before it closed; ready half an hour after it opened again
  const completeAt = new Date('2027-03-05T07:30:00Z')
  const card = { state: 'idle', npsn: SCHOOL_A, completeAt }
  await applications(world.database).collection.insertMany([
    { ...card, _id: 'ready', stage: 'ready', readyAt: new Date('2027-03-16T00:30:00Z') },
    { ...card, _id: 'late', stage: 'siak_entry', state: 'queued', key: '1', stageAt: completeAt },
  ] as never)
  const wall = await world.queue.wall.read()
  expect(wall).toMatchObject({ today: 1, median: 1.5 * 3_600_000, kept: 1 })
  expect(wall.stages.find(({ stage }) => stage === 'siak_entry')).toMatchObject({ waiting: 1, late: false })
})
