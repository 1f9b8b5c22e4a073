import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { createRelay } from '../../src/queue/relay.ts'
import { SCHOOL_A, createWorld, submission, worker } from './world.ts'

const CHIEF = worker('kepala')

describe('the relay', () => {
  test('tells each entry once where nothing fails, a decision only when undo is over', async () => {
    const world = await createWorld()
    const one = submission(SCHOOL_A)
    await world.queue.submissions.submit(one)
    await world.relay.round()
    const { claim } = (await world.queue.claims.take({ operator: CHIEF }))!
    const back = { action: 'return', reasons: ['RR_INCOMPLETE'], operator: CHIEF, token: claim.token } as const
    await world.queue.decisions.decide(one.draft, { ...back, transactionId: 'd' })
    world.pass(6_999)
    expect(await world.relay.round()).toBe(0)
    world.pass(1)
    expect(await world.relay.round()).toBe(1)
    expect(await world.relay.round()).toBe(0)
    expect(world.relayed.map((r) => r.entries.map((e) => e.action))).toEqual([['submit'], ['claim', 'return']])
    expect((await world.queue.cases.get(one.draft)).state).toBe('idle')
  })
  test('several at once hand on everything and open each stage once', async () => {
    const world = await createWorld()
    for (let i = 0; i < 6; i++) await world.queue.submissions.submit(submission(SCHOOL_A))
    const series = await world.queue.claims.takeSeries({ operator: CHIEF, count: 6 })
    for (const { id, claim } of series) {
      const approve = { token: claim.token, operator: CHIEF, action: 'approve', transactionId: `d-${id}` } as const
      await world.queue.decisions.decide(id, approve)
    }
    world.pass(7_000)
    await Promise.all(Array.from({ length: 4 }, () => world.relay.round()))
    const { items } = await world.queue.lists.page({ limit: 50 })
    expect(items.map((i) => [i.stage, i.state])).toEqual(series.map(() => ['photo', 'queued']))
    for (const { id } of series) {
      const told = world.relayed.filter((r) => r.application === id).flatMap((r) => r.entries.map((e) => e.action))
      expect(new Set(told)).toEqual(new Set(['submit', 'claim', 'approve']))
    }
  })
  test('tells consoles when what was decided waits in its next stage, not before', async () => {
    const world = await createWorld()
    const one = submission(SCHOOL_A)
    await world.queue.submissions.submit(one)
    const waiting: Promise<string>[] = []
    const relay = createRelay({
      ...world,
      log: createLog('fatal'),
      handler: () => Promise.resolve(),
      relayed: ({ _id, state }) =>
        void waiting.push(world.queue.cases.get(_id).then((now) => `${now.stage} ${state} ${now.state}`)),
    })
    await relay.round()
    const operator = worker('siti', 'verifikator')
    const token = (await world.queue.claims.take({ operator }))?.claim.token
    await world.queue.decisions.decide(one.draft, { token, operator, action: 'approve', transactionId: 't' })
    world.pass((world.office.claims.undoSeconds + world.office.claims.undoGraceSeconds) * 1000)
    await relay.round()
    expect(await Promise.all(waiting)).toEqual(['verification queued queued', 'photo queued queued'])
  })
  test('keeps what its handler failed on, and does not let it stand before others', async () => {
    const world = await createWorld()
    const [bad, good] = [submission(SCHOOL_A), submission(SCHOOL_A)]
    await world.queue.submissions.submit(bad)
    await world.queue.submissions.submit(good)
    const told: string[] = []
    let broken = true
    const relay = createRelay({
      database: world.database,
      now: world.now,
      log: createLog('fatal'),
      handler: async ({ _id }) => {
        if (broken && _id === bad.draft) throw new Error('the notifier is away')
        told.push(_id)
      },
      relayed: () => undefined,
    })
    expect(await relay.round()).toBe(1)
    expect(await relay.round()).toBe(0)
    broken = false
    world.pass(5_000)
    expect(await relay.round()).toBe(1)
    expect(told).toEqual([good.draft, bad.draft])
  })
})
