import { expect, test } from 'vitest'
import { createLeases } from '../../../src/models/store/leases.ts'
import { testDatabase } from '../../support/stores.ts'

async function leasesAt(start: number) {
  const clock = { at: start }
  const leases = createLeases({ database: await testDatabase(), now: () => new Date(clock.at) })
  return { leases, clock }
}

test('of many who ask at once, one holds the lease', async () => {
  const { leases } = await leasesAt(0)
  const tokens = await Promise.all(Array.from({ length: 20 }, (_, i) => leases.hold('poll', `p${i}`, 1000)))
  expect(tokens.filter((token) => token !== null)).toEqual([1])
})

test('the holder keeps it under the same token, and a taker after its end gets the next', async () => {
  const { leases, clock } = await leasesAt(0)
  expect(await leases.hold('poll', 'a', 1000)).toBe(1)
  clock.at = 900
  expect(await leases.hold('poll', 'a', 1000)).toBe(1)
  clock.at = 1500
  expect(await leases.hold('poll', 'b', 1000)).toBeNull()
  clock.at = 2000
  expect(await leases.hold('poll', 'b', 1000)).toBe(2)
  expect(await leases.hold('poll', 'a', 1000)).toBeNull()
})

test('a released lease is free at once', async () => {
  const { leases } = await leasesAt(0)
  await leases.hold('poll', 'a', 60_000)
  await leases.release('poll', 'a')
  expect(await leases.hold('poll', 'b', 1000)).toBe(2)
})
