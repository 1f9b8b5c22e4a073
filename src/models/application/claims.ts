import type { Connection } from 'mongoose'
import type { Actor, Claim, ClaimStage } from './application.ts'
import { guarded } from '../store/failpoint.ts'
import { applications } from './kept.ts'
import type { ApplicationDocument } from './kept.ts'
import type { StoredEntry } from './history.ts'

/** Where a claimed application is looked for: among these stages, not skipped by this operator. */
export type ClaimQuery = { stages: readonly ClaimStage[]; by: string }

/**
 * The next application in the order of service, to `claim` only: one operation on the partial index `claim`.
 * Null when nothing waits. Throws a duplicate key where the operator holds a claim of this number already, or where
 * this request was answered before; nothing is written then.
 */
export function claimNext(
  database: Connection,
  query: ClaimQuery,
  claim: Claim,
  how: { at: Date; by: Actor; request?: string | undefined },
): Promise<ApplicationDocument | null> {
  const { token, leaseUntil } = claim
  const { request } = how
  // the unique index tells requests of different applications apart, and no two of the same one
  const other = request === undefined ? {} : { 'claimRequests.id': { $ne: request } }
  const answered = request === undefined ? {} : { claimRequests: { id: request, token, leaseUntil } }
  // stage and seq are told by its place in the history: an update that computed them would cost half as much again
  const entry: StoredEntry = { at: how.at, by: how.by, action: 'claim' }
  return guarded('application.claim', async () => {
    // past mongoose's casting: this is the hottest operation there is
    const document = await applications(database).collection.findOneAndUpdate(
      { stage: { $in: [...query.stages] }, state: 'queued', 'skip.by': { $ne: query.by }, ...other },
      {
        $set: { state: 'claimed', served: true, claim },
        $inc: { rev: 1, seq: 1 },
        $push: { history: entry, ...answered } as never,
      },
      // the index `claim`; another one would read through what is claimed already
      { sort: { key: 1 }, hint: { stage: 1, key: 1 }, returnDocument: 'after' },
    )
    return document as unknown as ApplicationDocument | null
  })
}

/** The application that `request` was answered with. */
export function claimedByRequest(database: Connection, request: string): Promise<ApplicationDocument | null> {
  return applications(database).findOne({ 'claimRequests.id': request }).lean<ApplicationDocument>().exec()
}

/** What `operator` holds by itself, not in a batch, in the order in which it is to be worked: a prefetched one last. */
export function claimsOf(database: Connection, operator: string): Promise<ApplicationDocument[]> {
  return applications(database)
    .find({ state: 'claimed', 'claim.by': operator, 'claim.batch': { $exists: false } })
    .sort({ 'claim.prefetch': 1, key: 1 })
    .lean<ApplicationDocument[]>()
    .exec()
}

/** Prolongs the claim; false where it is no longer this one. */
export async function prolongClaim(
  database: Connection,
  id: string,
  token: string,
  leaseUntil: Date,
): Promise<boolean> {
  const result = await guarded('application.renew', () =>
    applications(database).updateOne(
      { _id: id, state: 'claimed', 'claim.token': token },
      { $set: { 'claim.leaseUntil': leaseUntil, 'claim.prefetch': false } },
    ),
  )
  return result.matchedCount === 1
}

/** Makes a claim one that is held ahead, under a short lease; nothing where it is no longer this one. */
export async function demoteClaim(database: Connection, id: string, token: string, leaseUntil: Date): Promise<void> {
  await guarded('application.demote', () =>
    applications(database).updateOne(
      { _id: id, state: 'claimed', 'claim.token': token },
      { $set: { 'claim.leaseUntil': leaseUntil, 'claim.prefetch': true } },
    ),
  )
}

/**
 * One of the operator's later claims takes the number `n` that came free: the last of a series, or the prefetched one,
 * which becomes the current one where a whole lease is given. Throws a duplicate key where the number is taken again.
 */
export async function promoteClaim(
  database: Connection,
  operator: string,
  n: number,
  leaseUntil: Date | undefined,
): Promise<void> {
  await guarded('application.promote', () =>
    applications(database).findOneAndUpdate(
      { state: 'claimed', 'claim.by': operator, 'claim.n': { $gt: n } },
      { $set: { 'claim.n': n, ...(leaseUntil && { 'claim.prefetch': false, 'claim.leaseUntil': leaseUntil }) } },
      { sort: { 'claim.n': -1 }, hint: 'claim-number' },
    ),
  )
}

/** Claims whose lease has run out. */
export function expiredClaims(database: Connection, at: Date, limit: number): Promise<ApplicationDocument[]> {
  return applications(database)
    .find({ state: 'claimed', 'claim.leaseUntil': { $lte: at } })
    .hint('lease')
    .limit(limit)
    .lean<ApplicationDocument[]>()
    .exec()
}

/** Releases that no longer keep an application from whoever released it. */
export async function dropOldSkips(database: Connection, at: Date): Promise<void> {
  await guarded('application.unskip', () =>
    applications(database).updateMany({ 'skip.until': { $lte: at } }, { $pull: { skip: { until: { $lte: at } } } }),
  )
}

/** Whether the operator holds an application that came from this chat. */
export async function holdsFrom(database: Connection, operator: string, chat: string): Promise<boolean> {
  return (await applications(database).exists({ state: 'claimed', 'claim.by': operator, chat })) !== null
}
