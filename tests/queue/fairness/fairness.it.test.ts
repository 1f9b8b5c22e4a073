import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addToFlow, queueFlows, settleInFlow } from '../../../src/models/application/flows.ts'
import { EMPTY_FLOW, PLACED_KEPT, arrivalPipeline, arrive, settle } from '../../../src/queue/fairness/fairness.ts'
import { testDatabase } from '../../support/stores.ts'

test('the pipeline in MongoDB does to a flow what the pure core does', async () => {
  const database = await testDatabase()
  await queueFlows(database).createCollection()
  const arrival = fc.record({
    name: fc.nat({ max: 6 }),
    V: fc.integer({ min: 0, max: 9 }).map((n) => n * 400),
    batch: fc.integer({ min: 1, max: 6 }),
    step: fc.constantFrom(0, 500, 1000),
    credit: fc.boolean(),
    settled: fc.boolean(),
  })
  let flows = 0
  await fc.assert(
    fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 14 }), async (arrivals) => {
      const name = `flow-${(flows += 1)}`
      let pure = EMPTY_FLOW
      let seq = 0
      for (const { name: n, settled, ...rest } of arrivals) {
        // a name that looks like a field path must stay a name
        const whole = { ...rest, place: `$${n}/1`, seq: (seq += 1) }
        pure = arrive(pure, whole)
        const { _id, ...stored } = await addToFlow(database, name, arrivalPipeline(whole))
        expect(_id).toBe(name)
        expect(stored).toEqual(pure)
        if (!settled) continue
        const pending = pure.pending.some((p) => p.place === whole.place)
        if (pending) pure = settle(pure, whole.place)
        await settleInFlow(database, name, whole.place, PLACED_KEPT)
      }
    }),
    { numRuns: 25 },
  )
})
