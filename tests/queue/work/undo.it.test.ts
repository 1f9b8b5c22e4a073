import { afterEach, describe, expect, test } from 'vitest'
import { armFailpoints } from '../../../src/models/store/failpoint.ts'
import type { Claimed } from '../../../src/queue/work/claims.ts'
import { stopped } from '../stopped.ts'
import { SCHOOL_A, createWorld, submission, worker } from '../world.ts'
import { CHIEF, SITI, decision, held, heldIn, refused } from './held.ts'

const LOKET = worker('loket', 'loket')
afterEach(() => armFailpoints(undefined))

describe('undo of a decision', () => {
  test('within its seconds gives stage, claim and everything else back', async () => {
    for (const change of [
      { action: 'approve' },
      { action: 'return', reasons: ['RR_INCOMPLETE'], note: 'kurang' },
      { action: 'reject' },
    ] as const) {
      const { world, one } = await held()
      await world.queue.decisions.decide(one.id, decision(one, change))
      world.pass(6_999)
      const back = await world.queue.undo(one.id, SITI, 'd1')
      const { history, rev: _rev, claim, ...same } = back
      expect(claim).toMatchObject({ by: 'siti', token: one.claim.token })
      expect(same).toEqual({ ...same, ...withoutChanging(one) })
      expect(history.at(-1)).toMatchObject({ action: 'undo', to: 'verification' })
      expect((await world.queue.undo(one.id, SITI, 'd1')).rev).toBe(back.rev)
      await world.settle()
      expect(world.relayed.flatMap((r) => r.entries.map((e) => e.action))).toEqual(['submit', 'claim'])
      expect((await world.queue.decisions.decide(one.id, decision(one, { transactionId: 'd2' }))).stage).toBe('photo')
    }
  })
  test('gives the claim back beyond the claim limit', async () => {
    const { world, one } = await held()
    for (let i = 0; i < 3; i++) await world.queue.submissions.submit(submission(SCHOOL_A))
    await world.queue.decisions.decide(one.id, decision(one, {}))
    await world.queue.claims.take({ operator: SITI })
    await world.queue.claims.take({ operator: SITI })
    await world.queue.undo(one.id, SITI, 'd1')
    expect(await world.queue.claims.heldBy('siti')).toHaveLength(3)
  })
  test('leaves one claim with a whole lease: what had moved up is prefetched again', async () => {
    const { world, one } = await held()
    for (let i = 0; i < 3; i++) await world.queue.submissions.submit(submission(SCHOOL_A))
    const ahead = (await world.queue.claims.take({ operator: SITI, ahead: true }))!
    expect(ahead.claim.prefetch).toBe(true)
    await world.queue.decisions.decide(one.id, decision(one, {}))
    await world.queue.claims.take({ operator: SITI, ahead: true })
    await world.queue.undo(one.id, SITI, 'd1')
    const whole = async () =>
      (await world.queue.claims.heldBy('siti')).filter((c) => !c.claim.prefetch).map((c) => c.id)
    expect(await whole()).toEqual([one.id])
    // ahead is never more than one, whatever came free
    expect(await refused(world.queue.claims.take({ operator: SITI, ahead: true }))).toBe('claim-limit')
    // deciding again and going on to the one ahead is as before
    await world.queue.decisions.decide(one.id, decision(one, { transactionId: 'd2' }))
    expect(await whole()).toEqual([ahead.id])
  })
  test('comes too late after its seconds and the grace for its way, after the relay, by others, and for another transaction', async () => {
    const { world, one } = await held()
    await world.queue.decisions.decide(one.id, decision(one, {}))
    expect(await refused(world.queue.undo(one.id, CHIEF, 'd1'))).toBe('too-late')
    expect(await refused(world.queue.undo(one.id, SITI, 'other'))).toBe('too-late')
    world.pass(7_000)
    expect(await refused(world.queue.undo(one.id, SITI, 'd1'))).toBe('too-late')
    await world.relay.round()
    world.pass(-6_000)
    expect(await refused(world.queue.undo(one.id, SITI, 'd1'))).toBe('too-late')
  })
  test('of a return does not succeed where the school has corrected meanwhile', async () => {
    const pupil = { name: 'Anak Rekaan', nik: '6311060107150009', birthDate: '2015-07-01' }
    const { world, one } = await held({ pupil })
    await world.queue.decisions.decide(one.id, decision(one, { action: 'return', reasons: ['RR_INCOMPLETE'] }))
    const fix = { application: one.id, by: 'c', pupil, documents: [], findings: [], done: [], transactionId: 'f' }
    await world.queue.submissions.resubmit(fix)
    expect(await refused(world.queue.undo(one.id, SITI, 'd1'))).toBe('too-late')
  })
})

