import { z } from 'zod'

/** `GET /api/office`: what the console says about the office it belongs to. */
export const OfficeView = z.object({
  shortName: z.string(),
  /** Files that each school is served in a round; null where another policy than the fair one holds. */
  batch: z.number().int().nullable(),
})
export type OfficeView = z.infer<typeof OfficeView>

/** `GET /api/parts`: the state of stores and channels, as /readyz says it. `state` and `alert` are words of the part's own. */
export const PartsView = z.object({
  parts: z.record(z.string(), z.object({ ready: z.boolean(), state: z.string(), alert: z.string().optional() })),
})
export type PartsView = z.infer<typeof PartsView>
