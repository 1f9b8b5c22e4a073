import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { startService } from './e2e/support/service.ts'
import { FakeBotApi } from './servers/fake-bot-api.ts'
import { testDatabase } from './support/stores.ts'

async function dataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'smart-kids-main-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('a service brings what is stored into its form first; whoever stops it while it waits for its stores does not wait with it', async () => {
  const database = await testDatabase()
  const earlier = database.collection<{ _id: string; reason: string }>('applications')
  await earlier.insertOne({ _id: 'of data version 3', reason: 'WNA' })
  const mongo = new URL(inject('mongodbUri'))
  mongo.pathname = `/${database.name}`
  const service = await startService({
    DATA_DIR: await dataDir(),
    MONGODB_URI: mongo.href,
    // nothing listens there
    REDIS_URL: 'redis://127.0.0.1:1',
  })
  onTestFinished(() => service.kill())
  await vi.waitFor(() => expect(service.output()).toContain('redis connection failed'), 30_000)
  expect(await earlier.distinct('reason')).toEqual(['NEW'])
  const stoppedAt = performance.now()
  expect(await service.stop()).toBe(0)
  expect(performance.now() - stoppedAt).toBeLessThan(10_000)
})

test('a token that Telegram refuses ends the service with the name of the variable', async () => {
  const api = new FakeBotApi()
  onTestFinished(() => api.close())
  const mongo = new URL(inject('mongodbUri'))
  mongo.pathname = `/${(await testDatabase()).name}`
  const service = await startService({
    DATA_DIR: await dataDir(),
    MONGODB_URI: mongo.href,
    REDIS_URL: inject('redisUrl'),
    TELEGRAM_API_ROOT: await api.open(),
    TELEGRAM_BOT_TOKEN: '666:keliru',
  })
  onTestFinished(() => service.kill())
  expect(await service.ended).toBe(1)
  expect(service.output()).toContain('is TELEGRAM_BOT_TOKEN right?')
  expect(service.output()).not.toContain('keliru')
})

test('production names the variable that is missing, in one line', async () => {
  const production = { NODE_ENV: 'production', DATA_DIR: await dataDir() }
  const key = { DATA_KEY: Buffer.alloc(32, 7).toString('base64') }
  const cases: [Record<string, string>, string][] = [
    [{}, 'DATA_KEY'],
    [key, 'MONGODB_URI'],
    [{ ...key, MONGODB_URI: inject('mongodbUri') }, 'REDIS_URL'],
  ]
  for (const [env, variable] of cases) {
    const service = await startService({ ...production, ...env })
    expect(await service.ended).toBe(1)
    expect(service.output().trim()).toMatch(new RegExp(`^${variable} is not set: in production [^\\n]+$`))
  }
})
