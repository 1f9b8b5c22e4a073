import { z } from 'zod'
import { FreeText, Id, Moment, PageQuery } from './id.ts'
import { SchoolRef } from './queue.ts'

/** What a coordinator asked of the office: `help` (PETUGAS) and `complaint` (PENGADUAN). */
export const PleasQuery = PageQuery.extend({
  kind: z.enum(['help', 'complaint']).optional(),
  state: z.enum(['open', 'closed']).default('open'),
})
export const PleaView = z.object({
  id: Id,
  /** The number that the coordinator was told. */
  number: z.string(),
  kind: z.enum(['help', 'complaint']),
  state: z.enum(['open', 'closed']),
  at: Moment,
  /** Complaints: answered by then, in working days of the office. */
  due: Moment.optional(),
  text: z.string().optional(),
  school: SchoolRef.optional(),
  coordinator: z.object({ id: Id, name: z.string().optional() }).optional(),
  closedAt: Moment.optional(),
  outcome: z.string().optional(),
})
export type PleaView = z.infer<typeof PleaView>
export const PleaPage = z.object({ items: z.array(PleaView) })
export type PleaPage = z.infer<typeof PleaPage>

/** `POST /api/pleas/:id/close` */
export const ClosePleaBody = z.strictObject({ outcome: FreeText })
export type ClosePleaBody = z.infer<typeof ClosePleaBody>
