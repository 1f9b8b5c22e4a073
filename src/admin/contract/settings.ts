import { z } from 'zod'
import { DOCUMENT_KINDS } from '../../models/application/application.ts'
import { Moment } from './id.ts'
import { SchoolRef } from './queue.ts'

const holidays = z.array(z.strictObject({ date: z.iso.date(), name: z.string().trim().min(3).max(60) })).max(200)
const returnReasons = z
  .array(
    z.strictObject({
      code: z.string().regex(/^[A-Z][A-Z0-9_]{2,40}$/, 'must be a code as RR_BLURRED'),
      letter: z.string().regex(/^[A-Z]$/, 'must be one capital letter'),
      label: z.string().trim().min(3).max(120),
      fix: z.string().trim().min(3).max(500),
      who: z.enum(['school', 'parent', 'office']),
      asks: z.array(z.enum([...DOCUMENT_KINDS, 'name', 'nik', 'birthDate', 'class'])).max(20),
      findings: z
        .array(z.string().regex(/^[A-Z][A-Z0-9_]{2,40}$/, 'must be a code as PAGE_CUT'))
        .max(20)
        .optional(),
      place: z.string().trim().min(3).max(120).optional(),
      /** No longer offered; cases that were returned for it still show its words. */
      retired: z.boolean().optional(),
    }),
  )
  .min(1)
  .max(26)
const fairness = z.strictObject({
  policy: z.enum(['fair', 'fifo', 'sqrt-enrolment']),
  batch: z.number().int().min(1).max(100),
})

/** `GET /api/settings`: what supervisors may change of the office. `rev` goes along with every change. */
export const SettingsView = z.object({
  rev: z.number().int(),
  holidays,
  returnReasons,
  fairness,
  changed: z.object({ by: z.string(), at: Moment }).optional(),
})
export type SettingsView = z.infer<typeof SettingsView>

/**
 * `PUT /api/settings`: one or more of them, whole. 409 where somebody has changed them since `rev`; 422 with the issues
 * where a rule is broken. A letter is never reused and a reason never taken away. Fairness: for new keys only.
 */
export const SettingsBody = z.strictObject({
  rev: z.number().int().min(0),
  holidays: holidays.optional(),
  returnReasons: returnReasons.optional(),
  fairness: fairness.optional(),
})
export type SettingsBody = z.infer<typeof SettingsBody>

/** `POST /api/settings/fairness-preview`: the files that wait now, had they all come under each of the two policies. */
export const PolicyBody = fairness
export type PolicyBody = z.infer<typeof PolicyBody>
const order = z.object({ first: z.number().int(), last: z.number().int() })
export const PolicyPreview = z.object({
  files: z.number().int(),
  schools: z.array(z.object({ school: SchoolRef, files: z.number().int(), present: order, wished: order })),
})
export type PolicyPreview = z.infer<typeof PolicyPreview>
