import { EMPTY_FLOW, arrive, keyOf, paceOf, weightOf } from './fairness.ts'
import type { Flow, Policy } from './fairness.ts'

export type Waiting = { npsn: string; enrolled: number | null }
/** Where a school's files stand: the first and the last position from 1. */
export type SchoolOrder = { npsn: string; files: number; first: number; last: number }

/**
 * In which order these files would be served had they all come under `policy`, in the order given and before anything
 * was served. A preview: a change of policy leaves the keys that were given as they are.
 */
export function previewOrder(waiting: readonly Waiting[], policy: Policy): SchoolOrder[] {
  const flows = new Map<string, Flow>()
  const keys = waiting.map(({ npsn, enrolled }, i) => {
    const pace = paceOf(policy, weightOf(policy, enrolled))
    const place = `${npsn}/${i}`
    const flow = arrive(flows.get(npsn) ?? EMPTY_FLOW, { ...pace, place, V: 0, seq: i + 1, credit: false })
    flows.set(npsn, flow)
    const given = flow.pending.find((one) => one.place === place)
    return { npsn, key: given ? keyOf(given) : '' }
  })
  const schools = new Map<string, SchoolOrder>()
  for (const [i, { npsn }] of keys.toSorted((a, b) => (a.key < b.key ? -1 : 1)).entries()) {
    const known = schools.get(npsn)
    if (known) {
      known.files += 1
      known.last = i + 1
    } else schools.set(npsn, { npsn, files: 1, first: i + 1, last: i + 1 })
  }
  return [...schools.values()]
}
