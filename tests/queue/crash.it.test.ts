import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { armFailpoints } from '../../src/models/failpoint.ts'
import { applications } from '../../src/models/mongo/application-schema.ts'
import type { ApplicationDocument } from '../../src/models/mongo/application-schema.ts'
import { queueFlows } from '../../src/models/mongo/queue-flows.ts'
import type { Submission } from '../../src/queue/submissions.ts'
import { testDatabase } from '../support/stores.ts'
import { createWorld, paper, submission, worker } from './world.ts'
import type { World } from './world.ts'
import { boundOf, createSpread } from './spread.ts'

class Crash extends Error {
  override readonly name = 'Crash'
}
const SITI = worker('siti', 'verifikator')
afterEach(() => armFailpoints(undefined))

/** Runs `work` and stops it at its `at`-th failpoint moment; true where it was stopped. */
async function stopped(at: number, work: () => Promise<unknown>): Promise<boolean> {
  let moment = 0
  let crashed = false
  armFailpoints(() => {
    if (moment++ !== at) return
    crashed = true
    throw new Crash()
  })
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Crash)) throw error
  } finally {
    armFailpoints(undefined)
  }
  return crashed
}
/** Runs `work` once for every moment at which it can be stopped. */
async function atEveryMoment(round: (at: number) => Promise<boolean>): Promise<number> {
  let at = 0
  while (await round(at)) at += 1
  return at
}
async function stored(world: World): Promise<ApplicationDocument[]> {
  return applications(world.database).find().sort({ key: 1 }).lean<ApplicationDocument[]>()
}

