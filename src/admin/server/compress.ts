import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its answer is a long list: sent compressed to who takes it so. */
    list?: true
  }
}

/** Given to such a route. */
export const LIST = { list: true } as const

const zip = promisify(gzip)
/** What is shorter comes in the same few packets either way. */
const LEAST_CHARS = 4096
/** Most of what is to be had, in a third of the time of the default. */
const LEVEL = 3
const TAKES_GZIP = /(?:^|[\s,])gzip(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/

/**
 * Compresses answers of routes that say `list`, off the event loop. The others stay as they are: what holds a token or a
 * password next to words that somebody else has chosen must not tell by its length whether they are alike (BREACH), a
 * stream must not wait, and pictures gain nothing.
 */
export async function compressList(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (request.routeOptions.config.list !== true || typeof payload !== 'string') return payload
  void reply.header('vary', 'accept-encoding')
  if (payload.length < LEAST_CHARS || !TAKES_GZIP.test(request.headers['accept-encoding'] ?? '')) return payload
  void reply.header('content-encoding', 'gzip')
  return zip(payload, { level: LEVEL })
}
