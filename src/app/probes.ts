import type { Redis } from 'ioredis'
import type { PartState } from '../admin/deps.ts'
import type { Database } from '../models/store/connect.ts'

/** Whether the stores answer, for /readyz. */
export function storeProbes(database: Database, redis: Redis): Record<string, () => Promise<PartState>> {
  return {
    async mongodb() {
      await database.db?.command({ ping: 1 })
      return { ready: true, state: 'open' }
    },
    async redis() {
      await redis.ping()
      return { ready: true, state: 'open' }
    },
  }
}