describe('a process that stops before or after any write', () => {
  test('of a submission: tried again, or driven on by two sweepers at once, it takes one place', async () => {
    const world = await createWorld()
    let expected = 0
    const moments = await atEveryMoment(async (at) => {
      const one = submission('69900001')
      const crashed = await stopped(at, () => world.queue.submit(one))
      if (at % 2 === 0) await Promise.all([world.sweeper.round(), world.sweeper.round()])
      const again = await world.queue.submit(one)
      expected += 1
      expect(again).toMatchObject({ outcome: 'queued', position: expected })
      return crashed
    })
    // ticket, application, V, tick, flow, key, settle: each before and after
    expect(moments).toBeGreaterThanOrEqual(12)
    await world.sweeper.round()
    const all = await stored(world)
    expect(all).toHaveLength(expected)
    expect(new Set(all.map((a) => a.key)).size).toBe(expected)
    expect(new Set(all.map((a) => a.ticket)).size).toBe(expected)
    // no place of the round is lost either: rounds are full
    const places = all.map((a) => a.key!.split('|')).map(([S, , n]) => [Number(S), Number(n)])
    expect(places).toEqual(places.map((_, i) => [Math.floor(i / 5) * 1000, (i % 5) + 1]))
    expect(await queueFlows(world.database).countDocuments({ 'pending.0': { $exists: true } })).toBe(0)
  })
  test('of a correction: the second try takes the same place', async () => {
    const world = await createWorld()
    await atEveryMoment(async (at) => {
      const one = submission('69900002')
      await world.queue.submit(one)
      const held = (await world.queue.claim({ operator: SITI }))!
      const decision = {
        token: held.claim.token,
        operator: SITI,
        action: 'return',
        reasons: ['RR_INCOMPLETE'],
      } as const
      await world.queue.decide(one.draft, { ...decision, transactionId: 'b' })
      await world.settle()
      const fix = {
        application: one.draft,
        by: 'c',
        pupil: one.pupil,
        documents: [],
        findings: [],
        done: [],
        transactionId: 'f',
      }
      const crashed = await stopped(at, () => world.queue.resubmit(fix))
      await world.queue.resubmit(fix)
      await world.sweeper.round()
      const after = await world.queue.get(one.draft)
      expect(after.history.map((e) => e.action)).toEqual(['submit', 'claim', 'return', 'resubmit'])
      expect(after.state).toBe('queued')
      await world.queue.cancel({
        application: one.draft,
        by: { kind: 'coordinator', id: 'c' },
        parties: ['school'],
        transactionId: 'x',
      })
      return crashed
    })
  })
  test('of a decision and its relay: it happens once, is told at least once, and goes to work', async () => {
    const world = await createWorld()
    await atEveryMoment(async (at) => {
      const one = submission('69900003')
      await world.queue.submit(one)
      await world.settle()
      const held = (await world.queue.claim({ operator: SITI }))!
      const decision = { token: held.claim.token, operator: SITI, action: 'approve', transactionId: 'd' } as const
      const crashed = await stopped(at, async () => {
        await world.queue.decide(one.draft, decision)
        world.pass(5_000)
        await world.relay.round()
      })
      await world.queue.decide(one.draft, decision)
      // a relay that failed tries again after a while
      world.pass(10_000)
      await Promise.all([world.relay.round(), world.relay.round()])
      const after = await world.queue.get(one.draft)
      expect(after.history.map((e) => e.action)).toEqual(['submit', 'claim', 'approve'])
      expect(after).toMatchObject({ stage: 'photo', state: 'queued' })
      const told = world.relayed
        .filter((r) => r.application === one.draft)
        .flatMap((r) => r.entries.map((e) => e.action))
      expect(new Set(told)).toEqual(new Set(['submit', 'claim', 'approve']))
      return crashed
    })
  })
  test('of a cancel: the second try forgives the school its rounds, too', async () => {
    const world = await createWorld()
    await world.queue.submit(submission('69900006'))
    await atEveryMoment(async (at) => {
      const dump = Array.from({ length: 11 }, () => submission('69900005'))
      for (const one of dump) await world.queue.submit(one)
      const cancel = (application: string) =>
        world.queue.cancel({
          application,
          by: { kind: 'coordinator', id: 'c' },
          parties: ['school'],
          transactionId: `x-${application}`,
        })
      const [last, ...others] = dump.toReversed().map((one) => one.draft)
      for (const id of others) await cancel(id)
      const crashed = await stopped(at, () => cancel(last!))
      expect(await cancel(last!)).toMatchObject({ outcome: 'cancelled' })
      const flow = (await queueFlows(world.database).findById('69900005').lean())!
      expect(flow).toMatchObject({ F: 1000, bs: 0 })
      return crashed
    })
  })
  test('of a claim: the same request gets what it had claimed, and nothing else is held', async () => {
    const world = await createWorld()
    await atEveryMoment(async (at) => {
      await world.queue.submit(submission('69900004'))
      const ask = () => world.queue.claim({ operator: SITI, requestId: `r${at}` })
      const crashed = await stopped(at, ask)
      const claimed = (await ask())!
      expect((await world.queue.mine('siti')).map((c) => c.id)).toEqual([claimed.id])
      const { token } = claimed.claim
      await world.queue.decide(claimed.id, { token, operator: SITI, action: 'approve', transactionId: `d${at}` })
      return crashed
    })
  })
})

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('dump' as const),
      school: fc.nat({ max: 3 }),
      files: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('crash' as const), school: fc.nat({ max: 3 }), at: fc.nat({ max: 14 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('claims' as const),
      count: fc.integer({ min: 1, max: 9 }),
      outcome: fc.constantFrom('approve' as const, 'approve' as const, 'return' as const, 'release' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('cancel' as const),
      school: fc.nat({ max: 3 }),
      files: fc.integer({ min: 1, max: 8 }),
    }),
  },
)

