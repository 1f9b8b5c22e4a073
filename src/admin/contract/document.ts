import { z } from 'zod'
import { Id, Moment } from './id.ts'

export const DocumentParams = z.object({ id: Id, documentId: Id })

/**
 * `GET /api/applications/:id/documents/:documentId`: a picture without EXIF (PDF as it came), or with `original=1` the
 * bytes as they came, which always needs a reason.
 */
export const DocumentQuery = z.object({
  original: z.enum(['0', '1']).optional(),
  /** From 1: one page of a PDF as a picture. 404 where the file has no such page, or it is not drawn yet. */
  page: z.coerce.number().int().min(1).max(1000).optional(),
  /** `1`: the portrait that is proposed in place of this file. 404 where there is none. */
  proposal: z.enum(['0', '1']).optional(),
  /** Longest side in pixels. */
  size: z.enum(['thumb', 'full']).default('full'),
  reason: z.string().trim().min(3).max(300).optional(),
})
export type DocumentQuery = z.infer<typeof DocumentQuery>

/** `POST /api/applications/:id/views` → 204: these documents of a prefetched case are now on the screen. */
export const ViewsBody = z.strictObject({ documents: z.array(Id).min(1).max(100) })
export type ViewsBody = z.infer<typeof ViewsBody>

/** `GET /api/applications/:id/views`: who has looked, for supervisors. Newest first. */
export const ViewList = z.object({
  items: z.array(
    z.object({
      id: Id,
      at: Moment,
      operator: z.object({ id: Id, name: z.string().optional() }),
      what: z.enum([
        'nik',
        'document',
        'original',
        'conversation',
        'conversation-take',
        'conversation-search',
        'conversation-file',
        'export',
      ]),
      document: Id.optional(),
      how: z.enum(['view', 'prefetch']),
      reason: z.string().optional(),
    }),
  ),
})
export type ViewList = z.infer<typeof ViewList>
