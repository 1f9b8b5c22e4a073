import { expect, test } from 'vitest'
import { proveMainJob } from './proofs/main-job.ts'
import { QUICK_PACE } from './support/pace.ts'
import { WHOLE } from './support/fleet.ts'

test('a school submits, an operator works, the school hears back; kills and stops lose nothing', async () => {
  const figures = await proveMainJob({ layout: WHOLE, seed: 11, pace: QUICK_PACE })
  expect(figures.history).toContain('resubmit')
  expect(figures.heard).toEqual(['returned', 'corrected', 'ready', 'ready', 'handed over', 'handed over'])
  expect(figures.history.at(-1)).toBe('hand_over')
  expect(figures.exitCodes).toEqual([0, 0])
}, 300_000)
