import { z } from 'zod'
import { REASONS, STAGES } from '../../models/application/application.ts'
import { Id, Moment } from './id.ts'
import { SchoolRef } from './queue.ts'

/** `GET /api/applications/:id/related`: the same pupil's other applications (`nik`), and brothers and sisters. */
export const RelatedItem = z.object({
  id: Id,
  ticket: z.string(),
  /** `kk`: the same KK number; `file`: the same picture of the KK. */
  by: z.enum(['nik', 'kk', 'file']),
  name: z.string().nullable(),
  reason: z.enum(REASONS),
  stage: z.enum(STAGES),
  stageAt: Moment,
  school: SchoolRef,
})
export type RelatedItem = z.infer<typeof RelatedItem>
export const RelatedList = z.object({ items: z.array(RelatedItem) })
export type RelatedList = z.infer<typeof RelatedList>
