import { z } from 'zod'
import { Id, Moment, PlaceKey } from './id.ts'

const password = z.string().min(1).max(200)

/**
 * `GET /api/session/sessions` (one's own), `GET /api/operators/:id/sessions`: pages by `PlacedPageQuery`, the one opened
 * last first. `current`: the one that asks.
 */
export const OperatorSessions = z.object({
  items: z.array(
    z.object({ id: Id, device: z.string().optional(), createdAt: Moment, seenAt: Moment, current: z.boolean() }),
  ),
  next: PlaceKey.optional(),
})
export type OperatorSessions = z.infer<typeof OperatorSessions>

/** `POST /api/session/second-factor`: a secret for an authenticator app. Nothing changes before its first code. */
export const FactorWish = z.strictObject({ password })
export type FactorWish = z.infer<typeof FactorWish>
/** `secret` in base32, `uri` as `otpauth://…`, `picture` the same as the address of a QR code in SVG. */
export const FactorOffer = z.object({ secret: z.string(), uri: z.string(), picture: z.string() })
export type FactorOffer = z.infer<typeof FactorOffer>
/** `PUT /api/session/second-factor` → 204: from now on the code is asked for. */
export const FactorCode = z.strictObject({ code: z.string().regex(/^\d{6}$/, 'must be 6 digits') })
export type FactorCode = z.infer<typeof FactorCode>
// `DELETE /api/session/second-factor` {password} → 204.

/** `POST /api/operators/:id/invite`: the token of a link that is shown once; an earlier link is over. */
export const InviteMade = z.object({ token: z.string(), expiresAt: Moment })
export type InviteMade = z.infer<typeof InviteMade>
const token = z.string().regex(/^[A-Za-z0-9_-]{20,64}$/, 'must be a token')
/** `POST /api/operator-invites/look`: whose link it is; 404 where it is over. */
export const InviteLook = z.strictObject({ token })
export const InviteOf = z.object({ username: z.string(), name: z.string() })
export type InviteOf = z.infer<typeof InviteOf>
/** `POST /api/operator-invites/accept` → 204: the operator's own password; the link is used up. */
export const InviteAccept = z.strictObject({
  token,
  password: z.string().min(10, 'at least 10 characters').max(200),
})
export type InviteAccept = z.infer<typeof InviteAccept>
