import type { Database } from '../../src/models/store/connect.ts'

const WRITES = ['insert', 'update', 'findAndModify', 'delete'] as const
type Counters = { metrics?: { commands?: Record<string, { total?: number | bigint }> } }

/** How many write commands this engine has served since it started, by its own count; undefined where it keeps none. */
export async function writesServed(database: Database): Promise<number | undefined> {
  const { metrics } = (await database.db!.command({ serverStatus: 1 })) as Counters
  if (!metrics?.commands) return undefined
  return WRITES.reduce((sum, name) => sum + Number(metrics.commands?.[name]?.total ?? 0), 0)
}