test('killed before or after any write of a decision and of its undo, the case is decided once or as it was before', async () => {
  const world = await createWorld()
  let at = 0
  for (let crashed = true; crashed; at++) {
    const { draft } = submission(SCHOOL_A)
    await world.queue.submissions.submit(submission(SCHOOL_A, { draft, transactionId: `s-${at}` }))
    const one = (await world.queue.claims.take({ operator: SITI }))!
    const decide = decision(one, { transactionId: `d-${at}` })
    crashed = await stopped(at, async () => {
      await world.queue.decisions.decide(one.id, decide)
      await world.queue.undo(one.id, SITI, decide.transactionId)
    })
    // both tried again, as a console does that had no answer
    await world.queue.decisions.decide(one.id, decide)
    await world.queue.undo(one.id, SITI, decide.transactionId)
    await world.settle()
    const after = await world.queue.cases.get(one.id)
    expect(after).toMatchObject({ stage: 'verification', state: 'claimed', claim: { token: one.claim.token } })
    expect(after.history.map((entry) => entry.action)).toEqual(['submit', 'claim', 'approve', 'undo'])
    await world.queue.decisions.decide(one.id, decision(one, { transactionId: `again-${at}` }))
  }
  // the decision, what moves up, the undo: each before and after
  expect(at).toBeGreaterThan(4)
})

describe('a hand-over', () => {
  const hand = { operator: LOKET, note: 'Bu Rekaan', transactionId: 'h1' }
  async function ready() {
    const { world, one } = await heldIn('printing')
    await world.queue.decisions.decide(one.id, decision(one, { operator: CHIEF, transactionId: 'printed' }))
    await world.settle()
    world.relayed.length = 0
    return { world, id: one.id }
  }
  test('is told when its undo is over, and one that was taken back is told to nobody', async () => {
    const { world, id } = await ready()
    const before = await world.queue.cases.get(id)
    await world.queue.cards.handOver([id], hand)
    world.pass(6_999)
    await world.relay.round()
    expect(world.relayed).toEqual([])
    expect(await world.queue.cards.takeBack([id], worker('lain', 'loket'), 'h1')).toMatchObject([
      { done: false, stage: 'handed_over' },
    ])
    for (let i = 0; i < 2; i++) {
      expect(await world.queue.cards.takeBack([id], LOKET, 'h1')).toEqual([
        { application: id, done: true, stage: 'ready' },
      ])
    }
    const { history, rev: _rev, ...after } = await world.queue.cases.get(id)
    expect(after).toEqual({ ...before, history: undefined, rev: undefined, ...after })
    expect(history.slice(-2).map((entry) => entry.action)).toEqual(['hand_over', 'undo'])
    await world.settle()
    expect(world.relayed).toEqual([])
    await world.queue.cards.handOver([id], { ...hand, transactionId: 'h2' })
    await world.settle()
    expect(world.relayed.flatMap(({ entries }) => entries.map((entry) => entry.action))).toEqual(['hand_over'])
    expect(await world.queue.cards.takeBack([id], LOKET, 'h2')).toMatchObject([{ done: false, stage: 'handed_over' }])
  })
  test('that the school has confirmed by then stays', async () => {
    const { world, id } = await ready()
    await world.queue.cards.handOver([id], hand)
    const by = { kind: 'coordinator', id: 'c' } as const
    await world.queue.cards.receive(id, { by, parties: ['school'], transactionId: 'r' })
    expect(await world.queue.cards.takeBack([id], LOKET, 'h1')).toMatchObject([{ done: false, stage: 'received' }])
  })
})

