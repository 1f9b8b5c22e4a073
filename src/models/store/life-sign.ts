import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { leaseModel } from './leases.ts'

/** A sign holds so long … */
const LIFE_MS = 3_000
/** … and is renewed so often. */
const BEAT_MS = 1_000
/** Signs of processes that ended long ago are cleared away by whoever starts. */
const OLD_MS = 86_400_000

type Log = { warn(about: object, message: string): void }
export type LifeSign = ReturnType<typeof createLifeSign>

/**
 * This process' sign of life. What its turns have begun to say is its own while the sign holds: others take over only
 * when it is over, and whoever could not renew it begins nothing. The own end is counted by the monotonic clock from
 * before the renewal, so that it is over here before it is over in the store.
 */
export function createLifeSign({ database, now, log }: { database: Connection; now: () => Date; log: Log }) {
  const leases = leaseModel(database)
  const self: string = randomUUID()
  const nameOf = (process: string): string => `process/${process}`
  let until = 0
  let timer: NodeJS.Timeout | undefined

  let beating: Promise<void> | undefined

  async function renew(): Promise<void> {
    const begun = performance.now()
    const over = new Date(now().getTime() + LIFE_MS)
    await leases.updateOne(
      { _id: nameOf(self) },
      { $set: { holder: self }, $max: { until: over }, $setOnInsert: { token: 1 } },
      { upsert: true },
    )
    until = begun + LIFE_MS
  }
  /** One renewal at a time: while the store is away they would come back in any order. */
  function beat(): Promise<void> {
    beating ??= renew().finally(() => (beating = undefined))
    return beating
  }
  return {
    self,
    async start(): Promise<void> {
      await leases.deleteMany({ _id: { $regex: '^process/' }, until: { $lt: new Date(now().getTime() - OLD_MS) } })
      await beat()
      timer = setInterval(() => {
        beat().catch((error: unknown) => log.warn({ err: error }, 'the sign of life could not be renewed'))
      }, BEAT_MS)
    },
    /** Whether others still leave to this process what it has begun. */
    holds: (): boolean => performance.now() < until,
    /** Whether another process may still be at what it has begun. */
    async isAlive(process: string): Promise<boolean> {
      if (process === self) return true
      return (await leases.exists({ _id: nameOf(process), until: { $gt: now() } })) !== null
    },
    /** After all that was begun has ended: others need not wait. */
    async stop(): Promise<void> {
      clearInterval(timer)
      // one that is under way would make the row again
      await beating?.catch(() => undefined)
      until = 0
      await leases.deleteOne({ _id: nameOf(self) })
    },
  }
}
