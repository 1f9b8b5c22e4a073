import { z } from 'zod'
import { CONSENT_KINDS } from '../../models/consent/consent.ts'
import { Id, Moment } from './id.ts'

/** Who agreed to what, and when. `text` is missing where its words were not kept at the time. */
export const ConsentView = z.object({
  kind: z.enum(CONSENT_KINDS),
  by: z.object({
    role: z.enum(['coordinator', 'guardian']),
    name: z.string().optional(),
    relation: z.string().optional(),
  }),
  at: Moment,
  textVersion: z.string(),
  /** As it was shown, with `{…}` where a pupil's data stood. */
  text: z.string().optional(),
  withdrawnAt: Moment.optional(),
})
export type ConsentView = z.infer<typeof ConsentView>

/** `GET /api/consents/:application`: the first first. They are there after the pupil's data have gone. */
export const ConsentList = z.object({ items: z.array(ConsentView) })
export type ConsentList = z.infer<typeof ConsentList>
export const ConsentParams = z.object({ application: Id })
