import { waitingSchools } from '../../models/application/lists.ts'
import type { QueueContext } from '../context.ts'
import type { Policy } from './fairness.ts'
import { previewOrder } from './policy-preview.ts'
import type { SchoolOrder } from './policy-preview.ts'

/** Enough to see what a policy does; more would be read by nobody. */
const MOST = 1000

export function createPolicies({ database, office, enrolment }: QueueContext) {
  return {
    /** What waits for verification now, had it all come under the policy that holds, and under `wish`. */
    async preview(wish: Pick<Policy, 'policy' | 'batch'>): Promise<{
      files: number
      present: readonly SchoolOrder[]
      wished: readonly SchoolOrder[]
    }> {
      const npsns = await waitingSchools(database, MOST)
      const known = new Map(
        await Promise.all([...new Set(npsns)].map(async (npsn) => [npsn, await enrolment(npsn)] as const)),
      )
      const waiting = npsns.map((npsn) => ({ npsn, enrolled: known.get(npsn) ?? null }))
      return {
        files: waiting.length,
        present: previewOrder(waiting, office.current().fairness),
        wished: previewOrder(waiting, { ...office.current().fairness, ...wish }),
      }
    },
  }
}
