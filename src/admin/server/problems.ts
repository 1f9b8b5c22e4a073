import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { FastifyReply } from 'fastify'
import { Refusal } from '../../models/store/errors.ts'
import type { Problem, ProblemKind } from '../contract/problem.ts'

/** One status and one Indonesian title for each kind of problem. */
const KINDS: Record<ProblemKind, { status: number; title: string }> = {
  'not-found': { status: 404, title: 'Tidak ditemukan.' },
  forbidden: { status: 403, title: 'Anda tidak berhak melakukan ini.' },
  invalid: { status: 422, title: 'Isian tidak dapat diterima.' },
  'claim-lost': { status: 409, title: 'Berkas ini tidak lagi Anda pegang.' },
  'claim-limit': { status: 409, title: 'Selesaikan berkas yang Anda pegang lebih dahulu.' },
  conflict: { status: 409, title: 'Keadaan sudah berubah. Muat ulang lalu coba lagi.' },
  'too-late': { status: 409, title: 'Batas waktunya sudah lewat.' },
  duplicate: { status: 409, title: 'Sudah ada.' },
  unconfirmed: { status: 409, title: 'Ada yang berat pada berkas ini. Lihat dahulu, lalu setujui lagi.' },
  unauthenticated: { status: 401, title: 'Anda belum masuk.' },
  'foreign-origin': { status: 403, title: 'Permintaan dari situs lain ditolak.' },
  malformed: { status: 400, title: 'Permintaan tidak dapat dibaca.' },
  'too-large': { status: 413, title: 'Kiriman terlalu besar.' },
  'unsupported-media-type': { status: 415, title: 'Jenis isi kiriman tidak dikenal.' },
  'too-many-requests': { status: 429, title: 'Terlalu banyak percobaan. Tunggu sebentar.' },
  unavailable: { status: 503, title: 'Layanan belum siap. Coba lagi sebentar.' },
  internal: { status: 500, title: 'Terjadi gangguan pada layanan. Tidak ada yang hilang.' },
}

type Extra = Pick<Problem, 'detail' | 'issues' | 'context' | 'retryAfter'>

/** Thrown by routes; the error handler answers with it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly kind: ProblemKind
  readonly extra: Extra
  /** What the framework's errors carry, too: rooms with answers of their own read it. */
  readonly statusCode: number
  constructor(kind: ProblemKind, extra: Extra = {}) {
    super(kind)
    this.kind = kind
    this.extra = extra
    this.statusCode = KINDS[kind].status
  }
}

export function problem(kind: ProblemKind, extra: Extra = {}): Problem {
  return { type: `/problems/${kind}`, kind, ...KINDS[kind], ...extra }
}

/**
 * What the caller is told about an error: kind and codes of a refusal, the fields of a bad request, and nothing at all of a
 * fault of ours.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return problem(error.kind, error.extra)
  if (error instanceof Refusal) {
    return problem(error.kind, hasKeys(error.detail) ? { context: error.detail } : {})
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map((one) => ({
      path: one.instancePath.slice(0, 200),
      message: describe(one.keyword),
    }))
    return problem('malformed', { issues: issues.slice(0, 20) })
  }
  const status = statusOf(error)
  if (status === 429) return problem('too-many-requests')
  if (status === 413) return problem('too-large')
  if (status === 415) return problem('unsupported-media-type')
  if (status === 404) return problem('not-found')
  if (status === 503) return problem('unavailable')
  if (status !== undefined && status >= 400 && status < 500) return { ...problem('malformed'), status }
  return problem('internal')
}

export function sendProblem(reply: FastifyReply, answer: Problem): FastifyReply {
  if (answer.retryAfter !== undefined) reply.header('retry-after', String(answer.retryAfter))
  return reply
    .code(answer.status)
    .header('cache-control', 'no-store')
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...answer, request: reply.request.id }))
}

/** The rule that was broken, by zod's own code: its messages may quote what was sent. */
function describe(code: string): string {
  switch (code) {
    case 'invalid_type':
      return 'wrong type, or missing'
    case 'too_small':
      return 'too short or too small'
    case 'too_big':
      return 'too long or too large'
    case 'invalid_value':
      return 'not one of the allowed values'
    default:
      return 'not in the expected form'
  }
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}
function hasKeys(value: object): boolean {
  return Object.keys(value).length > 0
}
