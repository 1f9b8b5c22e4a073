import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { connectDatabase } from '../../src/models/store/connect.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { livingOf } from '../../src/dev/pid-file.ts'
import { startStores } from '../../src/dev/stores.ts'
import type { Stores } from '../../src/dev/stores.ts'

const HOST = fileURLToPath(new URL('./host.ts', import.meta.url))
const WAIT = { timeout: 20_000, interval: 20 }

async function dataFolder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'smart-kids-stores-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}
async function start(dataDir: string): Promise<Stores> {
  const stores = await startStores({ dataDir, production: false, log: createLog('silent') })
  onTestFinished(() => stores.stop())
  return stores
}
async function startHost(dataDir: string): Promise<{ host: ChildProcess; mongodbUri: string; redisUrl: string }> {
  const host = spawn(process.execPath, [HOST, dataDir], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  onTestFinished(() => void host.kill('SIGKILL'))
  const [line] = (await once(host.stdout.setEncoding('utf8'), 'data')) as [string]
  return { host, ...(JSON.parse(line) as { mongodbUri: string; redisUrl: string }) }
}
async function connect(uri: string): Promise<Database> {
  const database = await connectDatabase(uri)
  onTestFinished(() => database.close())
  return database
}
async function living(dataDir: string): Promise<number[]> {
  const files = (await readdir(dataDir)).filter((name) => name.endsWith('.pid'))
  return (await Promise.all(files.map((file) => livingOf(join(dataDir, file))))).flat()
}
const things = (database: Database) => database.collection<{ _id: string | number }>('things')

describe('stores of our own', () => {
  test('start on demand, and leave no process behind when they are stopped', async () => {
    const dataDir = await dataFolder()
    const stores = await start(dataDir)
    await things(await connect(stores.mongodbUri)).insertOne({ _id: 'kept' })
    expect((await living(dataDir)).length).toBeGreaterThanOrEqual(3)
    await stores.stop()
    expect(await living(dataDir)).toEqual([])

    const again = await start(dataDir)
    expect(await things(await connect(again.mongodbUri)).findOne({})).toEqual({ _id: 'kept' })
  })

  test('are refused in production, with the name of what is missing', async () => {
    const dataDir = await dataFolder()
    const log = createLog('silent')
    const both = startStores({ dataDir, production: true, log })
    await expect(both).rejects.toThrow('MONGODB_URI is not set: in production')
    const one = startStores({ dataDir, production: true, log, mongodbUri: 'mongodb://127.0.0.1:1/x' })
    await expect(one).rejects.toThrow('REDIS_URL is not set: in production')
    expect(await readdir(dataDir)).toEqual([])
  })

  test('end by themselves when the service is killed, and keep what it wrote', async () => {
    const dataDir = await dataFolder()
    const first = await startHost(dataDir)
    await things(await connect(first.mongodbUri)).insertOne({ _id: 'kept' })
    first.host.kill('SIGKILL')
    await vi.waitFor(async () => expect(await living(dataDir)).toEqual([]), WAIT)

    const stores = await start(dataDir)
    expect(await things(await connect(stores.mongodbUri)).findOne({})).toEqual({ _id: 'kept' })
  })

  test('start at once after the service was killed, although the earlier ones still hold the folder', async () => {
    const dataDir = await dataFolder()
    const first = await startHost(dataDir)
    await things(await connect(first.mongodbUri)).insertOne({ _id: 'kept' })
    const redis = new Redis(first.redisUrl)
    await redis.set('kept', '1')
    redis.disconnect()
    // stopped, they cannot see that their parent is gone
    for (const pid of await living(dataDir)) process.kill(pid, 'SIGSTOP')
    first.host.kill('SIGKILL')

    const stores = await start(dataDir)
    expect(await things(await connect(stores.mongodbUri)).findOne({})).toEqual({ _id: 'kept' })
    const other = new Redis(stores.redisUrl)
    onTestFinished(() => other.disconnect())
    expect(await other.get('kept')).toBe('1')
  })

  test('are shared with a second process of the same data folder, which does not end them', async () => {
    const dataDir = await dataFolder()
    const first = await startHost(dataDir)
    const second = await start(dataDir)
    expect(second).toMatchObject({ mongodbUri: first.mongodbUri, redisUrl: first.redisUrl })
    await second.stop()
    expect((await living(dataDir)).length).toBeGreaterThanOrEqual(3)

    const exited = once(first.host, 'exit')
    first.host.kill('SIGTERM')
    await exited
    expect(await living(dataDir)).toEqual([])
  })

  test('live on when a Ctrl-C reaches the whole process group, until the service has drained', async () => {
    const dataDir = await dataFolder()
    const { host, mongodbUri } = await startHost(dataDir)
    const before = await living(dataDir)
    process.kill(-host.pid!, 'SIGINT')
    await things(await connect(mongodbUri)).insertOne({ _id: 'late' })
    expect(await living(dataDir)).toEqual(before)

    const exited = once(host, 'exit')
    process.kill(-host.pid!, 'SIGTERM')
    await exited
    expect(await living(dataDir)).toEqual([])
  })

  test('prefer a mongod on PATH, but never for the data of the embedded engine', async () => {
    const [bin, dataDir, fresh] = [await dataFolder(), await dataFolder(), await dataFolder()]
    const first = await start(dataDir)
    await things(await connect(first.mongodbUri)).insertOne({ _id: 'kept' })
    await first.stop()
    await writeFile(join(bin, 'mongod'), '#!/bin/sh\necho "called with $*"\nexit 1\n', { mode: 0o755 })
    vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`)

    await expect(start(fresh)).rejects.toThrow(
      new RegExp(`did not start: called with --dbpath ${fresh}/mongodb --port \\d+ --bind_ip 127.0.0.1$`),
    )
    const again = await start(dataDir)
    expect(await things(await connect(again.mongodbUri)).findOne({})).toEqual({ _id: 'kept' })
    vi.unstubAllEnvs()
    await expect(start(fresh)).rejects.toThrow('are those of a mongod, which is not on PATH')
  })

  test('take a document of many megabytes', async () => {
    const stores = await start(await dataFolder())
    const database = await connect(stores.mongodbUri)
    const big = 'x'.repeat(15_000_000)
    await database.collection<{ _id: string; big: string }>('things').insertOne({ _id: 'big', big })
    const found = await database.collection<{ _id: string; big: string }>('things').findOne({ _id: 'big' })
    expect(found?.big === big).toBe(true)
  })

  test('are restarted on the same port when one dies', async () => {
    const dataDir = await dataFolder()
    const stores = await start(dataDir)
    const database = await connect(stores.mongodbUri)
    const redis = new Redis(stores.redisUrl, { maxRetriesPerRequest: null })
    redis.on('error', () => {})
    onTestFinished(() => redis.disconnect())
    await redis.set('kept', '1')
    await things(database).insertOne({ _id: 'kept' })
    const before = await living(dataDir)
    for (const pid of before) process.kill(pid, 'SIGKILL')

    await vi.waitFor(async () => expect(await things(database).findOne({})).toEqual({ _id: 'kept' }), WAIT)
    expect(await redis.get('kept')).toBe('1')
    expect((await living(dataDir)).some((pid) => before.includes(pid))).toBe(false)
  })

  test('lose their guardian without losing their data folder', async () => {
    const dataDir = await dataFolder()
    const stores = await start(dataDir)
    const redis = new Redis(stores.redisUrl, { maxRetriesPerRequest: null })
    redis.on('error', () => {})
    onTestFinished(() => redis.disconnect())
    await redis.set('kept', '1')
    const [guardian, program] = await livingOf(join(dataDir, 'redis.pid'))
    process.kill(guardian!, 'SIGKILL')

    await vi.waitFor(async () => {
      const now = await livingOf(join(dataDir, 'redis.pid'))
      expect(now).toHaveLength(2)
      expect(now).not.toContain(program)
    }, WAIT)
    expect(await redis.get('kept')).toBe('1')
  })

  test('lose no acknowledged write, whatever its concern, when the engine is killed again and again', async () => {
    const dataDir = await dataFolder()
    const stores = await start(dataDir)
    const database = await connect(stores.mongodbUri)
    const acknowledged: number[] = []
    let next = 0
    for (let round = 1; round <= 4; round++) {
      let killed = false
      const write = async (w: 1 | 'majority'): Promise<void> => {
        while (!killed) {
          const n = next++
          try {
            await things(database).insertOne({ _id: n }, { writeConcern: { w } })
          } catch {
            return
          }
          acknowledged.push(n)
        }
      }
      const writers = Array.from({ length: 8 }, (_, i) => write(i % 2 ? 1 : 'majority'))
      const enough = acknowledged.length + 300
      await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(enough), { ...WAIT, interval: 5 })
      for (const pid of await livingOf(join(dataDir, 'mongodb.pid'))) process.kill(pid, 'SIGKILL')
      killed = true
      await Promise.all(writers)

      const kept = new Set(await vi.waitFor(async () => things(database).distinct('_id'), WAIT))
      expect(
        acknowledged.filter((n) => !kept.has(n)),
        `after kill ${round}`,
      ).toEqual([])
    }
  })
})
