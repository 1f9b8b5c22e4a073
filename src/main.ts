import { flushCompileCache } from 'node:module'
import { makeDataDir } from './config/data-dir.ts'
import { readDataKeys } from './config/data-key.ts'
import { readEnv } from './config/env.ts'
import type { Env } from './config/env.ts'
import { createLog } from './config/log.ts'
import type { Log } from './config/log.ts'
import { loadOffice } from './config/office.ts'
import { armFromEnvironment } from './config/failpoints.ts'
import { startFailure } from './start-failure.ts'
import { startStores } from './dev/stores.ts'

/** What was begun gets so long, the private stores the rest of the ten seconds that a stop may take in all. */
const DRAIN_MS = 6_000
const LAST_MS = 9_000

/** Starts the roles of this process and stays until a signal; everything that was begun ends within ten seconds. */
async function main(env: Env): Promise<void> {
  const log = createLog(env.LOG_LEVEL)
  armFromEnvironment(env.FAILPOINTS)
  const stopping = signalled(log)
  const office = loadOffice(env.OFFICE_FILE)
  await makeDataDir(env.DATA_DIR)
  const keys = await readDataKeys({
    dataKey: env.DATA_KEY,
    previous: env.DATA_KEY_PREVIOUS,
    dataDir: env.DATA_DIR,
    production: env.production,
  })
  // the house is loaded while the stores start, and not at all where the environment is wrong
  const house = import('./app.ts')
  const stores = await startStores({
    mongodbUri: env.MONGODB_URI,
    redisUrl: env.REDIS_URL,
    dataDir: env.DATA_DIR,
    production: env.production,
    log,
  })
  try {
    const { createApp } = await house
    const early = Promise.race([stopping, stores.failed])
    // a store that is away is waited for, but not by somebody who wants to stop
    const app = await Promise.race([createApp({ env, office, keys, stores, log }), early])
    if (app === 'signal') return
    if (app instanceof Error) throw app
    const ending = Promise.race([early, app.failed])
    const started = app.start().then(() => {
      greet(env, app.address, app.firstPassword)
      // now: a process that is killed leaves no compiled code for the one that takes its place
      flushCompileCache()
    })
    const reason = await Promise.race([ending, started.then(() => ending)])
    if (reason instanceof Error) throw reason
    await withDeadline(app.stop(), log)
  } finally {
    await withDeadline(stores.stop(), log)
  }
}

/**
 * Resolves at the first SIGTERM or SIGINT; later ones change nothing, so that npm and its group may both send one. From
 * then on the process has its last seconds, wherever it hangs: a store that is cut off ends with its pipe to us.
 */
function signalled(log: Log): Promise<'signal'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        log.info({ signal }, 'stopping')
        resolve('signal')
        setTimeout(() => {
          log.warn('stopped before everything had drained')
          process.exit(0)
        }, LAST_MS).unref()
      })
    }
  })
}

async function withDeadline(work: Promise<void>, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log.warn('not everything drained in time; what is left goes on at the next start')
      resolve()
    }, DRAIN_MS)
  })
  await Promise.race([work, deadline])
  clearTimeout(timer)
}

/** What a newcomer needs to know, for eyes and not for the log; a process without the console has nothing to show. */
function greet(env: Env, address: string | undefined, firstPassword: string | undefined): void {
  if (!address || !env.ROLES.includes('admin')) return
  const lines = [`Console: ${address}/`]
  if (env.demo) lines.push(`Demo chat: ${address}/demo`)
  if (firstPassword) lines.push(`Sign in as supervisor, password: ${firstPassword}`)
  process.stdout.write(`${lines.join('\n')}\n`)
}

let env: Env | undefined
try {
  env = readEnv()
  await main(env)
  process.exitCode = 0
} catch (error) {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${startFailure(error, env) ?? trace}\n`)
  process.exitCode = 1
}
// sockets of a lost store may keep the loop alive; everything that matters has drained by now
process.exit()
