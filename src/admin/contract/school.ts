import { z } from 'zod'
import { Id, Moment, Npsn } from './id.ts'

export const SchoolView = z.object({
  npsn: Npsn,
  name: z.string(),
  kecamatan: z.string(),
  enrolled: z.number().int().nullable(),
  sample: z.boolean(),
})
export type SchoolView = z.infer<typeof SchoolView>

export const SchoolsQuery = z.object({
  q: z.string().trim().max(100).optional(),
  after: Npsn.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export const SchoolPage = z.object({ items: z.array(SchoolView) })
export type SchoolPage = z.infer<typeof SchoolPage>

/** `PUT /api/schools/:npsn`: creates or replaces one. `POST /api/schools` {schools}: the import, at most 1,000. */
export const SchoolBody = z.strictObject({
  name: z.string().trim().min(3).max(120),
  kecamatan: z.string().trim().min(1).max(80),
  enrolled: z.number().int().min(0).max(100_000).nullable().default(null),
})
export type SchoolBody = z.infer<typeof SchoolBody>
export const SchoolImport = z.strictObject({
  schools: z
    .array(SchoolBody.extend({ npsn: Npsn }))
    .min(1)
    .max(1000),
})
export type SchoolImport = z.infer<typeof SchoolImport>
export const SchoolImported = z.object({ stored: z.number().int() })
export const SchoolParams = z.object({ npsn: Npsn })

/**
 * `POST /api/schools/:npsn/invitations`. The code is shown once: only its hash is kept.
 * `POST /api/schools/:npsn/invitation-sheet`, same body: the code as a PDF with its wa.me link, for the school's letter.
 */
export const InvitationBody = z.strictObject({
  days: z.number().int().min(1).max(90).default(14),
  uses: z.number().int().min(1).max(20).default(1),
})
export type InvitationBody = z.infer<typeof InvitationBody>
export const InvitationMade = z.object({
  id: Id,
  code: z.string(),
  npsn: Npsn,
  expiresAt: Moment,
  usesLeft: z.number(),
})
export type InvitationMade = z.infer<typeof InvitationMade>
/** `GET /api/schools/:npsn/invitations`: the open ones, without codes. */
export const InvitationList = z.object({
  items: z.array(z.object({ id: Id, npsn: Npsn, expiresAt: Moment, usesLeft: z.number(), triesLeft: z.number() })),
})
export type InvitationList = z.infer<typeof InvitationList>
