import type { Office } from '../../config/office-schema.ts'
import { dateIn, daysBetween } from '../../models/identity/date.ts'

/** The government decides on the next year's holidays in autumn: so many days are enough to type them. */
const NEAR_DAYS = 60

/**
 * The last day that is known to be a holiday, where it is near or over: every estimate behind it takes holidays for
 * working days. Undefined while there is time.
 */
export function holidaysEnd(hours: Office['hours'], now: Date): { last?: string } | undefined {
  const last = hours.holidays
    .map(({ date }) => date)
    .toSorted()
    .at(-1)
  if (last === undefined) return {}
  return daysBetween(dateIn(hours.timeZone, now), last) < NEAR_DAYS ? { last } : undefined
}
