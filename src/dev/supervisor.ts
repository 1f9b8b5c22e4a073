import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { compiledEnv } from '../config/env.ts'
import type { Log } from '../config/log.ts'
import { endOrphans } from './pid-file.ts'
import { freePort } from './ports.ts'

/** How a child is run. `env` is all that it gets: keys and tokens of the service are not a store's business. */
type Launch = { args: readonly string[]; env: Readonly<Record<string, string>> }

/** A store's way to start, on whatever port is free, and the file in which its processes are noted. */
export type Plan = { pidFile: string; launch(port: number): Launch }

/** A child that is kept running on one port. `failed` resolves when it died so often that it is given up. */
export type Kept = { port: number; failed: Promise<Error>; stop(): Promise<void> }

const GUARDIAN = fileURLToPath(new URL('./guardian.ts', import.meta.url))
const PORT_TRIES = 5
// recovery of a large journal after kill -9 takes its time; an engine that hangs is still noticed
const READY_MS = 120_000
const ORPHAN_PATIENCE_MS = 5_000
const STOP_MS = 5_000
const QUICK_DEATH_MS = 2_000
const QUICK_DEATHS = 6
const LONGEST_PAUSE_MS = 2_000
const TAIL_CHARS = 2_000

/**
 * Starts a Node child of ours (it sends 'ready' over IPC, and ends when the channel closes) and keeps it running on its
 * port. It has a process group of its own: a Ctrl-C in the terminal reaches the service only, which drains first.
 * Throws when it does not start, with the end of what it wrote.
 */
export async function keepChild(options: { name: string; plan: Plan; log: Log }): Promise<Kept> {
  const { name, plan, log } = options
  let stopping = false
  let quickDeaths = 0
  let giveUp: (error: Error) => void
  const failed = new Promise<Error>((resolve) => {
    giveUp = resolve
  })

  const orphans = await endOrphans(plan.pidFile, ORPHAN_PATIENCE_MS)
  if (orphans.length > 0) log.warn({ store: name, orphans }, 'ended what an earlier run left behind')
  let port = await freePort()
  let child = await startOnce(name, plan.launch(port)).catch(async (error: unknown) => {
    for (let i = 1; ; i++) {
      if (!isPortTaken(error) || i === PORT_TRIES) throw error
      port = await freePort()
      try {
        return await startOnce(name, plan.launch(port))
      } catch (next) {
        error = next
      }
    }
  })
  const watching = watch()

  async function watch(): Promise<void> {
    for (;;) {
      const since = Date.now()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      if (stopping) return
      const restarted = await restart(since)
      if (!restarted) return
      child = restarted
      if (stopping) {
        await end(child)
        return
      }
    }
  }
  async function restart(since: number): Promise<ChildProcess | undefined> {
    quickDeaths = Date.now() - since < QUICK_DEATH_MS ? quickDeaths + 1 : 1
    for (;;) {
      log.error(
        { store: name, code: child.exitCode, signal: child.signalCode, quickDeaths },
        'store died, restarting it',
      )
      if (quickDeaths > QUICK_DEATHS) {
        giveUp(new Error(`${name} died ${quickDeaths} times in quick succession and is given up`))
        return undefined
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_PAUSE_MS, 20 * 2 ** quickDeaths)))
      if (stopping) return undefined
      try {
        // where only the guardian died, its store still holds port and folder
        await endOrphans(plan.pidFile, 0)
        const next = await startOnce(name, plan.launch(port))
        log.warn({ store: name, port }, 'store runs again')
        return next
      } catch (error) {
        log.error({ store: name, err: error }, 'store did not start')
        quickDeaths += 1
      }
    }
  }
  return {
    port,
    failed,
    stop: async () => {
      stopping = true
      await end(child)
      await watching
    },
  }
}

/** Arguments that run the program `command` under the guardian; `readyText` is what it prints once it serves. */
export function guardianArgs(
  pidFile: string,
  readyText: string,
  command: string,
  options: Readonly<Record<string, string | number>>,
): string[] {
  const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  return [GUARDIAN, pidFile, readyText, command, ...given]
}

async function startOnce(name: string, launch: Launch): Promise<ChildProcess> {
  const child = spawn(process.execPath, launch.args, {
    env: { ...compiledEnv(), ...launch.env },
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let tail = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-TAIL_CHARS)
  })
  const timer = setTimeout(() => killGroup(child), READY_MS)
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve())
      child.once('error', reject)
      child.once('close', () => reject(new Error(`${name} did not start: ${tail.trim() || 'it said nothing'}`)))
    })
  } finally {
    clearTimeout(timer)
  }
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  const timer = setTimeout(() => killGroup(child), STOP_MS)
  child.kill('SIGTERM')
  await exited
  clearTimeout(timer)
}

/** The child and what it spawned: it leads its own group. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  process.kill(-child.pid, 'SIGKILL')
}
function isPortTaken(error: unknown): boolean {
  return error instanceof Error && /EADDRINUSE|address already in use/i.test(error.message)
}
