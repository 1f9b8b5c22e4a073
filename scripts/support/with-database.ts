import { join } from 'node:path'
import { readDataKeys } from '../../src/config/data-key.ts'
import type { DataKeys } from '../../src/config/data-key.ts'
import { readEnv } from '../../src/config/env.ts'
import { createLog } from '../../src/config/log.ts'
import type { Log } from '../../src/config/log.ts'
import { connectDatabase } from '../../src/models/store/connect.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { startStores } from '../../src/dev/stores.ts'
import type { Stores } from '../../src/dev/stores.ts'

/** What a command works on. `blobs` is the folder of the sealed files; `keys` reads (or makes) DATA_KEY. */
export type CommandContext = {
  database: Database
  stores: Stores
  blobs: string
  keys: () => Promise<DataKeys>
  log: Log
}

/**
 * Runs a command on the service's database, with its stores where they run and own ones where not. A failure is one
 * sentence and exit code 1.
 */
export async function withDatabase(command: (context: CommandContext) => Promise<void>): Promise<void> {
  try {
    const env = readEnv()
    const { DATA_DIR: dataDir, production } = env
    const log = createLog(process.env['LOG_LEVEL'] ?? 'warn')
    const stores = await startStores({
      mongodbUri: env.MONGODB_URI,
      redisUrl: env.REDIS_URL,
      dataDir,
      production,
      log,
    })
    try {
      const database = await connectDatabase(stores.mongodbUri)
      try {
        const keys = () => readDataKeys({ dataKey: env.DATA_KEY, previous: env.DATA_KEY_PREVIOUS, dataDir, production })
        await command({ database, stores, blobs: join(dataDir, 'blobs'), keys, log })
      } finally {
        await database.close()
      }
    } finally {
      await stores.stop()
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
