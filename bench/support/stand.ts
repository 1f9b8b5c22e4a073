import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../src/config/log.ts'
import { loadOffice } from '../../src/config/office.ts'
import type { Office } from '../../src/config/office-schema.ts'
import { connectDatabase } from '../../src/models/store/connect.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { openKeyring } from '../../src/models/store/keyring.ts'
import type { Sealer } from '../../src/models/store/sealing.ts'
import { createTicketQueue } from '../../src/queue/ticket-queue.ts'
import type { TicketQueue } from '../../src/queue/ticket-queue.ts'
import { startStores } from '../../src/dev/stores.ts'

const OFFICE_FILE = new URL('../../office/balangan.yaml', import.meta.url).pathname
export const OFFICE = loadOffice(OFFICE_FILE)

/** Private stores in a folder of their own, and what a service on them is started with. */
export type Stand = {
  dataDir: string
  redisUrl: string
  /** The address of one database of the stand. */
  uriOf(name: string): string
  /** The environment of a service on that database. */
  envOf(name: string): Record<string, string>
  open(name: string): Promise<{ database: Database; sealer: Sealer }>
}

/** Runs `work` on fresh stores, which are gone afterwards. */
export async function onStand<T>(work: (stand: Stand) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-bench-'))
  const key = randomBytes(32)
  try {
    const stores = await startStores({ dataDir, production: false, log: createLog('warn') })
    const uriOf = (name: string): string => {
      const uri = new URL(stores.mongodbUri)
      uri.pathname = `/${name}`
      return uri.href
    }
    try {
      return await work({
        dataDir,
        redisUrl: stores.redisUrl,
        uriOf,
        envOf: (name) => ({
          DATA_DIR: join(dataDir, name),
          MONGODB_URI: uriOf(name),
          REDIS_URL: stores.redisUrl,
          DATA_KEY: key.toString('base64'),
          OFFICE_FILE,
          DEMO: '1',
        }),
        async open(name) {
          const database = await connectDatabase(uriOf(name))
          return { database, sealer: await openKeyring(database, key) }
        },
      })
    } finally {
      await stores.stop()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

export function queueOn(at: { database: Database; sealer: Sealer }, office: Office = OFFICE): TicketQueue {
  return createTicketQueue({
    ...at,
    office: { current: () => office },
    now: () => new Date(),
    log: createLog('warn'),
    publish: () => undefined,
    enrolment: async () => null,
  })
}
