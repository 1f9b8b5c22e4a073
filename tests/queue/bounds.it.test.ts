import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flowOf } from '../../src/models/application/application.ts'
import { applications } from '../../src/models/application/kept.ts'
import type { ApplicationDocument } from '../../src/models/application/kept.ts'
import { blank } from '../../src/models/application/drafts.ts'
import { queueAnew } from '../../src/queue/submissions/submissions.ts'
import { testDatabase } from '../support/stores.ts'
import { boundOf, createSpread } from './spread.ts'
import { stopped } from './stopped.ts'
import { MONDAY, createWorld, submission, worker } from './world.ts'

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('dump' as const),
      school: fc.nat({ max: 3 }),
      files: fc.integer({ min: 1, max: 5 }),
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
      count: fc.integer({ min: 1, max: 6 }),
      outcome: fc.constantFrom('approve' as const, 'approve' as const, 'return' as const, 'release' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('cancel' as const),
      school: fc.nat({ max: 3 }),
      files: fc.integer({ min: 1, max: 4 }),
    }),
  },
)

/** Pupils enrolled at each school: weights of ½, 1, 2 and 4; every other run has equal ones. */
const enrolments = fc.oneof(
  fc.constant([100, 100, 100, 100]),
  fc.array(fc.constantFrom(25, 100, 400, 1600), { minLength: 4, maxLength: 4 }),
)

/** `npm run prove` plays many more. */
const RUNS = Number(process.env['BOUNDS_RUNS'] ?? 25)

/** What the test knows of an application: read once when it has its place, and compared with the stores at the end. */
type Row = {
  id: string
  flow: string
  key: string
  state: 'queued' | 'claimed' | 'gone' | 'cancelled'
  served: boolean
}

/**
 * Places, claims, releases and cancels are the service's own, each by itself; what happens around them (the insert, a
 * decision) is written in bulk, so that many cases are cheap: what they do by themselves is tested elsewhere.
 */
