import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import mongoose from 'mongoose'
import { expect, onTestFinished, test } from 'vitest'
import { ChannelError } from '../src/bots/channel.ts'
import { EnvError } from '../src/config/env.ts'
import { startFailure } from '../src/start-failure.ts'

/** What listening there fails with. */
async function refused(port: number, host: string): Promise<unknown> {
  const server = createServer()
  return new Promise((resolve) => server.once('error', resolve).listen(port, host, () => server.close(resolve)))
}

test('what the office has to mend is said in a sentence that names the variable', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const env = { PORT: port, HOST: '203.0.113.1' }
  expect(startFailure(await refused(port, '127.0.0.1'), env)).toBe(`PORT: ${port} is taken by another program`)
  expect(startFailure(await refused(0, env.HOST), env)).toBe('HOST: 203.0.113.1 is no address of this machine')
  expect(startFailure(new ChannelError('misconfigured'), env)).toContain('TELEGRAM_BOT_TOKEN')
  expect(startFailure(new EnvError('DATA_DIR: keliru'))).toBe('DATA_DIR: keliru')
  const away = mongoose.createConnection('mongodb://127.0.0.1:1/x', { serverSelectionTimeoutMS: 1 })
  const error: unknown = await away.asPromise().catch((thrown: unknown) => thrown)
  expect(startFailure(error, env)).toBe('MONGODB_URI: no MongoDB answers there')
})

test('a fault of our own is no sentence: its trace is shown', async () => {
  expect(startFailure(new TypeError('x is undefined'))).toBeUndefined()
  expect(startFailure(Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' }))).toBeUndefined()
})
