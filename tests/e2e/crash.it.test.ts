import { expect, test } from 'vitest'
import { proveCrashes } from './proofs/crash.ts'
import { SPLIT, WHOLE } from './support/fleet.ts'

// a tenth of `npm run prove`: other failpoints with another seed
test('killing the process before and after its writes, at random, and its stores, loses and doubles nothing', async () => {
  const size = { seed: 1, layout: WHOLE, coordinators: 5, pupils: 4, share: 10, randomKills: 3, limitMs: 240_000 }
  const { complaints, figures } = await proveCrashes(size)
  expect(complaints).toEqual([])
  expect(figures).toMatchObject({ applications: 20, lost: 0, doubled: 0 })
  expect(figures.killsAtFailpoints + figures.killsAtRandom).toBeGreaterThan(5)
}, 270_000)

test('so it is with the roles split over six processes on the same stores', async () => {
  const size = { seed: 4, layout: SPLIT, coordinators: 5, pupils: 2, share: 20, randomKills: 3, limitMs: 240_000 }
  const { complaints, figures } = await proveCrashes(size)
  expect(complaints).toEqual([])
  expect(figures).toMatchObject({ applications: 10, lost: 0, doubled: 0 })
}, 270_000)
