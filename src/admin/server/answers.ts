import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Operator } from '../../models/operator/operator.ts'
import { Problem } from '../contract/problem.ts'
import { ProblemError } from './problems.ts'

const errors = { '4xx': Problem, '5xx': Problem }
/** An answer without a body. */
export const NOTHING = z.null()

/** The answers of a route, with the problems that every route may give. */
export function answers<T extends Record<number, z.ZodType>>(of: T): T & typeof errors {
  return { ...of, ...errors }
}

/** Who is signed in, on a route that the table of rights keeps for them. */
export function signedIn(request: FastifyRequest): Operator {
  if (!request.operator) throw new ProblemError('unauthenticated')
  return request.operator
}

/** For a route whose body may be left out: nothing means the defaults. */
export async function emptyBody(request: FastifyRequest): Promise<void> {
  request.body ??= {}
}
