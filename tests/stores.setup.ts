import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { createLog } from '../src/config/log.ts'
import { startStores } from '../src/dev/stores.ts'
import type { Stores } from '../src/dev/stores.ts'

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string
    redisUrl: string
  }
}

let stores: Stores
let dataDir: string

/** One MongoDB and one Redis for the whole run, in a temporary folder, or those of MONGODB_URI and REDIS_URL. */
export async function setup(project: TestProject): Promise<void> {
  dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-test-'))
  stores = await startStores({
    mongodbUri: process.env['MONGODB_URI'],
    redisUrl: process.env['REDIS_URL'],
    dataDir,
    production: false,
    log: createLog('warn'),
  })
  project.provide('mongodbUri', stores.mongodbUri)
  project.provide('redisUrl', stores.redisUrl)
}

export async function teardown(): Promise<void> {
  await stores.stop()
  await rm(dataDir, { recursive: true, force: true })
}
