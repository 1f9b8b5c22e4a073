import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort } from '../../src/dev/ports.ts'
import { findRedis } from '../../src/dev/redis.ts'

/** A redis-server of the test's own, which may be killed, stopped and started again on its port. */
export async function ownRedis() {
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-redis-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const { program, env } = await findRedis(dataDir)
  const port = await freePort()
  async function start() {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...env } })
    for await (const text of child.stdout) if (String(text).includes('Ready to accept')) break
    return child
  }
  let server = await start()
  async function kill() {
    if (server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
  }
  onTestFinished(kill)
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    stop: () => server.kill('SIGSTOP'),
    async startAgain() {
      server = await start()
    },
  }
}
