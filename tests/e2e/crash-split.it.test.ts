import { expect, test } from 'vitest'
import { proveCrashes } from './proofs/crash.ts'
import { SPLIT } from './support/fleet.ts'
import { QUICK_PACE } from './support/pace.ts'

// a part of `npm run prove`
test('killing any of six processes with the roles split, and their stores, loses and doubles nothing', async () => {
  const size = { seed: 4, layout: SPLIT, coordinators: 5, pupils: 2, share: 20, randomKills: 1, limitMs: 240_000 }
  const { complaints, figures } = await proveCrashes({ ...size, pace: QUICK_PACE })
  expect(complaints).toEqual([])
  expect(figures).toMatchObject({ applications: 10, lost: 0, doubled: 0 })
}, 270_000)
