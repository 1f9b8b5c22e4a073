import type { Refusal } from '../../../src/models/store/errors.ts'
import type { Submission } from '../../../src/queue/submissions/submissions.ts'
import type { Claimed } from '../../../src/queue/work/claims.ts'
import type { Decision } from '../../../src/queue/work/outcome.ts'
import { SCHOOL_A, createWorld, submission, worker } from '../world.ts'
import type { World } from '../world.ts'

export const SITI = worker('siti', 'verifikator')
export const CHIEF = worker('kepala', 'supervisor')
/** A submitted pupil whom `operator` holds. */
export async function held(change: Partial<Submission> = {}, operator = SITI): Promise<{ world: World; one: Claimed }> {
  const world = await createWorld()
  await world.queue.submissions.submit(submission(SCHOOL_A, change))
  return { world, one: (await world.queue.claims.take({ operator }))! }
}
export function decision(one: Claimed, change: Partial<Decision>): Decision {
  return { token: one.claim.token, operator: SITI, action: 'approve', transactionId: 'd1', ...change }
}
/** Why it was refused, or `done`. */
export async function refused(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: Refusal) => error.kind,
  )
}
/** Approves up to `stage` as a supervisor and claims it there. */
export async function heldIn(stage: string, change: Partial<Submission> = {}): Promise<{ world: World; one: Claimed }> {
  const { world, one: first } = await held(change, CHIEF)
  let one = first
  while (one.stage !== stage) {
    await world.queue.decisions.decide(
      one.id,
      decision(one, { operator: CHIEF, transactionId: `to-${stage}-from-${one.stage}` }),
    )
    await world.settle()
    one = (await world.queue.claims.take({ operator: CHIEF }))!
  }
  return { world, one }
}
