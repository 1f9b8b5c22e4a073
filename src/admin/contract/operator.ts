import { z } from 'zod'
import { ROLES } from '../../models/application/transitions.ts'
import { Id, PageQuery } from './id.ts'

const roles = z.array(z.enum(ROLES)).min(1).max(ROLES.length)
export const OperatorView = z.object({
  id: Id,
  username: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  active: z.boolean(),
  mustChangePassword: z.boolean(),
  secondFactor: z.boolean(),
})
export type OperatorView = z.infer<typeof OperatorView>
/** `GET /api/operators`, by username: `after` is the last one of the page before, which the office's own settings may have named. */
export const OperatorsQuery = PageQuery.extend({ after: z.string().min(1).max(200).optional() })
export const OperatorPage = z.object({ items: z.array(OperatorView) })
export type OperatorPage = z.infer<typeof OperatorPage>

/** `POST /api/operators` → 201 with a password that is shown once. */
export const OperatorBody = z.strictObject({
  username: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/, 'small letters, digits, . _ -'),
  name: z.string().trim().min(1).max(100),
  roles,
})
export type OperatorBody = z.infer<typeof OperatorBody>
export const OperatorMade = z.object({ operator: OperatorView, password: z.string() })
export type OperatorMade = z.infer<typeof OperatorMade>

/** `GET /api/operators/:id/holdings`: what goes back to the queue and to the bot where they are deactivated. */
export const OperatorHoldings = z.object({
  claims: z.number().int(),
  /** `waiting`: cards that are not printed, or not signed, yet. */
  batches: z.array(z.object({ number: z.number().int(), waiting: z.number().int() })),
  conversations: z.number().int(),
})
export type OperatorHoldings = z.infer<typeof OperatorHoldings>

/**
 * `PATCH /api/operators/:id`. Deactivating ends the sessions and gives back what they hold; the last active supervisor
 * stays.
 */
export const OperatorPatch = z
  .strictObject({ name: z.string().trim().min(1).max(100), roles, active: z.boolean() })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'at least one value')
export type OperatorPatch = z.infer<typeof OperatorPatch>
// `POST /api/operators/:id/password` → OperatorMade: a new password, to be changed at the next sign-in.
