import type { Redis } from 'ioredis'
import type { Log } from '../config/log.ts'

/** Who has something open, and whether they are writing there. */
export type Present = { operator: string; typing: boolean }

export type Presence = {
  /** Says that `operator` is in `room`, for the next 25 seconds; gives the others, and whether anything has changed. */
  say(
    room: string,
    operator: string,
    what: 'looking' | 'typing' | 'gone',
  ): Promise<{ others: Present[]; changed: boolean }>
}

/** A console says every ten seconds that it is still there; two may be lost. */
const STAYS_MS = 25_000
const GRACE_MS = 5_000

/**
 * Presence in Redis, shared by all processes and gone by itself. Without Redis nobody is seen, and nothing fails: it is
 * a courtesy, what counts is held by conditional writes.
 */
export function createPresence({
  redis,
  prefix,
  now,
  log,
}: {
  redis: Redis
  prefix: string
  now: () => Date
  log: Log
}): Presence {
  return {
    async say(room, operator, what) {
      const key = `${prefix}:presence:${room}`
      const at = now().getTime()
      try {
        const known = await redis.hgetall(key)
        const before = read(known[operator])
        if (what === 'gone') await redis.hdel(key, operator)
        else await redis.hset(key, operator, `${at}:${what}`)
        await redis.pexpire(key, STAYS_MS + GRACE_MS)
        const others = Object.entries(known)
          .filter(([id]) => id !== operator)
          .map(([id, value]) => ({ operator: id, ...read(value) }))
          .filter((one) => at - one.at < STAYS_MS)
          .map((one) => ({ operator: one.operator, typing: one.typing }))
        const stale = at - before.at >= STAYS_MS
        return { others, changed: what === 'gone' || stale || before.typing !== (what === 'typing') }
      } catch (error) {
        log.warn({ err: error }, 'presence is not known while redis is away')
        return { others: [], changed: false }
      }
    },
  }
}

function read(value: string | undefined): { at: number; typing: boolean } {
  const [at = '0', what] = value?.split(':') ?? []
  return { at: Number(at), typing: what === 'typing' }
}
