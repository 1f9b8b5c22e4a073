import { realpath } from 'node:fs/promises'
import { makeDataDir } from '../config/data-dir.ts'
import { EnvError } from '../config/env.ts'
import type { Log } from '../config/log.ts'
import { askOwner, own } from './data-owner.ts'
import type { Addresses } from './data-owner.ts'
import { planMongo } from './mongo.ts'
import { planRedis } from './redis.ts'
import { keepChild } from './supervisor.ts'
import type { Kept, Plan } from './supervisor.ts'

/**
 * `shared`: another process runs at least one of them for this data folder. `failed` resolves when a private store died
 * so often that it is given up; the service then stops. `stop` ends the private stores that were started here, and
 * resolves when their processes are gone.
 */
export type Stores = {
  mongodbUri: string
  redisUrl: string
  shared: boolean
  failed: Promise<Error>
  stop(): Promise<void>
}
export type StoresOptions = {
  mongodbUri?: string | undefined
  redisUrl?: string | undefined
  dataDir: string
  production: boolean
  log: Log
}

const OWNER_WAIT_MS = 30_000
const OWNER_POLL_MS = 50

/**
 * The addresses of both stores. One that is not given is started on `dataDir` as a supervised child; where another
 * living process already runs the stores of this `dataDir`, its addresses are used. Production refuses to start any.
 */
export async function startStores(options: StoresOptions): Promise<Stores> {
  const { mongodbUri, redisUrl, production } = options
  if (mongodbUri && redisUrl) {
    return notOurs({ mongodbUri, redisUrl, shared: false })
  }
  if (production) {
    throw new EnvError(
      `${mongodbUri ? 'REDIS_URL' : 'MONGODB_URI'} is not set: in production the service starts no store of its own`,
    )
  }
  await makeDataDir(options.dataDir)
  return startPrivate({ ...options, dataDir: await realpath(options.dataDir) })
}

async function startPrivate(options: StoresOptions): Promise<Stores> {
  const { dataDir, log } = options
  const end = Date.now() + OWNER_WAIT_MS
  for (;;) {
    const ownership = await own(dataDir)
    if (ownership) {
      try {
        const started = await startChildren(options)
        ownership.tell({ mongodbUri: started.mongodbUri, redisUrl: started.redisUrl })
        return {
          ...started,
          stop: async () => {
            ownership.tell({})
            await started.stop()
            await ownership.release()
          },
        }
      } catch (error) {
        await ownership.release()
        throw error
      }
    }
    const attached = attach(options, await askOwner(dataDir))
    if (attached) {
      log.info('another process of this data folder runs the stores, using them')
      return attached
    }
    // its owner is starting or stopping, or has just gone
    if (Date.now() > end) throw new Error(`another process holds the data folder ${dataDir} and gives no store`)
    await new Promise((resolve) => setTimeout(resolve, OWNER_POLL_MS))
  }
}

function attach(options: StoresOptions, told: Addresses | undefined): Stores | undefined {
  const mongodbUri = options.mongodbUri ?? told?.mongodbUri
  const redisUrl = options.redisUrl ?? told?.redisUrl
  if (!mongodbUri || !redisUrl) return undefined
  return notOurs({ mongodbUri, redisUrl, shared: true })
}

function notOurs(addresses: Pick<Stores, 'mongodbUri' | 'redisUrl' | 'shared'>): Stores {
  return { ...addresses, failed: new Promise(() => {}), stop: () => Promise.resolve() }
}

async function startChildren(options: StoresOptions): Promise<Stores> {
  const kept: Kept[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(kept.map((one) => one.stop()))
  }
  const keep = async (name: string, plan: (dataDir: string) => Promise<Plan>) => {
    const one = await keepChild({ name, plan: await plan(options.dataDir), log: options.log })
    kept.push(one)
    options.log.info({ store: name, port: one.port }, 'store started')
    return one.port
  }
  const results = await Promise.allSettled([
    options.mongodbUri ??
      keep('mongodb', planMongo).then(
        (port) => `mongodb://127.0.0.1:${port}/smart-kids?directConnection=true&w=majority`,
      ),
    options.redisUrl ?? keep('redis', planRedis).then((port) => `redis://127.0.0.1:${port}`),
  ])
  const [mongodbUri, redisUrl] = results
  if (mongodbUri.status === 'rejected' || redisUrl.status === 'rejected') {
    await stop()
    throw mongodbUri.status === 'rejected' ? mongodbUri.reason : (redisUrl as PromiseRejectedResult).reason
  }
  return {
    mongodbUri: mongodbUri.value,
    redisUrl: redisUrl.value,
    shared: false,
    failed: Promise.race(kept.map((one) => one.failed)),
    stop,
  }
}
