import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paceOf } from '../../src/queue/fairness/fairness.ts'
import type { Policy } from '../../src/queue/fairness/fairness.ts'
import { createModel } from './model.ts'
import type { Crash, Item } from './model.ts'
import { boundOf, createSpread } from './spread.ts'

const POLICY: Policy = { policy: 'fair', batch: 5, stride: 1000 }
const RUNS = Number(process.env['FAIRNESS_RUNS'] ?? 120)

type Step =
  | { kind: 'dump'; school: number; files: number }
  | { kind: 'crash'; school: number; at: Exclude<Crash, undefined> }
  | { kind: 'claims'; count: number; outcome: 'finish' | 'return' | 'release' | 'hold' }
  | { kind: 'cancel'; school: number; files: number; pick: number }
  | { kind: 'return-held'; files: number }
  | { kind: 'sweep' }

const school = fc.nat({ max: 5 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('dump' as const), school, files: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('dump' as const), school, files: fc.constantFrom(30, 60, 250) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      school,
      at: fc.constantFrom('before-flow' as const, 'before-key' as const, 'before-settle' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('claims' as const),
      count: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 1, max: 14 }) },
        { weight: 1, arbitrary: fc.constant(90) },
      ),
      outcome: fc.constantFrom(
        'finish' as const,
        'finish' as const,
        'return' as const,
        'release' as const,
        'hold' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('cancel' as const),
      school,
      files: fc.integer({ min: 1, max: 20 }),
      pick: fc.nat(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('return-held' as const), files: fc.integer({ min: 1, max: 30 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sweep' as const) }) },
)
const runs = fc.record({
  weights: fc.array(fc.constantFrom(0.5, 1, 2, 4), { minLength: 6, maxLength: 6 }),
  steps: fc.array(step, { minLength: 5, maxLength: 60 }),
})

/** Plays `steps`; `watch` sees the model at every first claim. */
function play(
  steps: readonly Step[],
  weightOf: (npsn: string) => number,
  watch: {
    queued?: (item: Item, ownAhead: number) => void
    emptied?: (flow: string) => void
    served?: (item: Item, passed: readonly Item[], backlogged: (flow: string) => boolean) => void
  },
): void {
  const model = createModel((flow) => paceOf(POLICY, weightOf(flow.split('/')[0]!)), {
    queued: (item, ahead) => watch.queued?.(item, ahead),
    emptied: (flow) => watch.emptied?.(flow),
    served: (item, passed) => watch.served?.(item, passed, model.backlogged),
  })
  for (const one of steps) {
    switch (one.kind) {
      case 'dump':
        for (let i = 0; i < one.files; i++) model.submit(String(one.school))
        break
      case 'crash':
        model.submit(String(one.school), one.at)
        break
      case 'sweep':
        model.sweep()
        break
      case 'cancel': {
        const own = model.items.filter((i) => i.flow.startsWith(String(one.school)) && i.state === 'queued')
        for (let i = 0; i < Math.min(one.files, own.length); i++) model.cancel(own[(one.pick + i) % own.length]!)
        break
      }
      case 'return-held': {
        const held = model.items.filter((i) => i.state === 'claimed')
        for (const item of held.slice(0, one.files)) model.resubmit(item)
        break
      }
      case 'claims':
        for (let i = 0; i < one.count; i++) {
          const item = model.claim()
          if (!item) break
          if (one.outcome === 'finish') model.finish(item)
          if (one.outcome === 'return') model.resubmit(item)
          if (one.outcome === 'release') model.release(item)
        }
    }
  }
}

function spreads(steps: readonly Step[], weightOf: (npsn: string) => number): Map<string, number> {
  const spread = createSpread((flow) => weightOf(flow.split('/')[0]!))
  const waiting = new Set<string>()
  play(steps, weightOf, {
    queued: (item) => void waiting.add(item.flow),
    emptied(flow) {
      waiting.delete(flow)
      spread.emptied(flow)
    },
    served(item, passed, backlogged) {
      const before = new Set(waiting)
      for (const flow of before) if (!backlogged(flow)) waiting.delete(flow)
      spread.served(
        [...passed, item].map((i) => i.flow),
        before,
        waiting,
      )
    },
  })
  return spread.worst
}
function expectBounded(steps: readonly Step[], weightOf: (npsn: string) => number): void {
  for (const [pair, spread] of spreads(steps, weightOf)) {
    expect(spread, pair).toBeLessThanOrEqual(boundOf(pair, POLICY.batch, (flow) => weightOf(flow.split('/')[0]!)))
  }
}

describe('the bounds of the fair queue', { timeout: 600_000 }, () => {
  test('two flows that stay backlogged are served within 2b of each other, and a round of credit', () => {
    fc.assert(
      fc.property(runs, ({ steps }) => {
        expectBounded(steps, () => 1)
      }),
      { numRuns: RUNS },
    )
  })
  test('with weights the served counts divided by weight stay within b(1/w + 1/w′), and a round of credit', () => {
    fc.assert(
      fc.property(runs, ({ weights, steps }) => {
        expectBounded(steps, (npsn) => weights[Number(npsn)]!)
      }),
      { numRuns: RUNS },
    )
  })
  test('an item is claimed after at most i + (M−1)·b·(⌊i/b⌋+2) + N·b first claims', () => {
    const N = 6
    const M = 2 * N
    const b = POLICY.batch
    fc.assert(
      fc.property(runs, ({ steps }) => {
        let claims = 0
        const bounds = new Map<number, number>()
        play(steps, () => 1, {
          queued: (item, i) => void bounds.set(item.id, claims + i + (M - 1) * b * (Math.floor(i / b) + 2) + N * b),
          served: (item) => {
            claims += 1
            expect(claims - 1).toBeLessThanOrEqual(bounds.get(item.id)!)
          },
        })
      }),
      { numRuns: RUNS },
    )
  })
  test('a school’s own files are first claimed in the order in which they came, resubmissions apart', () => {
    fc.assert(
      fc.property(runs, ({ steps }) => {
        const last = new Map<string, number>()
        // a file whose enqueueing was cut off gets its place when it is driven on
        const whole = steps.filter((s) => s.kind !== 'crash')
        play(whole, () => 1, {
          served: (item) => {
            expect(item.id).toBeGreaterThan(last.get(item.flow) ?? -1)
            last.set(item.flow, item.id)
          },
        })
      }),
      { numRuns: RUNS },
    )
  })
})
