import { z } from 'zod'
import { STAGES } from '../../models/application/application.ts'
import { Id, Npsn, PlaceKey } from './id.ts'
import { QueueItem, SchoolRef } from './queue.ts'

/** What narrows a search. Days are those of the office, both included. */
const filters = {
  /** A ticket (`B417-6`), a NIK (16 digits, exactly), an NPSN, or words of a pupil's name. */
  q: z.string().trim().min(1).max(100).optional(),
  stage: z.enum(STAGES).exclude(['draft']).optional(),
  npsn: Npsn.optional(),
  coordinator: Id.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
}

/** `POST /api/search`: a body, so that names and numbers stand in no server's log of addresses. */
export const SearchBody = z.strictObject({
  ...filters,
  after: PlaceKey.optional(),
  limit: z.number().int().min(1).max(200).default(50),
})
export type SearchBody = z.input<typeof SearchBody>

export const SearchPage = z.object({
  /** How `q` was read. */
  read: z.enum(['ticket', 'nik', 'school', 'name', 'none']),
  /** Stops at 10,000; of names at 200. */
  total: z.number().int(),
  items: z.array(QueueItem),
  /** Where the next page begins; absent where this one was not full. */
  next: PlaceKey.optional(),
  /** Schools and coordinators whose names the words are, to narrow by. */
  schools: z.array(SchoolRef),
  coordinators: z.array(z.object({ id: Id, name: z.string(), school: SchoolRef })),
})
export type SearchPage = z.infer<typeof SearchPage>

const format = z.enum(['csv', 'xlsx'])
/** `POST /api/search/export`: at most 10,000 rows, the NIK masked as in lists; logged. */
export const SearchExportBody = z.strictObject({ ...filters, format })
export type SearchExportBody = z.infer<typeof SearchExportBody>
/** `POST /api/applications/:id/export`: one row, whole; whoever may not read the case gives a reason; logged. */
export const CaseExportBody = z.strictObject({ format, reason: z.string().trim().min(3).max(300).optional() })
export type CaseExportBody = z.infer<typeof CaseExportBody>