test(
  'on the real stores, too: with dumps, weights, returns, cancels, releases and crashes both bounds hold',
  async () => {
    // rounds of three are full sooner than the office's of five, and the same rules hold
    const b = 3
    const N = 4
    const M = 2 * N
    const database = await testDatabase()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), enrolments, async (steps, enrolled) => {
        const weight = (flow: string) => Math.sqrt(enrolled[Number(flow.split('/')[0]!.at(-1)) - 1]! / 100)
        const equal = enrolled.every((pupils) => pupils === 100)
        const { queue } = await createWorld(
          (office) => ({ ...office, fairness: { ...office.fairness, batch: b, policy: 'sqrt-enrolment' } }),
          database,
          Object.fromEntries(enrolled.map((pupils, i) => [`6990000${i + 1}`, pupils])),
        )
        const model = applications(database)
        const rows = new Map<string, Row>()
        const all = () => [...rows.values()]
        const limit = new Map<string, number>()
        /** Served for the first time, or cancelled and passed over: a place of a round either way. */
        const counted = new Set<string>()
        let claims = 0
        let operators = 0
        const spread = createSpread(weight)

        const stored = (ids?: readonly string[]) =>
          model.collection
            .find<ApplicationDocument>(ids ? { _id: { $in: [...ids] as never[] } } : {}, {
              projection: { flow: 1, key: 1, stage: 1, state: 1 },
            })
            .sort({ key: 1 })
            .toArray()
        /** From their places in the queue on, they wait for no more first claims than the bound says. */
        async function placed(ids: readonly string[]): Promise<void> {
          for (const { _id: id, flow = '', key = '', state } of await stored(ids)) {
            expect(state, id).toBe('queued')
            rows.set(id, { id, flow, key, state: 'queued', served: false })
            // cancelled places of its own before it took room in rounds, too
            const ahead = all().filter(
              (own) => own.flow === flow && own.key < key && (own.state === 'queued' || own.state === 'cancelled'),
            ).length
            limit.set(id, claims + ahead + (M - 1) * b * (Math.floor(ahead / b) + 2) + N * b)
          }
        }
        async function dump(npsn: string, files: number): Promise<void> {
          const fresh = Array.from({ length: files }, (): ApplicationDocument => {
            const { draft: _id, coordinator, chat, reason } = submission(npsn)
            const entry = {
              at: MONDAY,
              by: { kind: 'coordinator', id: coordinator } as const,
              action: 'submit' as const,
            }
            const history = [{ ...entry, from: 'draft' as const, to: 'verification' as const }]
            const place = {
              stage: 'verification',
              state: 'unkeyed',
              flow: flowOf(npsn, false),
              place: `${_id}/1`,
            } as const
            return { ...blank(MONDAY), _id, rev: 1, seq: 1, npsn, coordinator, chat, reason, history, ...place }
          })
          await model.collection.insertMany(fresh as never[])
          await queue.places.sweep(MONDAY)
          await placed(fresh.map(({ _id }) => _id))
        }
        async function crash(npsn: string, at: number): Promise<void> {
          const one = submission(npsn)
          await stopped(at, () => queue.submissions.submit(one))
          await queue.places.sweep(MONDAY)
          await placed([one.draft])
          if (rows.has(one.draft)) return
          // nothing of it was written: the school's turn submits again
          await queue.submissions.submit(one)
          await placed([one.draft])
        }
        const waitingFlows = (): Set<string> =>
          new Set(all().flatMap(({ flow, state, served }) => (state === 'queued' && !served ? [flow] : [])))
        /** Flows of cancelled places that count now. */
        function passed(which: (row: Row) => boolean): string[] {
          const news = all().filter(
            (row) => row.state === 'cancelled' && which(row) && !counted.has(`${row.id} ${row.flow}`),
          )
          for (const { id, flow } of news) counted.add(`${id} ${flow}`)
          return news.map(({ flow }) => flow)
        }
        async function resubmit(id: string): Promise<void> {
          const one = (await model.findById(id).lean<ApplicationDocument>())!
          const { set, unset } = queueAnew(one, MONDAY)
          const gone = Object.fromEntries([...unset, 'claim'].map((name) => [name, 1]))
          await model.collection.updateOne({ _id: id as never }, { $set: set, $unset: gone, $inc: { rev: 1, seq: 1 } })
          await queue.places.sweep(MONDAY)
          await placed([id])
        }
        async function claim(outcome: 'approve' | 'return' | 'release'): Promise<boolean> {
          const operator = worker(`operator-${(operators += 1)}`, 'verifikator')
          const before = waitingFlows()
          const claimed = await queue.claims.take({ operator })
          const row = rows.get(claimed?.id ?? '')
          if (!claimed || !row) return false
          const { id, flow, key } = row
          rows.set(id, { ...row, state: 'claimed', served: true })
          if (!counted.has(`${id} ${flow}`)) {
            counted.add(`${id} ${flow}`)
            claims += 1
            if (equal) expect(claims - 1).toBeLessThanOrEqual(limit.get(id)!)
            spread.served([...passed((other) => other.key < key), flow], before, waitingFlows())
          }
          // the virtual time has followed
          await queue.close()
          if (outcome === 'return') await resubmit(id)
          if (outcome === 'release') {
            await queue.claims.release(id, claimed.claim.token, 'RL_BREAK')
            rows.set(id, { ...row, served: true })
          }
          return true
        }
        /** What is claimed at the end of a step is approved. */
        async function approve(): Promise<void> {
          const held = all().filter(({ state }) => state === 'claimed')
          const ids = held.map(({ id }) => id as never)
          const decided = { $set: { stage: 'photo' as const, state: 'idle' as const }, $unset: { claim: 1 as const } }
          if (ids.length > 0) await model.collection.updateMany({ _id: { $in: ids } }, decided)
          for (const row of held) rows.set(row.id, { ...row, state: 'gone' })
        }
        async function cancel(row: Row): Promise<void> {
          const { id, flow } = row
          const by = { kind: 'coordinator', id: 'c' } as const
          await queue.schoolChanges.cancel({ application: id, by, parties: ['school'], transactionId: `x-${id}` })
          rows.set(id, { ...row, state: 'cancelled' })
          if (!waitingFlows().has(flow)) spread.emptied(flow)
          // what was forgiven is nobody's service any more
          if (all().every((own) => own.flow !== flow || own.state !== 'queued')) passed((own) => own.flow === flow)
        }

        for (const one of steps) {
          const npsn = one.kind === 'claims' ? '' : `6990000${one.school + 1}`
          if (one.kind === 'dump') await dump(npsn, one.files)
          if (one.kind === 'crash') await crash(npsn, one.at)
          if (one.kind === 'claims') {
            for (let i = 0; i < one.count && (await claim(one.outcome)); i++);
            await approve()
          }
          if (one.kind === 'cancel') {
            const own = all().filter(({ flow, state }) => flow.startsWith(npsn) && state === 'queued')
            for (const row of own.slice(0, one.files)) await cancel(row)
          }
        }
        for (const [pair, apart] of spread.worst) {
          expect(apart, pair).toBeLessThanOrEqual(boundOf(pair, b, weight))
        }
        // each has its own place, and kept it
        const left = await stored()
        const known = all().toSorted((one, other) => (one.key < other.key ? -1 : 1))
        expect(left.map(({ _id, flow, key }) => ({ id: _id, flow, key }))).toEqual(
          known.map(({ id, flow, key }) => ({ id, flow, key })),
        )
        expect(left.flatMap(({ _id, state }) => (state === 'queued' ? [_id] : []))).toEqual(
          known.flatMap(({ id, state }) => (state === 'queued' ? [id] : [])),
        )
        expect(new Set(left.map(({ key }) => key)).size).toBe(rows.size)
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
  },
  RUNS * 5_000,
)
