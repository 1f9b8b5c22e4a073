import { eachOf } from '../../config/each-of.ts'
import { addToFlow, flowsWithPending, lowerFlow, flowById, settleInFlow } from '../../models/application/flows.ts'
import { raiseVirtualTime, tick, virtualTime } from '../../models/application/clock.ts'
import {
  applicationById,
  countInVerification,
  giveKey,
  largestServedStart,
  unkeyed,
} from '../../models/application/changes.ts'
import type { ApplicationDocument } from '../../models/application/kept.ts'
import { announce } from '../context.ts'
import type { QueueContext } from '../context.ts'
import { PLACED_KEPT, arrivalPipeline, forgive, keyOf, paceOf, weightOf } from './fairness.ts'
import type { Pace } from './fairness.ts'

const SWEEP_BATCH = 200

export type Places = ReturnType<typeof createPlaces>

/** Places in the fair queue: ENQUEUE steps 2 to 4, the cancel rule and the repair of the virtual time. */
export function createPlaces(context: QueueContext) {
  const { database, log } = context
  let repaired: Promise<void> | undefined
  let raisedTo = -1

  async function paceFor(flow: string): Promise<Pace> {
    const { fairness } = context.office.current()
    if (fairness.policy !== 'sqrt-enrolment') return paceOf(fairness, 1)
    return paceOf(fairness, weightOf(fairness, await context.enrolment(flow.split('/')[0]!)))
  }

  /** V := max(V, the largest start that was claimed). */
  async function repair(): Promise<void> {
    await raiseVirtualTime(database, await largestServedStart(database))
  }
  /** Once in this process, before its first enqueueing. */
  function repairedOnce(): Promise<void> {
    repaired ??= repair().catch((error: unknown) => {
      repaired = undefined
      throw error
    })
    return repaired
  }

  /** Drives an `unkeyed` application on to `queued`. Safe to repeat and to run twice at once. */
  async function driveOn(application: ApplicationDocument): Promise<void> {
    const { _id, flow, place } = application
    if (application.state !== 'unkeyed' || flow === undefined || place === undefined) return
    await repairedOnce()
    const pace = await paceFor(flow)
    const { V, seq } = await tick(database)
    const after = await addToFlow(
      database,
      flow,
      arrivalPipeline({ ...pace, place, V, seq, credit: flow.endsWith('/r') }),
    )
    const given = after.pending.find((p) => p.place === place)
    // not pending: another driver has finished meanwhile
    if (!given) return
    if (await giveKey(database, _id, place, { key: keyOf(given), start: given.S }))
      announce(context, { ...application, state: 'queued' })
    await settleInFlow(database, flow, place, PLACED_KEPT)
  }

  async function settleLeftovers(): Promise<void> {
    const flows = await flowsWithPending(database, SWEEP_BATCH)
    await eachOf(
      flows,
      { log, what: 'a flow keeps what was placed', ids: ({ _id }) => ({ flow: _id }) },
      async (flow) => {
        for (const { place } of flow.pending) {
          const application = await applicationById(database, place.slice(0, place.indexOf('/')))
          if (application?.state === 'unkeyed' && application.place === place) continue
          await settleInFlow(database, flow._id, place, PLACED_KEPT)
        }
      },
    )
  }

  return {
    driveOn,
    repair,
    /** Drives on what was cut off before `since`, and settles places whose application carries them. */
    async sweep(since: Date): Promise<number> {
      await repairedOnce()
      const waiting = await unkeyed(database, since, SWEEP_BATCH)
      await eachOf(
        waiting,
        { log, what: 'an application has no place yet', ids: ({ _id }) => ({ application: _id }) },
        driveOn,
      )
      await settleLeftovers()
      return waiting.length
    },
    /** Off the claim's hot path: the virtual time follows the start of what was claimed in verification. */
    served(application: ApplicationDocument): void {
      const { stage, start } = application
      if (stage !== 'verification' || start === undefined || start <= raisedTo) return
      raisedTo = start
      context.later(
        raiseVirtualTime(database, start).catch((error: unknown) => {
          raisedTo = -1
          throw error
        }),
      )
    },
    /** After a cancel in verification. */
    async cancelled(application: ApplicationDocument): Promise<void> {
      const { flow } = application
      if (flow === undefined) return
      const read = await flowById(database, flow)
      if (!read || read.pending.length > 0) return
      if ((await countInVerification(database, flow)) > 0) return
      const { F, bs } = forgive(read, await virtualTime(database), await paceFor(flow))
      if (F !== read.F || bs !== read.bs) await lowerFlow(database, read, { F, bs })
    },
  }
}
