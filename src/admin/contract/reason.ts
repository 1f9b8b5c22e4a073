import { z } from 'zod'
import { MISPRINT_REASONS } from '../../models/printing/print-batch.ts'
import type { MisprintReason } from '../../models/printing/print-batch.ts'

export const MISPRINT_CODES = Object.keys(MISPRINT_REASONS) as [MisprintReason, ...MisprintReason[]]
export const MisprintReasons = z.array(z.object({ code: z.enum(MISPRINT_CODES), label: z.string() }))

/** `GET /api/reasons`, from the office file; those of misprints are the same in every office. `letter` is the key in the console and never reused. */
export const Reasons = z.object({
  return: z.array(
    z.object({
      code: z.string(),
      letter: z.string(),
      label: z.string(),
      fix: z.string(),
      who: z.enum(['school', 'parent', 'office']),
      /** What the school is asked for again: kinds of documents, and answers. */
      asks: z.array(z.string()),
      /** Codes of findings that propose it. */
      findings: z.array(z.string()),
    }),
  ),
  /** No longer offered: for the words of cases that were returned for them. */
  retired: z.array(z.object({ code: z.string(), label: z.string() })),
  release: z.array(z.object({ code: z.string(), label: z.string() })),
  misprint: MisprintReasons,
})
export type Reasons = z.infer<typeof Reasons>
