import { STATUS_CODES } from 'node:http'
import helmet from '@fastify/helmet'
import Fastify from 'fastify'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { newId } from '../../models/store/ids.ts'
import type { ServerDeps } from '../deps.ts'
import { httpMetrics } from './metrics.ts'
import { refuseForeignOrigin, trustProxy } from './origin.ts'
import { problem, problemOf, sendProblem } from './problems.ts'

const BODY_BYTES = 1024 * 1024
/** A large album over a slow line may take minutes; a connection that only dribbles is ended. */
const REQUEST_MS = 300_000

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Called by a platform, thousands of times: without headers, origin check and log line, which are for browsers. */
    machine?: true
  }
}

/** What PUBLIC_PORT serves: only what `extend` adds (webhooks and /u), and a problem for everything else. */
export async function buildPublicServer(deps: ServerDeps): Promise<FastifyInstance> {
  const app = await buildBase(deps)
  await deps.extend?.(app)
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problem('not-found')))
  return app
}

/** What every server of ours has: its answers to what is wrong, its headers, its measures. */
export async function buildBase({
  log,
  metrics,
  publicUrl,
  trustProxy: proxies,
}: ServerDeps): Promise<FastifyInstance> {
  const options: FastifyServerOptions = {
    logger: false,
    trustProxy: trustProxy(proxies),
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: 'idle',
    genReqId: () => newId(),
    frameworkErrors: (error, _request, reply) => {
      void sendProblem(reply, problem(error.code === 'FST_ERR_MAX_PARAM_LENGTH' ? 'not-found' : 'malformed'))
    },
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || socket.destroyed) return
      socket.end(unreadable(error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400))
    },
  }
  const app = Fastify(options)
  const observe = httpMetrics(metrics)

  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.removeContentTypeParser(['text/plain', 'application/json'])
  const parseJson = app.getDefaultJsonParser('error', 'error')
  // a client that always names JSON may send no body where none is needed
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parseJson(request, String(body), done)
  })

  app.decorateRequest('operator', null)
  app.addHook('onRoute', (route) => {
    if (route.config?.machine) route.helmet = false
  })
  app.addHook('onRequest', async (request) => {
    if (!request.routeOptions.config.machine) refuseForeignOrigin(request, publicUrl)
  })
  await app.register(helmet, security(publicUrl?.startsWith('https:') ?? false))

  app.setErrorHandler((error, request, reply) => {
    const answer = problemOf(error)
    if (answer.status >= 500) {
      log.error({ err: error, request: request.id, route: request.routeOptions.url }, 'request failed')
    }
    return sendProblem(reply, answer)
  })
  app.addHook('onResponse', async (request, reply) => {
    // the pattern of the route, never the address: it may hold what a person typed
    const line = {
      request: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(request.operator ? { operator: request.operator.id } : {}),
    }
    observe(line, reply.elapsedTime / 1000)
    if (request.routeOptions.config.machine) return
    if (request.method === 'GET' && reply.statusCode < 400) log.debug(line, 'request')
    else log.info(line, 'request')
  })
  return app
}

function security(https: boolean) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        frameSrc: ["'self'", 'blob:'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // the console's component library sets sizes in style attributes
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
    },
    strictTransportSecurity: https,
    referrerPolicy: { policy: 'no-referrer' as const },
  }
}

/** The answer to bytes that are no HTTP at all; there is no request to hang it on. */
function unreadable(status: 400 | 431): string {
  const body = JSON.stringify({ ...problem('malformed'), status })
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
