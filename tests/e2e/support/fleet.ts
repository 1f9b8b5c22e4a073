import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLog } from '../../../src/config/log.ts'
import { startStores } from '../../../src/dev/stores.ts'
import type { Stores } from '../../../src/dev/stores.ts'
import { freePort, startService } from './service.ts'
import type { Service } from './service.ts'

/** Which roles each process has: `['all']`, or two of each. */
export type Layout = readonly string[]
export const WHOLE: Layout = ['all']
export const SPLIT: Layout = ['bots', 'bots', 'worker', 'worker', 'admin', 'admin']

type Slot = { roles: string; port: string; service: Service; up: boolean }

/**
 * The processes of one service on stores of their own, which outlive them. A process that ends by itself is started
 * again, as an office's supervisor of processes would; `arm` says with which failpoints.
 */
export type Fleet = {
  readonly stores: Stores
  /** Addresses of processes that serve the API. */
  readonly adminUrls: readonly string[]
  /** Since when all processes have been ready without a break (epoch ms); undefined while one is away. */
  upSince(): number | undefined
  /** Where each process died, in order: the failpoint, or `killed`. */
  readonly deaths: readonly string[]
  /** All that every process printed, the dead ones included. */
  output(): string
  /** kill -9 for one process; it comes again. */
  kill(index: number): void
  /** kill -9 for both stores; their supervisor starts them again. */
  killStores(): Promise<void>
  readonly size: number
  ready(): Promise<void>
  /** SIGTERM for all; resolves with the exit codes. The stores stay. */
  stop(): Promise<(number | null)[]>
  close(): Promise<void>
}

export async function startFleet(options: {
  dataDir: string
  layout: Layout
  env: Record<string, string>
  /** The failpoints of the next start of a process; undefined for none. */
  arm: (index: number) => string | undefined
  /** Called after each death, before the next start. */
  onDeath?: (where: string) => Promise<void>
}): Promise<Fleet> {
  const { dataDir, layout, env, arm } = options
  const stores = await startStores({ dataDir, production: false, log: createLog('silent') })
  const deaths: string[] = []
  const printed: string[] = []
  let ending = false
  let since: number | undefined

  async function launch(index: number, roles: string, port: string): Promise<Service> {
    const failpoints = arm(index)
    const service = await startService({
      LOG_LEVEL: 'debug',
      // the pages of the proofs are noise: nothing is to be read on them
      MEDIA: 'keep',
      ...env,
      DATA_DIR: dataDir,
      ROLES: roles,
      PORT: port,
      MONGODB_URI: stores.mongodbUri,
      REDIS_URL: stores.redisUrl,
      ...(failpoints ? { FAILPOINTS: failpoints } : {}),
    })
    return service
  }
  const slots: Slot[] = []
  for (const [index, roles] of layout.entries()) {
    const port = String(await freePort())
    slots.push({ roles, port, service: await launch(index, roles, port), up: false })
  }
  const lives = slots.map((slot, index) => live(slot, index))

  async function live(slot: Slot, index: number): Promise<void> {
    for (;;) {
      const { service } = slot
      void service
        .ready()
        .then(() => {
          if (slot.service !== service || ending) return
          slot.up = true
          if (slots.every((one) => one.up)) since = Date.now()
        })
        .catch(() => undefined)
      const code = await service.ended
      slot.up = false
      since = undefined
      printed.push(service.output())
      if (ending) return
      const where = /^failpoint (.*)$/m.exec(service.output())?.[1] ?? (code === null ? 'killed' : `exit ${code}`)
      deaths.push(where)
      await options.onDeath?.(where)
      if (ending) return
      slot.service = await launch(index, slot.roles, slot.port)
    }
  }

  return {
    stores,
    deaths,
    size: slots.length,
    get adminUrls() {
      return slots.filter(({ roles }) => roles === 'all' || roles === 'admin').map(({ service }) => service.url)
    },
    upSince: () => since,
    output: () => [...printed, ...slots.map(({ service }) => service.output())].join('\n'),
    kill(index) {
      const slot = slots[index]
      if (slot) process.kill(slot.service.pid, 'SIGKILL')
    },
    async killStores() {
      for (const store of ['mongodb', 'redis']) {
        const noted = JSON.parse(await readFile(join(dataDir, `${store}.pid`), 'utf8')) as { pid: number }[]
        for (const { pid } of noted.toReversed()) {
          try {
            process.kill(pid, 'SIGKILL')
          } catch {
            // it is being started again, or has ended with its parent
          }
        }
      }
    },
    async ready() {
      await Promise.all(slots.map(({ service }) => service.ready()))
    },
    async stop() {
      ending = true
      const codes = await Promise.all(slots.map(({ service }) => service.stop()))
      await Promise.all(lives)
      return codes
    },
    async close() {
      ending = true
      for (const { service } of slots) await service.kill()
      await Promise.all(lives)
      await stores.stop()
    },
  }
}
