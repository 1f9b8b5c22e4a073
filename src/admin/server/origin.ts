import type { FastifyRequest } from 'fastify'
import { ProblemError } from './problems.ts'

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a write that another site's page sends, before its body is read. Programs send no Origin and are let
 * through: the session cookie is SameSite=Strict.
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  if (READS.has(request.method)) return
  const origin = request.headers.origin
  if (origin === undefined) {
    if (request.headers['sec-fetch-site'] === 'cross-site') throw new ProblemError('foreign-origin')
    return
  }
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return
  if (origin === `${request.protocol}://${request.host}`) return
  throw new ProblemError('foreign-origin')
}

/** TRUST_PROXY: `true`, a number of hops, or a list of addresses and networks of the proxies. */
export function trustProxy(text: string | undefined): boolean | string | ((address: string, hop: number) => boolean) {
  if (text === undefined || text === 'false' || text === '0') return false
  if (text === 'true') return true
  const hops = Number(text)
  return Number.isInteger(hops) ? (_address, hop) => hop < hops : text
}
