import { randomUUID } from 'node:crypto'
import type { mongo } from 'mongoose'
import type { ApplicationDocument } from '../../src/models/application/kept.ts'

/**
 * Baseline of the claims: the driver's sorted findOneAndUpdate, alone, on the collection and index that the queue uses.
 * It takes the next application for `by` under a lease, and knows no limits, history, requests or virtual time.
 */
export async function driverClaim(
  collection: mongo.Collection<ApplicationDocument>,
  by: string,
): Promise<string | undefined> {
  const claimed = await collection.findOneAndUpdate(
    { stage: 'verification', state: 'queued' },
    {
      $set: {
        state: 'claimed',
        claim: { by, token: randomUUID(), leaseUntil: new Date(Date.now() + 600_000), prefetch: false },
      },
      $inc: { rev: 1 },
    },
    { sort: { key: 1 }, hint: { stage: 1, key: 1 }, returnDocument: 'after' },
  )
  return claimed ? claimed._id : undefined
}
