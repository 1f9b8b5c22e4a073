import { z } from 'zod'
import { FreeText, Id } from './id.ts'

/** `POST /api/portrait-sheets` → 200 application/pdf, in the order given. A reason where a case is not one's own. */
export const PortraitSheetBody = z.strictObject({
  applications: z.array(Id).min(1).max(200),
  dpi: z.union([z.literal(300), z.literal(600)]).default(300),
  reason: FreeText.optional(),
})
