import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Update } from 'telegraf/types'
import { z } from 'zod'

const HEADER = 'x-telegram-bot-api-secret-token'
const BODY_BYTES = 1024 * 1024
/** Only what every update has: the rest is read with care, since new kinds come without notice. */
const AnyUpdate = z.looseObject({ update_id: z.int() })

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
  const expected = digest(deps.secret)
  await app.register(async (scope) => {
    scope.setErrorHandler((error, _request, reply) => {
      const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500
      return reply.code(typeof status === 'number' && status < 500 ? status : 503).send()
    })
    scope.post(
      deps.path,
      {
        bodyLimit: BODY_BYTES,
        onRequest: async (request, reply) => {
          const given = request.headers[HEADER]
          if (typeof given !== 'string' || !timingSafeEqual(digest(given), expected)) return reply.code(403).send()
        },
      },
      async (request, reply) => {
        const update = AnyUpdate.safeParse(request.body)
        if (!update.success) return reply.code(400).send()
        const taken = await deps.take(update.data as unknown as Update)
        return reply.code(taken ? 200 : 503).send()
      },
    )
  })
}

/** A secret of its own for each bot where none is configured: nobody without the token can know it. */
export function derivedSecret(token: string): string {
  return createHmac('sha256', token).update('webhook secret').digest('base64url')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