test('on the real stores, too: with dumps, returns, cancels, releases and crashes both bounds hold', async () => {
  const b = 5
  const N = 4
  const M = 2 * N
  const database = await testDatabase()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const world = await createWorld((office) => office, database)
      const model = applications(world.database)
      const submissions = new Map<string, Submission>()
      const limit = new Map<string, number>()
      const first = new Set<string>()
      let claims = 0
      let operators = 0
      const spread = createSpread(() => 1)
      // a cancelled place takes room in a round that nobody is served in: this bound is shown without cancels
      const cancels = steps.some((s) => s.kind === 'cancel')

      /** From its place in the queue on, an item waits for no more first claims than the bound says. */
      async function waits(id: string): Promise<void> {
        const one = (await model.findById(id).lean<ApplicationDocument>())!
        const own = { flow: one.flow!, state: 'queued' as const, key: { $lt: one.key! } }
        const i = await model.countDocuments(own)
        // cancelled places of its own before it took room in rounds, too
        const gone = await model.countDocuments({ flow: one.flow!, stage: 'cancelled', key: { $lt: one.key! } })
        const ahead = i + gone
        limit.set(id, claims + ahead + (M - 1) * b * (Math.floor(ahead / b) + 2) + N * b)
      }
      async function submit(school: number, at?: number): Promise<void> {
        const one = submission(`6990000${school + 1}`)
        submissions.set(one.draft, one)
        if (at !== undefined) {
          await stopped(at, () => world.queue.submit(one))
          await world.sweeper.round()
        }
        await world.queue.submit(one)
        await waits(one.draft)
      }
      async function waitingFlows(): Promise<Set<string>> {
        const never = { stage: 'verification' as const, state: 'queued' as const, served: { $ne: true } }
        return new Set((await model.distinct('flow', never)).filter((flow) => flow !== undefined))
      }
      async function claim(outcome: 'approve' | 'return' | 'release'): Promise<boolean> {
        const operator = worker(`operator-${(operators += 1)}`, 'verifikator')
        const before = await waitingFlows()
        const claimed = await world.queue.claim({ operator })
        if (!claimed) return false
        const { flow } = (await model.findById(claimed.id).lean<ApplicationDocument>())!
        if (!first.has(`${claimed.id} ${flow}`)) {
          first.add(`${claimed.id} ${flow}`)
          claims += 1
          expect(claims - 1).toBeLessThanOrEqual(limit.get(claimed.id)!)
          spread.served([flow!], before, await waitingFlows())
        }
        const { token } = claimed.claim
        const base = { token, operator, transactionId: `d-${claimed.id}-${claimed.rev}` }
        if (outcome === 'release') await world.queue.release(claimed.id, token, 'RL_BREAK')
        else if (outcome === 'approve') await world.queue.decide(claimed.id, { ...base, action: 'approve' })
        else {
          await world.queue.decide(claimed.id, { ...base, action: 'return', reasons: ['RR_INCOMPLETE'] })
          const { pupil } = submissions.get(claimed.id)!
          const documents = [paper('portrait', `${claimed.id}-${claimed.rev}`)]
          const fix = { application: claimed.id, by: 'c', pupil, documents, findings: [], done: [] }
          await world.queue.resubmit({ ...fix, transactionId: `f-${claimed.id}-${claimed.rev}` })
          await waits(claimed.id)
        }
        await world.queue.close()
        return true
      }

      for (const one of steps) {
        if (one.kind === 'dump') for (let i = 0; i < one.files; i++) await submit(one.school)
        if (one.kind === 'crash') await submit(one.school, one.at)
        if (one.kind === 'claims') for (let i = 0; i < one.count && (await claim(one.outcome)); i++);
        if (one.kind === 'cancel') {
          const own = await model
            .find({ npsn: `6990000${one.school + 1}`, stage: 'verification', state: 'queued' })
            .limit(one.files)
            .lean<ApplicationDocument[]>()
          for (const { _id } of own) {
            const by = { kind: 'coordinator', id: 'c' } as const
            await world.queue.cancel({ application: _id, by, parties: ['school'], transactionId: `x-${_id}` })
          }
        }
      }
      for (const [pair, apart] of spread.worst) {
        if (!cancels) expect(apart, pair).toBeLessThanOrEqual(boundOf(pair, b, () => 1))
      }
      const all = await stored(world)
      expect(all).toHaveLength(submissions.size)
      expect(all.every((a) => a.state !== 'unkeyed')).toBe(true)
      expect(new Set(all.map((a) => a.key)).size).toBe(submissions.size)
    }),
    { numRuns: Number(process.env['CRASH_RUNS'] ?? 5), endOnFailure: true },
  )
}, 120_000)
