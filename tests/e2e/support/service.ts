import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleepUntilNextLook } from 'node:timers/promises'

/** One process of the service, started as an office starts it. */
export type Service = {
  readonly url: string
  /** What it printed so far, standard output and error together. */
  output(): string
  /** Resolves when /readyz answers 200. Throws, with the output, when the process ends before. */
  ready(): Promise<void>
  /** kill -9, and resolves when it is gone. */
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
  /** Resolves when the process has ended, by whatever. */
  readonly ended: Promise<number | null>
  readonly pid: number
}

/** As in the start script. */
const COMPILED = 'node_modules/.cache/smart-kids'

/** Starts `src/main.ts` of `root` with this environment and nothing of ours from the surrounding one. */
export async function startService(env: Record<string, string>, root = '.'): Promise<Service> {
  const port = env['PORT'] ?? String(await freePort())
  const inherited = Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'LANG'].map((name) => [name, process.env[name] ?? '']),
  )
  const child: ChildProcess = spawn(
    process.execPath,
    ['--max-semi-space-size=16', '--max-old-space-size=384', 'src/main.ts'],
    {
      env: { ...inherited, NODE_COMPILE_CACHE: COMPILED, LOG_LEVEL: 'warn', MALLOC_ARENA_MAX: '2', ...env, PORT: port },
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let printed = ''
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  let over = false
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      over = true
      resolve(code)
    })
  })
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    pid: child.pid ?? -1,
    ended,
    output: () => printed,
    async ready() {
      await until(async () => {
        if (over) throw new Error(`the service ended before it was ready:\n${printed}`)
        const answer = await fetch(`${url}/readyz`).catch(() => undefined)
        return answer?.status === 200
      }, 60_000)
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Looks again until `holds` does; throws after `ms`, with what `holds` threw last. */
export async function until(holds: () => Promise<boolean> | boolean, ms: number, what = 'the state'): Promise<void> {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what} did not come within ${ms} ms`)
    await sleepUntilNextLook(50)
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
