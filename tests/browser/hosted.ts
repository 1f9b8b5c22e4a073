import { Redis } from 'ioredis'
import { inject } from 'vitest'
import { createApp } from '../../src/app.ts'
import { readDataKeys } from '../../src/config/data-key.ts'
import { readEnv } from '../../src/config/env.ts'
import { createLog } from '../../src/config/log.ts'
import { loadOffice } from '../../src/config/office.ts'
import { connectDatabase } from '../../src/models/store/connect.ts'
import { freePort, startService } from '../e2e/support/service.ts'
import { emptyDatabase, freshDatabaseUri } from '../support/stores.ts'

/** A service that answers at `url`; `output` is what it has printed or logged. */
export type Hosted = {
  readonly url: string
  readonly mongodbUri: string
  output(): string
  /** Kills it, as a power cut does, and starts it again at the same address on the same stores. */
  restart(): Promise<void>
  stop(): Promise<void>
}
type Given = Readonly<Record<string, string>>

/** A process of its own, as an office starts it. */
export async function hostApart(given: Given): Promise<Hosted> {
  const mongodbUri = freshDatabaseUri()
  const env = { ...given, MONGODB_URI: mongodbUri, REDIS_URL: inject('redisUrl') }
  let service = await startService(env)
  await service.ready()
  return {
    get url() {
      return service.url
    },
    mongodbUri,
    output: () => service.output(),
    async restart() {
      const { port } = new URL(service.url)
      await service.kill()
      service = await startService({ ...env, PORT: port })
      await service.ready()
    },
    async stop() {
      await service.stop()
    },
  }
}

/** Databases of services before, in this process: empty, with their indexes. */
const idle: string[] = []

/** One address, so that what a browser has loaded once is there for the next service, too. */
let port: number | undefined

/** The same program in this process, whose modules are there already; nothing that it keeps outlives it. */
export async function hostHere(given: Given): Promise<Hosted> {
  const mongodbUri = idle.pop() ?? freshDatabaseUri()
  const stores = { mongodbUri, redisUrl: inject('redisUrl') }
  const env = readEnv({ ...given, PORT: String((port ??= await freePort())) })
  let output = ''
  const app = await createApp({
    env,
    office: loadOffice(env.OFFICE_FILE),
    keys: await readDataKeys({ dataDir: env.DATA_DIR, production: false }),
    stores,
    log: createLog('warn', { write: (line) => (output += line) }),
  })
  await app.start()
  return {
    url: app.address ?? '',
    mongodbUri,
    output: () => output,
    restart: () => Promise.reject(new Error('what is to be killed needs a process of its own')),
    async stop() {
      await app.stop()
      await forget(stores)
      idle.push(mongodbUri)
    },
  }
}

async function forget({ mongodbUri, redisUrl }: { mongodbUri: string; redisUrl: string }): Promise<void> {
  const database = await connectDatabase(mongodbUri)
  await emptyDatabase(database)
  const redis = new Redis(redisUrl)
  for await (const keys of redis.scanStream({ match: `*smart-kids-${database.name}*`, count: 1000 }) as AsyncIterable<
    string[]
  >) {
    if (keys.length > 0) await redis.del(keys)
  }
  await redis.quit()
  await database.close()
}
