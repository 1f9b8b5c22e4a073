import type { FastifyInstance } from 'fastify'
import type { Redis } from 'ioredis'
import type { Database } from '../../models/store/connect.ts'
import type { AdminDeps, PartState } from '../deps.ts'

const PROBE_MS = 2000

/** /healthz: the process answers. /readyz: each part's state, 200 only when all are ready. /metrics: Prometheus. */
export function health(app: FastifyInstance, { probes, metrics, log }: Pick<AdminDeps, 'probes' | 'metrics' | 'log'>) {
  app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }))

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const parts = await askParts(probes, log)
    const ready = Object.values(parts).every((part) => part.ready)
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ready' : 'not-ready', parts })
  })

  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  )
}

/** Whether the stores answer. */
export function storeProbes(database: Database, redis: Redis): Record<string, () => Promise<PartState>> {
  return {
    async mongodb() {
      await database.db?.command({ ping: 1 })
      return { ready: true, state: 'open' }
    },
    async redis() {
      await redis.ping()
      return { ready: true, state: 'open' }
    },
  }
}

/** Each part's own word about itself, none waited for longer than 2 s. */
export async function askParts(probes: AdminDeps['probes'], log: AdminDeps['log']): Promise<Record<string, PartState>> {
  const asked = Object.entries(probes).map(async ([name, probe]) => [name, await ask(name, probe, log)] as const)
  return Object.fromEntries(await Promise.all(asked))
}

async function ask(name: string, probe: () => Promise<PartState>, log: AdminDeps['log']): Promise<PartState> {
  const late = Promise.withResolvers<PartState>()
  const timer = setTimeout(() => late.resolve({ ready: false, state: 'no-answer' }), PROBE_MS)
  try {
    return await Promise.race([probe(), late.promise])
  } catch (error) {
    log.warn({ err: error, part: name }, 'probe failed')
    return { ready: false, state: 'down' }
  } finally {
    clearTimeout(timer)
  }
}
