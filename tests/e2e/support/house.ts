import { createLog } from '../../../src/config/log.ts'
import { startStores } from '../../../src/dev/stores.ts'
import type { Stores } from '../../../src/dev/stores.ts'
import type { Layout } from './fleet.ts'
import { freePort, startService } from './service.ts'
import type { Service } from './service.ts'

/** One service as an office runs it: one process with its private stores, or several on stores that outlive them. */
export type House = {
  /** Where the API is served; for the calls of one test an address is as good as another. */
  readonly urls: readonly string[]
  readonly demoUrl: string
  /** All that was printed by all processes so far. */
  output(): string
  upSince(): number | undefined
  start(): Promise<void>
  /** kill -9 for every process. */
  kill(): Promise<void>
  /** SIGTERM, so many times; the exit codes and how long it took until all were gone. */
  stop(times: number): Promise<{ codes: (number | null)[]; ms: number }>
  close(): Promise<void>
}

export async function openHouse(options: {
  dataDir: string
  layout: Layout
  env?: Record<string, string>
}): Promise<House> {
  const { dataDir, layout } = options
  const stores: Stores | undefined =
    layout.length > 1 ? await startStores({ dataDir, production: false, log: createLog('silent') }) : undefined
  const ports = await Promise.all(layout.map(() => freePort()))
  let services: Service[] = []
  const printed: string[] = []
  let since: number | undefined
  const gone = (): void => {
    since = undefined
    printed.push(...services.map((service) => service.output()))
    services = []
  }
  const at = (role: string): string[] =>
    layout.flatMap((roles, i) => (roles === 'all' || roles === role ? [`http://127.0.0.1:${ports[i]}`] : []))

  return {
    urls: at('admin'),
    demoUrl: at('admin')[0]!,
    output: () => [...printed, ...services.map((service) => service.output())].join('\n'),
    upSince: () => since,
    async start() {
      services = await Promise.all(
        layout.map((roles, i) =>
          startService({
            LOG_LEVEL: 'debug',
            MEDIA: 'keep',
            ...options.env,
            DATA_DIR: dataDir,
            ROLES: roles,
            PORT: String(ports[i]),
            ...(stores ? { MONGODB_URI: stores.mongodbUri, REDIS_URL: stores.redisUrl } : {}),
          }),
        ),
      )
      await Promise.all(services.map((service) => service.ready()))
      since = Date.now()
    },
    async kill() {
      await Promise.all(services.map((service) => service.kill()))
      gone()
    },
    async stop(times) {
      const begun = performance.now()
      for (let i = 0; i < times; i++) for (const { pid } of services) process.kill(pid, 'SIGTERM')
      const codes = await Promise.all(services.map((service) => service.ended))
      const ms = Math.round(performance.now() - begun)
      gone()
      return { codes, ms }
    },
    async close() {
      await Promise.all(services.map((service) => service.kill()))
      await stores?.stop()
    },
  }
}
