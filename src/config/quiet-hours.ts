import type { Office } from './office-schema.ts'

const MINUTE = 60_000
const DAY_MINUTES = 24 * 60

/**
 * When what nobody asked for may be said at the earliest: `at` itself, or the end of the quiet hours that it falls into,
 * which may pass midnight.
 */
export function afterQuiet(hours: Pick<Office['hours'], 'timeZone' | 'quiet'>, at: Date): Date {
  const minutes = minutesOf(clockIn(hours.timeZone, at))
  const from = minutesOf(hours.quiet.from)
  const to = minutesOf(hours.quiet.to)
  // quiet hours may pass midnight; of no length they are none
  const quiet = from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to
  if (!quiet) return at
  const wait = (to - minutes + DAY_MINUTES) % DAY_MINUTES
  const whole = Math.floor(at.getTime() / MINUTE) * MINUTE
  return new Date(whole + wait * MINUTE)
}

function minutesOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split('.').map(Number)
  return hour * 60 + minute
}
function clockIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at).replace(':', '.')
}
