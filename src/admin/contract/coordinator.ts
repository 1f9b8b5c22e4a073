import { z } from 'zod'
import { FreeText, Id, Moment, Npsn, PageQuery } from './id.ts'
import { SchoolRef } from './queue.ts'

export const CoordinatorsQuery = PageQuery.extend({
  state: z.enum(['pending', 'approved', 'suspended']).optional(),
  npsn: Npsn.optional(),
})
export const CoordinatorView = z.object({
  id: Id,
  name: z.string(),
  role: z.string(),
  state: z.enum(['pending', 'approved', 'suspended']),
  school: SchoolRef,
  /** Who gets drafts and notices while this one is suspended. */
  substitute: Id.optional(),
  substituteName: z.string().optional(),
  channels: z.array(z.string()),
  /** The same person by what a platform says, registered twice: one of them is to be suspended. */
  twin: z.object({ id: Id, name: z.string() }).optional(),
  createdAt: Moment.optional(),
})
export type CoordinatorView = z.infer<typeof CoordinatorView>
export const CoordinatorPage = z.object({ items: z.array(CoordinatorView) })
export type CoordinatorPage = z.infer<typeof CoordinatorPage>

/** `POST /api/coordinators/:id/approve` and `/reinstate` have no body. `/suspend`: drafts and notices go to `substitute`. */
export const SuspendBody = z.strictObject({ reason: FreeText, substitute: Id.optional() })
export type SuspendBody = z.infer<typeof SuspendBody>
/** `POST /api/coordinators/:id/move`: to another school. */
export const MoveBody = z.strictObject({ npsn: Npsn, reason: FreeText })
export type MoveBody = z.infer<typeof MoveBody>
/** `POST /api/coordinators/:id/replace`: open applications, drafts and notices go to `by`, of the same school. */
export const ReplaceBody = z.strictObject({ by: Id, reason: FreeText })
export type ReplaceBody = z.infer<typeof ReplaceBody>
