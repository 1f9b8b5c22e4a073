import { z } from 'zod'
import { MEDIA_PARTS } from '../../models/file/media-part.ts'

/** `GET /api/office`: what the console says about the office it belongs to. */
export const OfficeView = z.object({
  shortName: z.string(),
  /** Files that each school is served in a round; null where another policy than the fair one holds. */
  batch: z.number().int().nullable(),
  /** For so long a decision can be taken back, before anybody hears of it. */
  undoSeconds: z.number().int(),
  /** For so long what an operator has released is not offered to them. */
  skipMinutes: z.number().int(),
  /** Cards are signed (TTE) before they are printed. */
  signature: z.boolean(),
  /** What looking at files lacks on this machine: operators look themselves. */
  missing: z.array(z.enum(MEDIA_PARTS)),
  /** For supervisors, where the last known holiday is near, or none is known: the list has to be carried on. */
  holidaysEnd: z.object({ last: z.iso.date().optional() }).optional(),
})
export type OfficeView = z.infer<typeof OfficeView>

/** `GET /api/parts`: the state of stores and channels, as /readyz says it. `state` and `alert` are words of the part's own. */
export const PartsView = z.object({
  parts: z.record(z.string(), z.object({ ready: z.boolean(), state: z.string(), alert: z.string().optional() })),
})
export type PartsView = z.infer<typeof PartsView>
