import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { api } from './api.ts'
import type { AdminDeps } from '../deps.ts'
import { health } from './health.ts'
import { pages } from './pages.ts'
import { ProblemError } from './problems.ts'
import { buildBase } from './public-server.ts'

/** The whole server of an office: API, console, demo page, health, and what `extend` adds. It does not listen. */
export async function buildServer(deps: AdminDeps): Promise<FastifyInstance> {
  const app = await buildBase(deps)
  await app.register(cookie)
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, context) =>
      new ProblemError('too-many-requests', { retryAfter: Math.max(1, Math.ceil(context.ttl / 1000)) }),
  })
  await app.register(swagger, {
    openapi: { info: { title: 'Smart Kids', version: '1', description: 'Konsol layanan KIA kolektif.' } },
    transform: jsonSchemaTransform,
  })
  await app.register((scope) => api(scope, deps), { prefix: '/api' })
  health(app, deps)
  await deps.extend?.(app)
  await pages(app, deps)
  return app
}
