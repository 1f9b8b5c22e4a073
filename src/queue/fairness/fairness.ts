import type { PipelineStage } from 'mongoose'

/**
 * Batched start-time fair queueing, the pure core (design "The fair queue"). A flow is one school's first submissions
 * or its resubmissions; `F` is where its next batch may start, `S`, `bs` and `n` are its open batch: virtual start,
 * sequence number and places given. `pending` are places that an application does not carry yet, `placed` the names
 * of the latest that it does: a second driver of the same application adds nothing.
 */
export type Flow = { F: number; S: number; bs: number; n: number; pending: readonly Place[]; placed: readonly string[] }
export type Place = { place: string; S: number; bs: number; n: number }

export const EMPTY_FLOW: Flow = { F: 0, S: 0, bs: 0, n: 0, pending: [], placed: [] }
/** Longer than any driver of one school's applications may lag behind another; then a place would be given twice. */
export const PLACED_KEPT = 64

/** `batch` files a round; `step` is a round's virtual length, STR/w as a whole number. */
export type Pace = { batch: number; step: number }
export type Arrival = Pace & { place: string; V: number; seq: number; credit: boolean }

export type Policy = { policy: 'fair' | 'fifo' | 'sqrt-enrolment'; batch: number; stride: number }
const REFERENCE_ENROLMENT = 100
const LEAST_WEIGHT = 0.5
const MOST_WEIGHT = 4

/** √(enrolled ÷ 100), from 0.5 to 4, for the policy `sqrt-enrolment`; 1 where it is not known or the policy is another. */
export function weightOf(policy: Policy, enrolled: number | null): number {
  if (policy.policy !== 'sqrt-enrolment' || enrolled === null) return 1
  return Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, Math.sqrt(enrolled / REFERENCE_ENROLMENT)))
}

/**
 * FIFO is the same rule with batches of one that last no virtual time: the start is then always the virtual time, and
 * a school that queued under another policy stays behind its own earlier files.
 */
export function paceOf(policy: Policy, weight: number): Pace {
  if (policy.policy === 'fifo') return { batch: 1, step: 0 }
  return { batch: policy.batch, step: Math.max(1, Math.round(policy.stride / weight)) }
}

/** ENQUEUE step 2 as a function. A resubmission's `credit` is one round. */
export function arrive(flow: Flow, arrival: Arrival): Flow {
  const known = flow.placed.includes(arrival.place) || flow.pending.some((p) => p.place === arrival.place)
  if (known) return flow
  const base = baseOf(arrival)
  const fresh = flow.bs === 0 || flow.n >= arrival.batch || flow.S < base
  const S = fresh ? Math.max(base, flow.F) : flow.S
  const bs = fresh ? arrival.seq : flow.bs
  const n = (fresh ? 0 : flow.n) + 1
  return {
    F: fresh ? S + arrival.step : flow.F,
    S,
    bs,
    n,
    pending: [...flow.pending, { place: arrival.place, S, bs, n }],
    placed: flow.placed,
  }
}

/** The same step as one pipeline update of the flow's document (upserted); a test holds it to `arrive`. */
export function arrivalPipeline(arrival: Arrival): PipelineStage.Set[] | (PipelineStage.Set | PipelineStage.Unset)[] {
  const base = baseOf(arrival)
  const place = { $literal: arrival.place }
  return [
    { $set: Object.fromEntries(Object.entries(EMPTY_FLOW).map(([k, v]) => [k, { $ifNull: [`$${k}`, v] }])) },
    { $set: { known: { $in: [place, { $concatArrays: ['$pending.place', '$placed'] }] } } },
    {
      $set: {
        fresh: {
          $and: [
            { $not: ['$known'] },
            { $or: [{ $eq: ['$bs', 0] }, { $gte: ['$n', arrival.batch] }, { $lt: ['$S', base] }] },
          ],
        },
      },
    },
    {
      $set: {
        S: { $cond: ['$fresh', { $max: [base, '$F'] }, '$S'] },
        F: { $cond: ['$fresh', { $add: [{ $max: [base, '$F'] }, arrival.step] }, '$F'] },
        bs: { $cond: ['$fresh', arrival.seq, '$bs'] },
        n: { $add: [{ $cond: ['$fresh', 0, '$n'] }, { $cond: ['$known', 0, 1] }] },
      },
    },
    {
      $set: {
        pending: {
          $cond: ['$known', '$pending', { $concatArrays: ['$pending', [{ place, S: '$S', bs: '$bs', n: '$n' }]] }],
        },
      },
    },
    { $unset: ['known', 'fresh'] },
  ]
}

/**
 * Step 4: the application carries its place now.
 * @internal the rule by which tests measure `settleInFlow`, which says it to the database
 */
export function settle(flow: Flow, place: string): Flow {
  return {
    ...flow,
    pending: flow.pending.filter((p) => p.place !== place),
    placed: [...flow.placed, place].slice(-PLACED_KEPT),
  }
}

/**
 * After a cancel that left the flow nothing in verification: it owes no more than one round. Its open batch lies beyond
 * that and is closed with it, or two batches would share one round.
 */
export function forgive(flow: Flow, V: number, pace: Pace): Flow {
  const F = V + pace.step
  return F < flow.F ? { ...flow, F, bs: 0 } : flow
}

const S_WIDTH = 12
const BS_WIDTH = 10
const N_WIDTH = 3
/** `S|bs|n`, each a whole number of fixed width, so that the order of strings is the order of service. */
export function keyOf(place: Pick<Place, 'S' | 'bs' | 'n'>): string {
  return `${digits(place.S, S_WIDTH)}|${digits(place.bs, BS_WIDTH)}|${digits(place.n, N_WIDTH)}`
}
/** Before every key of `keyOf` (a minus sorts before digits), in the order of moving. */
export function frontKey(seq: number): string {
  return `-${digits(0, S_WIDTH - 1)}|${digits(seq, BS_WIDTH)}|${digits(0, N_WIDTH)}`
}

/** "Putaran": rounds are counted from 1. */
export function roundOf(S: number, stride: number): number {
  return Math.floor(S / stride) + 1
}

function baseOf(arrival: Arrival): number {
  return arrival.credit ? arrival.V - arrival.step : arrival.V
}
function digits(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
