import { randomUUID } from 'node:crypto'
import { eachOf } from '../../config/each-of.ts'
import { stagesOf } from '../../models/application/transitions.ts'
import type { Claim, ClaimStage } from '../../models/application/application.ts'
import { Refusal, isDuplicateKey } from '../../models/store/errors.ts'
import {
  claimNext,
  claimedByRequest,
  claimsOf,
  demoteClaim,
  expiredClaims,
  prolongClaim,
  promoteClaim,
} from '../../models/application/claims.ts'
import { applicationById } from '../../models/application/changes.ts'
import type { ApplicationDocument } from '../../models/application/kept.ts'
import { caseOf } from '../case.ts'
import type { Case } from '../case.ts'
import { announce, change, operatorOf, sealEntry, SYSTEM, write } from '../context.ts'
import type { QueueContext, Worker } from '../context.ts'
import type { Places } from '../fairness/places.ts'

export type ClaimRequest = {
  operator: Worker
  /** Where to look; by default every stage that the operator's roles work. */
  stages?: readonly ClaimStage[] | undefined
  requestId?: string | undefined
  /** Only as the prefetched one, beside what the operator works on: never a second claim with a whole lease. */
  ahead?: boolean | undefined
}
/** `ended`: the answer to a request that was answered before, whose claim somebody has ended since: the token is refused. */
export type Claimed = Case & { claim: Claim; ended?: true }

export type Claims = ReturnType<typeof createClaims>

const PREFETCH = 1
const SWEPT = 200

