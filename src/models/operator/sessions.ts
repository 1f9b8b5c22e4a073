import { behind } from '../store/behind.ts'
import type { Place } from '../store/behind.ts'
import type { Database } from '../store/connect.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** One signed-in browser. `_id` is the hash of the cookie's value: who reads the database can enter no session. */
type OperatorSessionDocument = {
  _id: string
  operator: string
  /** Browser and system in words, as `Chrome, Windows`. */
  device?: string
  createdAt: Date
  seenAt: Date
  /** Slides with use; never later than `endsAt`. */
  expiresAt: Date
  endsAt: Date
}

const schema = keptIn<OperatorSessionDocument>('operatorSessions')
schema.index({ operator: 1, createdAt: -1, _id: -1 }, { name: 'operator' })
schema.index({ expiresAt: 1 }, { name: 'expiry' })

export const operatorSessions = modelOf('OperatorSession', schema)

const HOUR_MS = 3_600_000
/** A lunch break and a meeting do not sign anybody out; a night does. */
const IDLE_MS = 10 * HOUR_MS
const LONGEST_MS = 7 * 24 * HOUR_MS
const TOUCH_MS = 5 * 60_000

export async function openSession(
  database: Database,
  hash: string,
  operator: string,
  now: Date,
  device?: string,
): Promise<void> {
  const at = now.getTime()
  await operatorSessions(database).create({
    _id: hash,
    operator,
    ...(device === undefined ? {} : { device }),
    createdAt: now,
    seenAt: now,
    expiresAt: new Date(at + IDLE_MS),
    endsAt: new Date(at + LONGEST_MS),
  })
}

/** The operator's id, and the session lives on; undefined when there is no such session or it is over. */
export async function useSession(database: Database, hash: string, now: Date): Promise<string | undefined> {
  const sessions = operatorSessions(database)
  const found = await sessions.findOne({ _id: hash, expiresAt: { $gt: now } }).lean()
  if (!found) return undefined
  if (now.getTime() - found.seenAt.getTime() > TOUCH_MS) {
    const expiresAt = new Date(Math.min(now.getTime() + IDLE_MS, found.endsAt.getTime()))
    await sessions.updateOne({ _id: hash }, { $set: { seenAt: now, expiresAt } })
  }
  return found.operator
}

export async function closeSession(database: Database, hash: string): Promise<void> {
  await operatorSessions(database).deleteOne({ _id: hash })
}

/** Ends all sessions of an operator but `keep`. */
export async function closeSessionsOf(database: Database, operator: string, keep?: string): Promise<void> {
  await operatorSessions(database).deleteMany({ operator, ...(keep ? { _id: { $ne: keep } } : {}) })
}

export async function removeExpiredSessions(database: Database, now: Date): Promise<void> {
  await operatorSessions(database).deleteMany({ expiresAt: { $lte: now } })
}

export type OperatorSession = { id: string; device?: string; createdAt: Date; seenAt: Date }

/** An operator's sessions that are not over, the one opened last first: use moves none of them. */
export async function sessionsOf(
  database: Database,
  operator: string,
  page: { now: Date; place?: Place<Date> | undefined; limit: number },
): Promise<OperatorSession[]> {
  const found = await operatorSessions(database)
    .find({ operator, expiresAt: { $gt: page.now }, ...behind('createdAt', page.place, -1) })
    .sort({ createdAt: -1, _id: -1 })
    .limit(page.limit)
    .lean()
  return found.map(({ _id, device, createdAt, seenAt }) => ({
    id: _id,
    createdAt,
    seenAt,
    ...(device === undefined ? {} : { device }),
  }))
}

/** Ends one session of this operator; false where it is not theirs. */
export async function endSession(database: Database, operator: string, id: string): Promise<boolean> {
  const { deletedCount } = await operatorSessions(database).deleteOne({ _id: id, operator })
  return deletedCount === 1
}
