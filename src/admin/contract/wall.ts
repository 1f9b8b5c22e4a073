import { z } from 'zod'
import { STAGES } from '../../models/application/application.ts'
import { Moment } from './id.ts'
import { SchoolRef } from './queue.ts'

/** `GET /api/wall`: numbers for the office's wall, no person. Durations are milliseconds of working time. */
export const WallView = z.object({
  at: Moment,
  stages: z.array(
    z.object({
      stage: z.enum(STAGES),
      waiting: z.number().int(),
      oldestAt: Moment.optional(),
      /** The oldest has been there for longer than the promise. */
      late: z.boolean(),
    }),
  ),
  hours: z.array(z.object({ hour: z.number().int(), done: z.number().int() })),
  today: z.number().int(),
  promise: z.number(),
  median: z.number().nullable(),
  p90: z.number().nullable(),
  /** Part of today's cards that kept the promise, 0 to 1. */
  kept: z.number().nullable(),
  /** Of so many: those whose papers were complete at a known time. */
  measured: z.number().int(),
  schools: z.array(z.object({ school: SchoolRef, done: z.number().int(), waiting: z.number().int() })),
  moved: z.number().int(),
  working: z.number().int(),
})
export type WallView = z.infer<typeof WallView>
