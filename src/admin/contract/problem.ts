import { z } from 'zod'

/**
 * Every error under /api and /demo, as RFC 9457 and `application/problem+json`.
 * `type` is `about:blank` or `/problems/<kind>`; `kind` is for programs, `title` and `detail` are Indonesian sentences.
 */
const PROBLEM_KINDS = [
  'not-found',
  'forbidden',
  'invalid',
  'claim-lost',
  'claim-limit',
  'conflict',
  'too-late',
  'duplicate',
  'unconfirmed',
  'unauthenticated',
  'foreign-origin',
  'malformed',
  'too-large',
  'unsupported-media-type',
  'too-many-requests',
  'unavailable',
  'internal',
] as const
export type ProblemKind = (typeof PROBLEM_KINDS)[number]

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  kind: z.enum(PROBLEM_KINDS),
  detail: z.string().optional(),
  /** Which fields were wrong; paths and rules only, never the values. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Ids and codes that help to act on a refusal, as who holds a claim. */
  context: z.record(z.string(), z.unknown()).optional(),
  /** Seconds, as in the header `retry-after`. */
  retryAfter: z.number().int().optional(),
  /** The request's id, to be told to the office's technician. */
  request: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>