export function createClaims(context: QueueContext, places: Places) {
  const { database, now, sealer } = context
  const expiring = {
    log: context.log,
    what: 'a lease was not ended',
    ids: ({ _id }: ApplicationDocument) => ({ application: _id }),
  }
  const limits = () => context.office.current().claims

  function lease(prefetch: boolean): Date {
    return new Date(now().getTime() + (prefetch ? limits().prefetchLeaseSeconds : limits().leaseSeconds) * 1000)
  }
  function newClaim(by: string, n: number): Claim {
    const prefetch = n === PREFETCH
    return { by, token: randomUUID(), leaseUntil: lease(prefetch), prefetch, n }
  }
  /** Whose claim has ended without a decision is not given the application again for a while. */
  function skipOf(claim: Claim, at: Date): { by: string; until: Date } {
    return { by: claim.by, until: new Date(at.getTime() + limits().skipMinutes * 60_000) }
  }
  function whereOf(operator: Worker, asked: readonly ClaimStage[] | undefined): readonly ClaimStage[] {
    const mine = stagesOf(operator.roles)
    const stages = asked ? asked.filter((s) => mine.includes(s)) : mine
    if (stages.length === 0) throw new Refusal('forbidden', 'no stage that these roles work', { roles: operator.roles })
    return stages
  }
  function claim(operator: Worker, stages: readonly ClaimStage[], claim: Claim, request: string | undefined) {
    return claimNext(database, { stages, by: operator.id }, claim, { at: now(), by: operatorOf(operator), request })
  }
  function taken(application: ApplicationDocument, claim: Claim): Claimed {
    places.served(application)
    announce(context, application)
    return { ...caseOf(application, sealer), claim }
  }
  /** The answer that this request got, even where the claim has ended since. */
  async function answered(request: string | undefined, by: string): Promise<Claimed | null> {
    if (request === undefined) return null
    const application = await claimedByRequest(database, request)
    const before = application?.claimRequests?.find((one) => one.id === request)
    if (!application || !before) return null
    const { token, leaseUntil } = before
    const opened = caseOf(application, sealer)
    if (application.claim?.token === token) return { ...opened, claim: application.claim }
    return { ...opened, claim: { by, token, leaseUntil }, ended: true }
  }
  function requestName(operator: Worker, requestId: string | undefined, i: number): string | undefined {
    return requestId === undefined ? undefined : `${operator.id}/${requestId}/${i}`
  }

  /** After an undo has given `current` back: what had moved up is the prefetched one again. */
  async function stepBack(operator: string, current: string): Promise<void> {
    const others = (await claimsOf(database, operator)).filter((one) => one._id !== current)
    const first = others.find((one) => one.claim?.n === 0)
    // the claims of a series all have whole leases, and keep them
    const series = others.some((one) => one !== first && one.claim?.prefetch !== true)
    if (first?.claim && !series) await demoteClaim(database, first._id, first.claim.token, lease(true))
  }
  /**
   * After a claim has ended: what the operator holds beside it moves up. After a decision it is the current one with a
   * whole lease; `idle`: nobody goes on to it, so that it keeps its short one.
   */
  async function moveUp({ by, n, batch }: Claim, { idle } = { idle: false }): Promise<void> {
    // one that an undo has given back has no number: what was made the prefetched one for it is the current one again
    if (n === undefined && batch === undefined && !idle) {
      const ahead = (await claimsOf(database, by)).find((one) => one.claim?.n === 0 && one.claim.prefetch)
      if (ahead?.claim) await prolongClaim(database, ahead._id, ahead.claim.token, lease(false))
    }
    // the rest of a series may have gaps: only the first two numbers bound what an operator may take beside it
    if (n === undefined || n > PREFETCH) return
    try {
      await promoteClaim(database, by, n, idle ? undefined : lease(false))
    } catch (error) {
      // the number was taken meanwhile: there is nothing to move up to
      if (!isDuplicateKey(error)) throw error
    }
  }

  return {
    moveUp,
    stepBack,
    /**
     * The next application in the order of service, to one operator only; null when nothing waits for them.
     * Refusals: forbidden (a stage that none of the roles works), claim-limit.
     */
    async take({ operator, stages, requestId, ahead }: ClaimRequest): Promise<Claimed | null> {
      const where = whereOf(operator, stages)
      const request = requestName(operator, requestId, 0)
      for (const n of ahead ? [PREFETCH] : [0, PREFETCH]) {
        const own = newClaim(operator.id, n)
        try {
          const application = await claim(operator, where, own, request)
          return application ? taken(application, own) : await answered(request, operator.id)
        } catch (error) {
          // the unique indexes say that this number is held, or that this request was answered
          if (!isDuplicateKey(error)) throw error
          const before = await answered(request, operator.id)
          if (before) return before
        }
      }
      throw new Refusal('claim-limit', 'the current application and a prefetched one are held already')
    },
    /** Up to `count` at once; empty when nothing waits. Refusals as `take`. */
    async takeSeries({
      operator,
      stages,
      count,
      requestId,
    }: Omit<ClaimRequest, 'ahead'> & { count: number }): Promise<readonly Claimed[]> {
      const where = whereOf(operator, stages)
      const most = Math.min(count, limits().series)
      const first = await answered(requestName(operator, requestId, 0), operator.id)
      const held = first ? [] : await claimsOf(database, operator.id)
      if (held.some((a) => a.claim?.n !== undefined)) {
        throw new Refusal('claim-limit', 'a series begins with empty hands', { held: held.length })
      }
      const series: Claimed[] = []
      for (let n = 0; n < most; n++) {
        const request = requestName(operator, requestId, n)
        const before = first ? await answered(request, operator.id) : null
        if (before) {
          series.push(before)
          continue
        }
        if (first) break
        const own = { ...newClaim(operator.id, n), leaseUntil: lease(false), prefetch: false }
        try {
          const application = await claim(operator, where, own, request)
          if (!application) break
          series.push(taken(application, own))
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
          // the same request is being answered beside us: its answer is ours
          const twin = await answered(request, operator.id)
          if (!twin) throw new Refusal('claim-limit', 'a series begins with empty hands')
          series.push(twin)
        }
      }
      return series
    },
    /** A whole lease from now. Refusals: not-found, claim-lost. */
    async renew(id: string, token: string): Promise<{ leaseUntil: Date }> {
      const leaseUntil = lease(false)
      if (await prolongClaim(database, id, token, leaseUntil)) return { leaseUntil }
      const application = await applicationById(database, id)
      if (!application) throw new Refusal('not-found', 'no such application', { application: id })
      throw lost(application)
    },
    /** Back to its old place, and not to the same operator for a while. Refusals: not-found, claim-lost, invalid. */
    async release(id: string, token: string, reason: string): Promise<void> {
      if (!context.office.current().releaseReasons.some((r) => r.code === reason)) {
        throw new Refusal('invalid', 'no such reason for a release', { reason })
      }
      const ended = await change(context, id, async (application) => {
        const claim = claimOf(application, token)
        const at = now()
        const releases = application.releases + 1
        const often = releases >= limits().releasesToSupervisor
        const written = await write(
          context,
          application,
          { action: 'release', by: { kind: 'operator', id: claim.by }, to: application.stage, at, reasons: [reason] },
          {
            where: { 'claim.token': token },
            set: { state: 'queued', releases, ...(often ? { attention: 'released-often' } : {}) },
            unset: ['claim'],
            push: { skip: skipOf(claim, at) },
          },
        )
        return written && claim
      })
      await moveUp(ended, { idle: true })
    },
    /**
     * A supervisor ends somebody's claim, or only that of `from`; somebody else than the supervisor is not given it again
     * for a while. Refusals: not-found, forbidden, conflict (nobody holds it, or not `from`).
     */
    async takeBack(id: string, supervisor: Worker, note: string, from?: string): Promise<void> {
      if (!supervisor.roles.includes('supervisor')) {
        throw new Refusal('forbidden', 'only a supervisor takes a claim back', { application: id })
      }
      const ended = await change(context, id, async (application) => {
        const { claim } = application
        if (application.state !== 'claimed' || !claim || (from !== undefined && claim.by !== from))
          throw new Refusal('conflict', 'nobody holds it', { application: id })
        const at = now()
        const sealed = sealEntry(context, { note })
        const written = await write(
          context,
          application,
          { action: 'release', by: operatorOf(supervisor), to: application.stage, at, sealed },
          {
            where: { 'claim.token': claim.token },
            set: { state: 'queued' },
            unset: ['claim'],
            // a console that was about to claim ahead would get it back at once
            ...(claim.by === supervisor.id ? {} : { push: { skip: skipOf(claim, at) } }),
          },
        )
        return written && claim
      })
      await moveUp(ended, { idle: true })
    },
    /** For the sweeper: claims whose lease was over by `at` go back to their old place; one renewed meanwhile stays. */
    async expire(at: Date): Promise<void> {
      await eachOf(await expiredClaims(database, at, SWEPT), expiring, ({ _id }) =>
        change(context, _id, async (application) => {
          const { claim } = application
          if (application.state !== 'claimed' || !claim || claim.leaseUntil > at) return true
          const written = await write(
            context,
            application,
            { action: 'expire', by: SYSTEM, to: application.stage, at },
            { where: { 'claim.leaseUntil': { $lte: at } }, set: { state: 'queued' }, unset: ['claim'] },
          )
          return written && true
        }),
      )
    },
    /** What the operator holds, with tokens. */
    async heldBy(operator: string): Promise<readonly Claimed[]> {
      const held = await claimsOf(database, operator)
      return held.flatMap((a) => (a.claim ? [{ ...caseOf(a, sealer), claim: a.claim }] : []))
    },
  }
}

/** The claim that `token` names. Throws `claim-lost` where it is another's, or nobody's. */
export function claimOf(application: ApplicationDocument, token: string): Claim {
  const { claim } = application
  if (application.state !== 'claimed' || claim?.token !== token) throw lost(application)
  return claim
}

function lost(application: ApplicationDocument): Refusal {
  const { claim } = application
  return new Refusal('claim-lost', 'the claim is no longer this one', {
    application: application._id,
    stage: application.stage,
    ...(claim ? { by: claim.by } : {}),
  })
}
