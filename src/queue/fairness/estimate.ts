import type { Calendar } from '../calendar.ts'

/** When a card is likely to be ready, as a range of instants within office hours. */
export type Estimate = { from: Date; to: Date }

const HOUR = 3_600_000
/** Fewer completions than this say nothing about the pace. */
const FEWEST = 5

/**
 * `ahead` cards at the pace of the `completed` cards in the last `workingMs` of open time: the pace give or take its
 * own uncertainty (one over the root of what was counted). Null where too little was completed to say anything.
 */
export function estimate(
  calendar: Calendar,
  now: Date,
  ahead: number,
  recent: { completed: number; workingMs: number },
): Estimate | null {
  if (recent.completed < FEWEST || recent.workingMs < HOUR) return null
  const msPerCard = recent.workingMs / recent.completed
  const doubt = 1 / Math.sqrt(recent.completed)
  const least = Math.max(1, ahead) * msPerCard * (1 - doubt)
  const most = Math.max(1, ahead) * msPerCard * (1 + doubt)
  return { from: calendar.addWorkingTime(now, least), to: calendar.addWorkingTime(now, most) }
}
