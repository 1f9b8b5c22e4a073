import { z } from 'zod'
import { FreeText, Id } from './id.ts'

/** `POST /api/portrait-sheets` → 200 application/pdf, in the order given. A reason where a case is not one's own. */
export const PortraitSheetBody = z.strictObject({
  /** Five pages of 42. */
  applications: z.array(Id).min(1).max(210),
  dpi: z.union([z.literal(300), z.literal(600)]).default(300),
  /** Number of its first page, where it goes on from another sheet. */
  firstPage: z.number().int().min(1).max(10_000).default(1),
  reason: FreeText.optional(),
})
