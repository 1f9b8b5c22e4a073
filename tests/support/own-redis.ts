import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { freePort } from '../../src/dev/ports.ts'

/** A redis-server of the test's own, which may be killed, stopped and started again on its port. */
export async function ownRedis() {
  const port = await freePort()
  async function start() {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
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
