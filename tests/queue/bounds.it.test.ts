import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applications } from '../../src/models/mongo/application-schema.ts'
import type { ApplicationDocument } from '../../src/models/mongo/application-schema.ts'
import type { Submission } from '../../src/queue/submissions.ts'
import { testDatabase } from '../support/stores.ts'
import { boundOf, createSpread } from './spread.ts'
import { stopped } from './stopped.ts'
import { createWorld, paper, submission, worker } from './world.ts'

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

/** Pupils enrolled at each school: weights of ½, 1, 2 and 4; every other run has equal ones. */
const enrolments = fc.oneof(
  fc.constant([100, 100, 100, 100]),
  fc.array(fc.constantFrom(25, 100, 400, 1600), { minLength: 4, maxLength: 4 }),
)

test('on the real stores, too: with dumps, weights, returns, cancels, releases and crashes both bounds hold', async () => {
  const b = 5
  const N = 4
  const M = 2 * N
  const database = await testDatabase()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), enrolments, async (steps, enrolled) => {
      const weight = (flow: string) => Math.sqrt(enrolled[Number(flow.split('/')[0]!.at(-1)) - 1]! / 100)
      const equal = enrolled.every((pupils) => pupils === 100)
      const world = await createWorld(
        (office) => ({ ...office, fairness: { ...office.fairness, policy: 'sqrt-enrolment' } }),
        database,
        Object.fromEntries(enrolled.map((pupils, i) => [`6990000${i + 1}`, pupils])),
      )
      const model = applications(world.database)
      const submissions = new Map<string, Submission>()
      const limit = new Map<string, number>()
      /** Served for the first time, or cancelled and passed over: a place of a round either way. */
      const counted = new Set<string>()
      let claims = 0
      let operators = 0
      const spread = createSpread(weight)

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
      /** Flows of cancelled places that count now: those before `key`, or all of a flow. */
      async function passed(which: { key: { $lt: string } } | { flow: string }): Promise<string[]> {
        const gone = await model.find({ stage: 'cancelled', ...which }, { flow: 1 }).lean<ApplicationDocument[]>()
        const news = gone.filter(({ _id, flow }) => !counted.has(`${_id} ${flow}`))
        for (const { _id, flow } of news) counted.add(`${_id} ${flow}`)
        return news.map(({ flow }) => flow!)
      }
      async function claim(outcome: 'approve' | 'return' | 'release'): Promise<boolean> {
        const operator = worker(`operator-${(operators += 1)}`, 'verifikator')
        const before = await waitingFlows()
        const claimed = await world.queue.claim({ operator })
        if (!claimed) return false
        const { flow, key } = (await model.findById(claimed.id).lean<ApplicationDocument>())!
        if (!counted.has(`${claimed.id} ${flow}`)) {
          counted.add(`${claimed.id} ${flow}`)
          claims += 1
          if (equal) expect(claims - 1).toBeLessThanOrEqual(limit.get(claimed.id)!)
          spread.served([...(await passed({ key: { $lt: key! } })), flow!], before, await waitingFlows())
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
          for (const { _id, flow } of own) {
            const by = { kind: 'coordinator', id: 'c' } as const
            await world.queue.cancel({ application: _id, by, parties: ['school'], transactionId: `x-${_id}` })
            if (!(await waitingFlows()).has(flow!)) spread.emptied(flow!)
            // what was forgiven is nobody's service any more
            if ((await model.countDocuments({ flow: flow!, stage: 'verification' })) === 0)
              await passed({ flow: flow! })
          }
        }
      }
      for (const [pair, apart] of spread.worst) {
        expect(apart, pair).toBeLessThanOrEqual(boundOf(pair, b, weight))
      }
      const all = await model.find().lean<ApplicationDocument[]>()
      expect(all).toHaveLength(submissions.size)
      expect(all.every((a) => a.state !== 'unkeyed')).toBe(true)
      expect(new Set(all.map((a) => a.key)).size).toBe(submissions.size)
    }),
    { numRuns: Number(process.env['CRASH_RUNS'] ?? 5), endOnFailure: true },
  )
}, 120_000)
