import type { FastifyReply } from 'fastify'

/** What can go wrong on the demo chat's routes, each with one status and one Indonesian sentence. */
const KINDS = {
  malformed: { status: 400, title: 'Permintaan tidak dapat dibaca.' },
  // the house refuses it before these routes are reached; it is answered here all the same
  'foreign-origin': { status: 403, title: 'Permintaan dari situs lain ditolak.' },
  'not-found': { status: 404, title: 'Tidak ditemukan.' },
  'too-large': { status: 413, title: 'Kiriman terlalu besar.' },
  'unsupported-media-type': { status: 415, title: 'Jenis isi kiriman tidak dikenal.' },
  invalid: { status: 422, title: 'Isian tidak dapat diterima.' },
  internal: { status: 500, title: 'Terjadi gangguan pada layanan. Tidak ada yang hilang.' },
  unavailable: { status: 503, title: 'Layanan belum siap. Coba lagi sebentar.' },
} as const
export type WebchatProblemKind = keyof typeof KINDS

/** Thrown by the routes; `detail` names the field, never its value. */
export class WebchatProblem extends Error {
  override readonly name = 'WebchatProblem'
  readonly kind: WebchatProblemKind
  readonly detail: string | undefined
  constructor(kind: WebchatProblemKind, detail?: string, cause?: unknown) {
    super(kind, { cause })
    this.kind = kind
    this.detail = detail
  }
}

/** Any error as a problem; what the framework refuses by status keeps its meaning, the rest is ours. */
export function problemOf(error: unknown): WebchatProblem {
  if (error instanceof WebchatProblem) return error
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500
  if (status === 413) return new WebchatProblem('too-large', undefined, error)
  if (status === 415 || status === 406) return new WebchatProblem('unsupported-media-type', undefined, error)
  if (status === 403) return new WebchatProblem('foreign-origin', undefined, error)
  if (status === 404) return new WebchatProblem('not-found', undefined, error)
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new WebchatProblem('malformed', undefined, error)
  }
  return new WebchatProblem('internal', undefined, error)
}

/** RFC 9457. */
export function sendProblem(reply: FastifyReply, problem: WebchatProblem): FastifyReply {
  const { kind, detail } = problem
  if (kind === 'unavailable') reply.header('retry-after', '1')
  return reply
    .code(KINDS[kind].status)
    .header('cache-control', 'no-store')
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify({ type: `/problems/${kind}`, kind, ...KINDS[kind], ...(detail && { detail }) }))
}
