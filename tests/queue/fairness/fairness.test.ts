import { describe, expect, test } from 'vitest'
import {
  EMPTY_FLOW,
  PLACED_KEPT,
  arrive,
  forgive,
  frontKey,
  keyOf,
  paceOf,
  roundOf,
  settle,
  weightOf,
} from '../../../src/queue/fairness/fairness.ts'
import { flowOf } from '../../../src/models/application/application.ts'
import type { Flow, Policy } from '../../../src/queue/fairness/fairness.ts'

const FAIR: Policy = { policy: 'fair', batch: 5, stride: 1000 }
const PACE = paceOf(FAIR, 1)

function arrivals(count: number, from: Flow = EMPTY_FLOW, V = 0, name = 'a'): Flow {
  let flow = from
  for (let i = 0; i < count; i++) flow = arrive(flow, { ...PACE, place: `${name}${i}/1`, V, seq: i + 1, credit: false })
  return flow
}

describe('a flow', () => {
  test('puts five files into a round and the sixth into the next', () => {
    expect(arrivals(6).pending.map(({ S, bs, n }) => [S, bs, n])).toEqual([
      [0, 1, 1],
      [0, 1, 2],
      [0, 1, 3],
      [0, 1, 4],
      [0, 1, 5],
      [1000, 6, 1],
    ])
  })
  test('gives no second place to an application that is pending or placed already', () => {
    const once = arrivals(1)
    expect(arrivals(1, once)).toBe(once)
    const settled = settle(once, 'a0/1')
    expect(settled.pending).toEqual([])
    expect(arrivals(1, settled)).toBe(settled)
  })
  test('remembers only the latest places', () => {
    let flow = arrivals(PLACED_KEPT + 3)
    for (const { place } of flow.pending) flow = settle(flow, place)
    expect(flow.placed).toHaveLength(PLACED_KEPT)
    expect(flow.placed.at(-1)).toBe(`a${PLACED_KEPT + 2}/1`)
  })
  test('that was away starts at the virtual time, not where it left off', () => {
    expect(arrivals(1, arrivals(1), 7000, 'b').pending.at(-1)).toMatchObject({ S: 7000, n: 1 })
  })
  test('of resubmissions starts one round before the virtual time', () => {
    const flow = arrive(EMPTY_FLOW, { ...PACE, place: 'a/1', V: 7000, seq: 1, credit: true })
    expect(flow).toMatchObject({ S: 6000, F: 7000 })
    expect(arrive(EMPTY_FLOW, { ...PACE, place: 'a/1', V: 0, seq: 1, credit: true })).toMatchObject({ S: 0 })
  })
  test('whose files were all cancelled owes one round, not what they took', () => {
    const dump = { ...arrivals(600), pending: [] }
    const forgiven = forgive(dump, 2000, PACE)
    expect(forgiven.F).toBe(3000)
    expect(arrivals(1, forgiven, 2000, 'b').pending.at(-1)).toMatchObject({ S: 3000, n: 1 })
    const small = { ...arrivals(2), pending: [] }
    expect(forgive(small, 0, PACE)).toBe(small)
  })
})

describe('policies', () => {
  test('FIFO gives every file the virtual time and orders by arrival', () => {
    const pace = paceOf({ ...FAIR, policy: 'fifo' }, 1)
    let flow = EMPTY_FLOW
    for (let i = 1; i <= 7; i++) flow = arrive(flow, { ...pace, place: `${i}/1`, V: 3000, seq: i, credit: true })
    expect(flow.pending.map(({ S, bs, n }) => [S, bs, n])).toEqual([1, 2, 3, 4, 5, 6, 7].map((i) => [3000, i, 1]))
  })
  test('√enrolment makes rounds of large schools shorter, within bounds, and knows nothing of other policies', () => {
    const sqrt: Policy = { ...FAIR, policy: 'sqrt-enrolment' }
    expect([null, 1, 100, 400, 100_000].map((n) => weightOf(sqrt, n))).toEqual([1, 0.5, 1, 2, 4])
    expect(weightOf(FAIR, 400)).toBe(1)
    expect(paceOf(sqrt, 2)).toEqual({ batch: 5, step: 500 })
  })
})

describe('keys', () => {
  test('order as S, then bs, then n, whatever their lengths', () => {
    const places = [
      { S: 0, bs: 9, n: 5 },
      { S: 0, bs: 10, n: 1 },
      { S: 0, bs: 10, n: 100 },
      { S: 1000, bs: 1, n: 1 },
      { S: 20_000_000, bs: 1, n: 1 },
    ]
    expect(places.map(keyOf).toSorted()).toEqual(places.map(keyOf))
    expect(new Set(places.map((p) => keyOf(p).length)).size).toBe(1)
  })
  test('of what was moved to the front come before all others, in the order of moving', () => {
    const keys = [frontKey(2), frontKey(11), keyOf({ S: 0, bs: 1, n: 1 })]
    expect(keys.toSorted()).toEqual(keys)
    expect(frontKey(1).length).toBe(keyOf({ S: 0, bs: 1, n: 1 }).length)
  })
  test('name rounds from one', () => {
    expect([0, 999, 1000, 12_500].map((S) => roundOf(S, 1000))).toEqual([1, 1, 2, 13])
    expect([flowOf('69900001', false), flowOf('69900001', true)]).toEqual(['69900001', '69900001/r'])
  })
})
