import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Update } from 'telegraf/types'

const HEADER = 'x-telegram-bot-api-secret-token'
const BODY_BYTES = 1024 * 1024

export type WebhookDeps = {
  /** The path of the public address, as the platform calls it. */
  path: string
  secret: string
  /** Persists one update; false when it could not, or the channel is not started: the platform comes again. */
  take(update: Update): Promise<boolean>
}

/**
 * The webhook as a plugin: 403 for a wrong secret before the body is read, 400 for what is no update, 200 only after
 * the update is persisted, 503 otherwise.
 */
export async function webhookRoutes(app: FastifyInstance, deps: WebhookDeps): Promise<void> {
  const expected = Buffer.from(deps.secret)
  await app.register(async (scope) => {
    scope.setErrorHandler((error, _request, reply) => {
      const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500
      return reply.code(typeof status === 'number' && status < 500 ? status : 503).send()
    })
    scope.post(
      deps.path,
      {
        bodyLimit: BODY_BYTES,
        config: { machine: true },
        onRequest(request, reply, done) {
          if (isSecret(request.headers[HEADER], expected)) done()
          else void reply.code(403).send()
        },
      },
      async (request, reply) => {
        if (!isUpdate(request.body)) return reply.code(400).send()
        const taken = await deps.take(request.body)
        return reply.code(taken ? 200 : 503).send()
      },
    )
  })
}

/** A secret of its own for each bot where none is configured: nobody without the token can know it. */
export function derivedSecret(token: string): string {
  return createHmac('sha256', token).update('webhook secret').digest('base64url')
}

/** In the same time wherever they differ; only how long a secret is may be learnt. */
function isSecret(given: unknown, expected: Buffer): boolean {
  if (typeof given !== 'string') return false
  const bytes = Buffer.from(given)
  return bytes.length === expected.length && timingSafeEqual(bytes, expected)
}

/** Only what every update has: the rest is read with care, since new kinds come without notice. */
function isUpdate(body: unknown): body is Update {
  return typeof body === 'object' && body !== null && 'update_id' in body && Number.isSafeInteger(body.update_id)
}
