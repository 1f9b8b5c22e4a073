import { expect, test } from 'vitest'
import { proveCrashes } from './proofs/crash.ts'
import { WHOLE } from './support/fleet.ts'
import { QUICK_PACE } from './support/pace.ts'

// a tenth of `npm run prove`: other failpoints with another seed
test('killing the process before and after its writes, at random, and its stores, loses and doubles nothing', async () => {
  const size = { seed: 1, layout: WHOLE, coordinators: 10, pupils: 2, share: 10, randomKills: 2, limitMs: 240_000 }
  const { complaints, figures } = await proveCrashes({ ...size, pace: QUICK_PACE })
  expect(complaints).toEqual([])
  expect(figures).toMatchObject({ applications: 20, lost: 0, doubled: 0 })
  expect(figures.killsAtFailpoints + figures.killsAtRandom).toBeGreaterThan(5)
}, 270_000)
