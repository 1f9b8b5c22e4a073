import { isDuplicateKey } from '../store/errors.ts'
import type { Database } from '../store/connect.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** Failed sign-ins of one account from one address. `_id` is a keyed hash of both. */
type LoginAttemptDocument = {
  _id: string
  failures: number
  /** How often it was locked lately: each lock lasts twice as long as the one before. */
  locks: number
  lockedUntil?: Date
  /** Forgotten after this moment. */
  until: Date
}

const schema = keptIn<LoginAttemptDocument>('loginAttempts')
schema.index({ until: 1 }, { name: 'expiry' })

export const loginAttempts = modelOf('LoginAttempt', schema)

const FAILURES_TO_LOCK = 5
const FIRST_LOCK_MS = 60_000
const LONGEST_LOCK_MS = 15 * 60_000
const REMEMBERED_MS = 60 * 60_000

/** Until when this pair is locked; undefined when it may try. */
export async function lockedUntil(database: Database, key: string, now: Date): Promise<Date | undefined> {
  const found = await loginAttempts(database)
    .findOne({ _id: key, lockedUntil: { $gt: now } })
    .lean()
  return found?.lockedUntil
}

/** Counts one failure, in one write; the fifth since the last lock locks the pair. */
export async function countFailure(database: Database, key: string, now: Date): Promise<void> {
  const known = { $gt: ['$until', now] }
  const counted = {
    failures: { $add: [{ $cond: [known, { $ifNull: ['$failures', 0] }, 0] }, 1] },
    locks: { $cond: [known, { $ifNull: ['$locks', 0] }, 0] },
    until: new Date(now.getTime() + REMEMBERED_MS),
  }
  const span = { $min: [LONGEST_LOCK_MS, { $multiply: [FIRST_LOCK_MS, { $pow: [2, '$locks'] }] }] }
  const full = { $gte: ['$failures', FAILURES_TO_LOCK] }
  const locked = {
    lockedUntil: { $cond: [full, { $add: [now, span] }, '$lockedUntil'] },
    locks: { $cond: [full, { $add: ['$locks', 1] }, '$locks'] },
    failures: { $cond: [full, 0, '$failures'] },
  }
  const write = () =>
    loginAttempts(database).updateOne({ _id: key }, [{ $set: counted }, { $set: locked }], {
      upsert: true,
      updatePipeline: true,
    })
  try {
    await write()
  } catch (error) {
    // two first failures in two processes: one inserts, the other counts on it
    if (!isDuplicateKey(error)) throw error
    await write()
  }
}

/** After a sign-in that went well. Old pairs are removed on the way: nothing else comes by so rarely and so surely. */
export async function forgetFailures(database: Database, key: string, now: Date): Promise<void> {
  await loginAttempts(database).deleteMany({ $or: [{ _id: key }, { until: { $lte: now } }] })
}
