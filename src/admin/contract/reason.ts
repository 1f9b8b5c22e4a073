import { z } from 'zod'

/** `GET /api/reasons`, from the office file. `letter` is the key in the console and never reused. */
export const Reasons = z.object({
  return: z.array(
    z.object({
      code: z.string(),
      letter: z.string(),
      label: z.string(),
      fix: z.string(),
      who: z.enum(['school', 'parent', 'office']),
    }),
  ),
  /** No longer offered: for the words of cases that were returned for them. */
  retired: z.array(z.object({ code: z.string(), label: z.string() })),
  release: z.array(z.object({ code: z.string(), label: z.string() })),
})
export type Reasons = z.infer<typeof Reasons>
