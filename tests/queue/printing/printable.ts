import { SCHOOL_A, submission, worker } from '../world.ts'
import type { World } from '../world.ts'

const BOSS = worker('bos', 'supervisor')
let transaction = 0
export const next = () => `t-${(transaction += 1)}`

/** So many applications that wait for the printer, each with a change of its own. */
export async function printable(
  w: World,
  count: number,
  changeOf: (i: number) => Parameters<typeof submission>[1] = () => ({}),
): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const one = submission(SCHOOL_A, changeOf(i))
    await w.queue.submissions.submit(one)
    ids.push(one.draft)
    for (const stage of ['verification', 'siak_entry'] as const) {
      const taken = await w.queue.claims.take({ operator: BOSS, stages: [stage] })
      const token = taken?.claim.token
      const skip = ['photo'] as const
      await w.queue.decisions.decide(one.draft, {
        token,
        operator: BOSS,
        action: 'approve',
        skip,
        transactionId: next(),
      })
      await w.settle()
    }
  }
  return ids
}
