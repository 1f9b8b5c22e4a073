import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { keepChild } from '../../src/dev/supervisor.ts'

const log = createLog('silent')
async function planOf(script: string) {
  const directory = await mkdtemp(join(tmpdir(), 'smart-kids-child-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return {
    pidFile: join(directory, 'child.pid'),
    launch: (port: number) => ({ args: ['-e', script, String(port)], env: {} }),
  }
}

test('a child that does not start is an error that says what it wrote', async () => {
  const plan = await planOf(`process.stderr.write('the folder is broken'); process.exit(3)`)
  await expect(keepChild({ name: 'store', plan, log })).rejects.toThrow('store did not start: the folder is broken')
})

test('a child that finds its port taken is started on another one', async () => {
  const busy = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void busy.close())
  await once(busy, 'listening')
  const taken = (busy.address() as AddressInfo).port
  const plan = await planOf(`
    const server = require('node:net').createServer()
    server.on('error', (e) => { process.stderr.write(e.message); process.exit(1) })
    server.listen(process.argv[1], '127.0.0.1', () => process.send('ready'))
    process.on('disconnect', () => process.exit(0))`)
  const ports: number[] = []
  const launch = (port: number) => {
    ports.push(port)
    return plan.launch(ports.length === 1 ? taken : port)
  }
  const kept = await keepChild({ name: 'store', plan: { ...plan, launch }, log })
  expect(ports).toHaveLength(2)
  expect(kept.port).toBe(ports[1])
  await kept.stop()
})

test('a child that dies again and again is given up with an error', { timeout: 20_000 }, async () => {
  const plan = await planOf(`process.send('ready', () => process.exit(1))`)
  const kept = await keepChild({ name: 'store', plan, log })
  expect((await kept.failed).message).toBe('store died 7 times in quick succession and is given up')
  await kept.stop()
})
