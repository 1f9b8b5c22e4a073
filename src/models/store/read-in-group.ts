import type { Connection } from 'mongoose'

type Asked<V> = { resolve: (value: V | undefined) => void; reject: (error: unknown) => void }

/** Far below what one filter may hold, with keys of ours. */
const MOST = 200

/**
 * Group read: keys that are asked for while a command is on its way go together in the next one. A value is read after
 * it was asked for, never before: fresh, as by a command of its own. `fetch` answers the keys that it found.
 */
export function readInGroup<V>(
  fetch: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): (key: string) => Promise<V | undefined> {
  const waiting = new Map<string, Asked<V>[]>()
  let underway = false

  async function flush(): Promise<void> {
    underway = true
    // what is asked for in the same moment goes together
    await new Promise<void>((resolve) => void setImmediate(resolve))
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, MOST)
      for (const [key] of batch) waiting.delete(key)
      try {
        const found = await fetch(batch.map(([key]) => key))
        for (const [key, asked] of batch) for (const { resolve } of asked) resolve(found.get(key))
      } catch (error) {
        for (const [, asked] of batch) for (const { reject } of asked) reject(error)
      }
    }
    underway = false
  }
  return (key) =>
    new Promise((resolve, reject) => {
      const asked = waiting.get(key) ?? []
      waiting.set(key, asked)
      asked.push({ resolve, reject })
      if (!underway) void flush()
    })
}

/** One group of readers a database, made at its first use. */
export function perDatabase<T>(open: (database: Connection) => T): (database: Connection) => T {
  const opened = new WeakMap<Connection, T>()
  return (database) => {
    const known = opened.get(database)
    if (known !== undefined) return known
    const made = open(database)
    opened.set(database, made)
    return made
  }
}