describe('a misprint', () => {
  const wrong = { operator: CHIEF, code: 'JAMMED', transactionId: 'm1' } as const
  test('is printed again at once, and taken back while nobody has begun that', async () => {
    const { world, one } = await heldIn('printing')
    const stock = async () => (await world.queue.stock.state()).blank.onHand
    await world.queue.cards.misprint(one.id, { ...wrong, token: one.claim.token })
    expect(await world.queue.undo(one.id, CHIEF, 'm1')).toMatchObject({
      stage: 'printing',
      state: 'claimed',
      claim: { token: one.claim.token },
    })
    await world.settle()
    expect(await stock()).toBe(0)
    await world.queue.cards.misprint(one.id, { ...wrong, token: one.claim.token, transactionId: 'm2' })
    const again = (await world.queue.claims.take({ operator: CHIEF }))!
    expect(again.id).toBe(one.id)
    expect(await refused(world.queue.undo(one.id, CHIEF, 'm2'))).toBe('too-late')
    await world.settle()
    expect(await stock()).toBe(-1)
  })
  test('of a card that was ready makes it ready again, and the school hears nothing', async () => {
    const { world, one } = await heldIn('printing')
    await world.queue.decisions.decide(one.id, decision(one, { operator: CHIEF, transactionId: 'printed' }))
    await world.settle()
    const { readyAt } = await world.queue.cases.get(one.id)
    world.relayed.length = 0
    await world.queue.cards.misprint(one.id, wrong)
    expect(await world.queue.undo(one.id, CHIEF, 'm1')).toMatchObject({ stage: 'ready', state: 'idle', readyAt })
    await world.settle()
    expect(world.relayed).toEqual([])
    expect((await world.queue.stock.state()).month).toMatchObject({ used: 1, misprints: {} })
  })
})

test('what a supervisor moved to the front goes back to its old place, unless somebody has begun it', async () => {
  const world = await createWorld()
  const [first, second] = [submission(SCHOOL_A), submission(SCHOOL_A)]
  for (const one of [first, second]) await world.queue.submissions.submit(one)
  const front = { supervisor: CHIEF, note: 'mutasi', transactionId: 'f1' }
  await world.queue.supervision.moveToFront(second.draft, front)
  expect((await world.queue.cases.placeOf(second.draft)).position).toBe(1)
  expect(await world.queue.undo(second.draft, CHIEF, 'f1')).toMatchObject({ state: 'queued' })
  expect((await world.queue.cases.placeOf(second.draft)).position).toBe(2)
  await world.settle()
  await world.queue.supervision.moveToFront(second.draft, { ...front, transactionId: 'f2' })
  expect(await world.queue.claims.take({ operator: SITI })).toMatchObject({ id: second.draft })
  expect(await refused(world.queue.undo(second.draft, CHIEF, 'f2'))).toBe('too-late')
})

test('a proposal that a supervisor rejected waits for a supervisor again', async () => {
  const { world, one } = await held()
  await world.queue.decisions.decide(one.id, decision(one, { action: 'reject', note: 'bukan penduduk' }))
  await world.settle()
  const mine = (await createOther(world))!
  const final = { operator: CHIEF, action: 'reject', note: 'benar', transactionId: 'x1' } as const
  await world.queue.decisions.decide(one.id, final)
  expect(await world.queue.undo(one.id, CHIEF, 'x1')).toMatchObject({
    stage: 'verification',
    state: 'idle',
    attention: 'reject-proposed',
    claim: null,
  })
  // what the supervisor works on beside it stays what it is
  expect(await world.queue.claims.heldBy(CHIEF.id)).toMatchObject([{ id: mine.id, claim: { prefetch: false } }])
})

async function createOther(world: Awaited<ReturnType<typeof createWorld>>): Promise<Claimed | null> {
  await world.queue.submissions.submit(submission(SCHOOL_A))
  return world.queue.claims.take({ operator: CHIEF })
}
function withoutChanging({ history: _history, rev: _rev, claim: _claim, ...rest }: Claimed) {
  return rest
}
