import type { Office } from '../config/office-schema.ts'
import { addDays, dateIn, formatDate } from '../models/identity/date.ts'
import { say } from './texts/texts.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const LOOK_AHEAD_DAYS = 30
/** A closure that begins within so many days is told with the hours. */
const TOLD_DAYS = 7

/** `14.20 WITA` */
export function clockText(office: Office, at: Date): string {
  return `${clockOf(office, at)} ${office.hours.zoneName}`
}

/** `7 Desember 2026, 14.20 WITA` */
export function momentText(office: Office, at: Date): string {
  return `${formatDate(dateIn(office.hours.timeZone, at))}, ${clockText(office, at)}`
}

/** `Senin–Kamis 08.00–12.00 dan 13.00–16.00, Jumat 08.00–11.00 WITA` */
function weekText(office: Office): string {
  const names = dayNames(office)
  const runs: { first: number; last: number; spans: string }[] = []
  for (const [i, day] of DAYS.entries()) {
    const spans = (office.hours.week[day] ?? []).map((span) => span.replace('-', '–'))
    if (spans.length === 0) continue
    const text = spans.join(` ${say(office, 'and')} `)
    const run = runs.at(-1)
    if (run && run.last === i - 1 && run.spans === text) run.last = i
    else runs.push({ first: i, last: i, spans: text })
  }
  const named = runs.map(({ first, last, spans }) =>
    first === last ? `${names[first]} ${spans}` : `${names[first]}–${names[last]} ${spans}`,
  )
  return `${named.join(', ')} ${office.hours.zoneName}`
}

/** The week's hours, and which of the next days they do not hold for: `… WITA, kecuali libur 8–15 Maret 2027`. */
export function hoursText(office: Office, now: Date): string {
  const hours = weekText(office)
  const closed = closures(office, dateIn(office.hours.timeZone, now)).map(([from, to]) => datesText(from, to))
  return closed.length === 0
    ? hours
    : say(office, 'hoursExcept', { hours, days: closed.join(` ${say(office, 'and')} `) })
}

/** Runs of holidays that begin within a week, each from its first to its last day on which the office would be open. */
function closures(office: Office, today: string): readonly (readonly [from: string, to: string])[] {
  const holidays = new Set(office.hours.holidays.map((holiday) => holiday.date))
  const runs: [string, string][] = []
  let open = true
  for (let ahead = 0; ahead < LOOK_AHEAD_DAYS && (ahead < TOLD_DAYS || !open); ahead++) {
    const date = addDays(today, ahead)
    // a weekend goes on with what it lies in
    if (spansOn(office, date).length === 0) continue
    const run = runs.at(-1)
    if (!holidays.has(date)) open = true
    else if (run && !open) run[1] = date
    else if (ahead < TOLD_DAYS) {
      runs.push([date, date])
      open = false
    }
  }
  return runs
}

/** When somebody is at the office next, today included: `Senin, 7 Desember 2026, 08.00–16.00 WITA`. */
export function nextOfficeDay(office: Office, now: Date): string {
  const start = dateIn(office.hours.timeZone, now)
  const clock = clockOf(office, now)
  for (let ahead = 0; ahead < LOOK_AHEAD_DAYS; ahead++) {
    const date = addDays(start, ahead)
    const spans = spansOn(office, date)
    const first = spans[0]?.slice(0, 5)
    const last = spans.at(-1)?.slice(6)
    const closed = office.hours.holidays.some((holiday) => holiday.date === date)
    if (!first || !last || closed || (ahead === 0 && clock >= last)) continue
    return `${dayText(office, date)}, ${first}–${last} ${office.hours.zoneName}`
  }
  return weekText(office)
}

/**
 * A range, as people read it: `Senin, 7 Desember 2026, 13.00–15.00 WITA`, over a closure `Jumat, 5 Maret sampai Selasa,
 * 16 Maret 2027`; never a single moment.
 */
export function estimateText(office: Office, estimate: { from: Date; to: Date } | null): string {
  if (!estimate) return say(office, 'estimateNone')
  const [from, to] = [estimate.from, estimate.to].map((at) => dateIn(office.hours.timeZone, at)) as [string, string]
  if (from === to) {
    const [first, last] = [clockOf(office, estimate.from), clockOf(office, estimate.to)]
    return `${dayText(office, from)}, ${first === last ? first : `${first}–${last}`} ${office.hours.zoneName}`
  }
  const [first, last] = [dayText(office, from), dayText(office, to)]
  const sameYear = from.slice(0, 4) === to.slice(0, 4)
  return say(office, 'estimateRange', { from: sameYear ? first.slice(0, -5) : first, to: last })
}

/** `Senin, 7 Desember 2026` of `2026-12-07`. */
export function dayText(office: Office, date: string): string {
  return `${dayNames(office)[weekdayOf(date)]}, ${formatDate(date)}`
}

/** `8 Maret 2027`, `8–15 Maret 2027`, `31 Desember 2026 – 4 Januari 2027`. */
function datesText(from: string, to: string): string {
  if (from === to) return formatDate(from)
  const sameMonth = from.slice(0, 7) === to.slice(0, 7)
  return sameMonth ? `${Number(from.slice(8))}–${formatDate(to)}` : `${formatDate(from)} – ${formatDate(to)}`
}

/** From Monday, 0. */
function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
}
/** The day's hours, were it no holiday. */
function spansOn(office: Office, date: string): readonly string[] {
  return office.hours.week[DAYS[weekdayOf(date)]!] ?? []
}

function dayNames(office: Office): readonly string[] {
  return say(office, 'weekdays').split(/\s*,\s*/)
}

function clockOf(office: Office, at: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: office.hours.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  }).format(at)
  return parts.replace(':', '.')
}

/** `pagi` until 11, `siang` until 15, `sore` until 18, else `malam`. */
export function timeOfDay(office: Office, at: Date): string {
  const hour = Number(clockOf(office, at).slice(0, 2))
  if (hour >= 4 && hour < 11) return say(office, 'timeMorning')
  if (hour >= 11 && hour < 15) return say(office, 'timeNoon')
  if (hour >= 15 && hour < 18) return say(office, 'timeAfternoon')
  return say(office, 'timeEvening')
}
