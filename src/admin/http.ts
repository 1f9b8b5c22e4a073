import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { AdminDeps } from './deps.ts'
import { health } from './server/health.ts'
import { buildPublicServer } from './server/public-server.ts'
import type { Env } from '../config/env.ts'

export type HttpOptions = {
  env: Env
  /** Null where this process has no role `admin`. */
  admin: AdminDeps | null
  base: Pick<AdminDeps, 'log' | 'metrics' | 'probes'>
  /** Webhooks. */
  hooks: (app: FastifyInstance) => Promise<void>
  /** The demo chat's API, where it is on. */
  demo: (app: FastifyInstance) => Promise<void>
}

export type Http = { address: string; close(): Promise<void> }

/** Listens: PORT has everything that this process serves; with PUBLIC_PORT the webhooks move there, alone. */
export async function listen({ env, admin, base, hooks, demo }: HttpOptions): Promise<Http> {
  const common = { ...base, publicUrl: env.PUBLIC_URL, trustProxy: env.TRUST_PROXY }
  const apart = env.PUBLIC_PORT !== undefined
  const extend = async (app: FastifyInstance): Promise<void> => {
    if (!apart) await hooks(app)
    await demo(app)
  }
  const main = admin
    ? // a process without the console does not load it: a third of all that is loaded
      await (await import('./server/server.ts')).buildServer({ ...admin, extend })
    : await buildPublicServer({
        ...common,
        extend: async (app) => {
          health(app, base)
          await extend(app)
        },
      })
  const servers = [main]
  const unused = new Set<Socket>()
  watchUnused(main, unused)
  const address = await main.listen({ port: env.PORT, host: env.HOST })
  if (apart) {
    const open = await buildPublicServer({ ...common, extend: hooks })
    servers.push(open)
    watchUnused(open, unused)
    await open.listen({ port: env.PUBLIC_PORT ?? 0, host: env.HOST })
  }
  return {
    address,
    async close() {
      const closed = servers.map((server) => server.close())
      for (const socket of unused) socket.destroy()
      await Promise.all(closed)
    },
  }
}

/** Browsers open connections ahead that they may never use; to Node those are not idle, and a stop would wait for them. */
function watchUnused({ server }: FastifyInstance, unused: Set<Socket>): void {
  server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  server.on('request', ({ socket }) => unused.delete(socket))
}
