import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { inject, onTestFinished } from 'vitest'
import { newId } from '../../src/models/store/ids.ts'
import { connectDatabase } from '../../src/models/store/connect.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { ensureIndexes } from '../../src/models/store/indexes.ts'
import { createSealer } from '../../src/models/store/sealing.ts'
import type { Sealer } from '../../src/models/store/sealing.ts'

/** The address of a database of its own on the run's MongoDB. */
export function freshDatabaseUri(): string {
  const uri = new URL(inject('mongodbUri'))
  uri.pathname = `/test-${newId()}`
  return uri.href
}

/** Empty databases of earlier tests in this process. */
const idle: string[] = []

/**
 * A connected, empty database with all indexes; call it in a test or a `beforeEach`. Emptied after the test and given to
 * a later one: making the indexes takes longer than most tests, and which test had it before must not matter. A test
 * that needs one again and again gives back the one that it had.
 */
export async function testDatabase(given?: Database): Promise<Database> {
  if (given) {
    await emptyDatabase(given)
    return given
  }
  const used = idle.pop()
  const uri = used ?? freshDatabaseUri()
  // connected anew: what the sources remember of a connection is not this test's
  const database = await connectDatabase(uri)
  if (used === undefined) await ensureIndexes(database)
  onTestFinished(async () => {
    await emptyDatabase(database)
    await database.close()
    idle.push(uri)
  })
  return database
}

/** In one command (MongoDB 8): one for each collection takes longer than many tests. */
export async function emptyDatabase(database: Database): Promise<void> {
  const names = (await database.listCollections()).map(({ name }) => name)
  await database
    .getClient()
    .bulkWrite(names.map((name) => ({ name: 'deleteMany', namespace: `${database.name}.${name}`, filter: {} })))
}

/** A connected database that nobody had before, for tests of what is made in it. */
export async function freshDatabase(): Promise<Database> {
  const database = await connectDatabase(freshDatabaseUri())
  onTestFinished(() => dropDatabase(database))
  return database
}

/** Ends a database that was opened in a `beforeAll`, where nothing is cleaned up by itself. */
export async function dropDatabase(database: Database): Promise<void> {
  await database.dropDatabase()
  await database.close()
}

/** A sealer under keys of its own. */
export function testSealer(): Sealer {
  return createSealer(randomBytes(32), randomBytes(32))
}

/** A Redis connection and a prefix of its own for keys and BullMQ; the keys are removed after the test. */
export function testRedis(): { redis: Redis; prefix: string } {
  const prefix = `test-${newId()}`
  const redis = new Redis(inject('redisUrl'), { maxRetriesPerRequest: null, connectionName: prefix })
  onTestFinished(async () => {
    for await (const keys of redis.scanStream({ match: `${prefix}*` }) as AsyncIterable<string[]>) {
      if (keys.length > 0) await redis.del(keys)
    }
    await redis.quit()
  })
  return { redis, prefix }
}
