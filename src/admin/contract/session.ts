import { z } from 'zod'
import { ROLES } from '../../models/application/transitions.ts'
import { Id } from './id.ts'

export const SignIn = z.strictObject({
  username: z.string().min(1).max(100),
  password: z.string().min(1).max(200),
  /** Where the operator has a second factor; without it the answer is a 401 with `context.need` `code`. */
  code: z
    .string()
    .regex(/^\d{6}$/, 'must be 6 digits')
    .optional(),
})
export type SignIn = z.infer<typeof SignIn>

export const SessionView = z.object({
  operator: z.object({
    id: Id,
    name: z.string(),
    username: z.string(),
    roles: z.array(z.enum(ROLES)),
    /** The console asks for a new password before anything else; the API goes on. */
    mustChangePassword: z.boolean(),
    secondFactor: z.boolean(),
  }),
})
export type SessionView = z.infer<typeof SessionView>

/** `PUT /api/session/password` → 204. Other sessions of the operator end. */
export const ChangePassword = z.strictObject({
  current: z.string().min(1).max(200),
  next: z.string().min(10, 'at least 10 characters').max(200),
})
export type ChangePassword = z.infer<typeof ChangePassword>
