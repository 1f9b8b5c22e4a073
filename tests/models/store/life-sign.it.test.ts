import { expect, onTestFinished, test, vi } from 'vitest'
import { createLog } from '../../../src/config/log.ts'
import { leaseModel } from '../../../src/models/store/leases.ts'
import { createLifeSign } from '../../../src/models/store/life-sign.ts'
import { testDatabase } from '../../support/stores.ts'

/** Two processes of one office and the clock that both read. */
async function office() {
  const clock = { at: new Date('2026-12-07T01:00:00Z') }
  const context = { database: await testDatabase(), now: () => clock.at, log: createLog('silent') }
  const [one, other] = [createLifeSign(context), createLifeSign(context)]
  onTestFinished(async () => {
    await Promise.all([one.stop(), other.stop()])
  })
  return { clock, one, other, database: context.database }
}

test('a process holds from its start to its stop, and others see it', async () => {
  const { one, other } = await office()
  expect([one.holds(), await other.isAlive(one.self)]).toEqual([false, false])
  await one.start()
  expect([one.holds(), await other.isAlive(one.self)]).toEqual([true, true])
  await one.stop()
  expect([one.holds(), await other.isAlive(one.self)]).toEqual([false, false])
})

test('the sign of a killed process is over after three seconds, and is cleared away by who starts a day later', async () => {
  const { clock, one, other, database } = await office()
  // killed: what it would renew is never renewed
  vi.spyOn(globalThis, 'setInterval').mockReturnValueOnce(undefined as never)
  await one.start()
  clock.at = new Date(clock.at.getTime() + 2_999)
  expect(await other.isAlive(one.self)).toBe(true)
  clock.at = new Date(clock.at.getTime() + 1)
  expect(await other.isAlive(one.self)).toBe(false)
  clock.at = new Date(clock.at.getTime() + 86_400_001)
  await other.start()
  expect(await leaseModel(database).distinct('_id')).toEqual([`process/${other.self}`])
})

test('a process whose store is away holds no longer than its sign, by its own clock', async () => {
  const { one, database } = await office()
  await one.start()
  vi.spyOn(leaseModel(database), 'updateOne').mockRejectedValue(new Error('the store is away'))
  const begun = performance.now()
  vi.spyOn(performance, 'now').mockImplementation(() => begun + 2_900)
  expect(one.holds()).toBe(true)
  vi.spyOn(performance, 'now').mockImplementation(() => begun + 3_000)
  expect(one.holds()).toBe(false)
})

test('renewals that a store holds up never take the sign back, and none makes it anew after the stop', async () => {
  const { one, other, database, clock } = await office()
  await one.start()
  const renew = leaseModel(database).updateOne.bind(leaseModel(database))
  const gate = Promise.withResolvers<void>()
  let renewals = 0
  vi.spyOn(leaseModel(database), 'updateOne').mockImplementation(((...given: Parameters<typeof renew>) => {
    renewals += 1
    // what was to be renewed at its time comes long after
    return gate.promise.then(() => renew(...given))
  }) as never)
  await expect.poll(() => renewals, { timeout: 10_000 }).toBe(1)
  clock.at = new Date(clock.at.getTime() + 2_000)
  await leaseModel(database).collection.updateOne(
    { _id: `process/${one.self}` as never },
    { $set: { until: new Date(clock.at.getTime() + 3_000) } },
  )
  const stopped = one.stop()
  gate.resolve()
  await stopped
  expect([renewals, await other.isAlive(one.self)]).toEqual([1, false])
})
