import type { Office } from '../config/office-schema.ts'
import type { CurrentOffice } from '../config/office-settings.ts'

/** The office's working time. All instants are Dates, durations are milliseconds of open time. */
export type Calendar = {
  isOpen(at: Date): boolean
  /** `at` itself while the office is open, else when it opens next. */
  nextOpening(at: Date): Date
  /** The instant by which `milliseconds` of open time have passed since `from`. */
  addWorkingTime(from: Date, milliseconds: number): Date
  /** Open time between two instants; 0 where `to` is not after `from`. */
  workingTimeBetween(from: Date, to: Date): number
  /** The end of the `days`-th working day after the day of `at`. */
  afterWorkingDays(at: Date, days: number): Date
  /** When the `days`-th working day before the day of `at` began: midnight by the office's clock. */
  beforeWorkingDays(at: Date, days: number): Date
  /** The day of the office at this instant, `YYYY-MM-DD`. */
  dayOf(at: Date): string
  /** When the office's day of `at` began: midnight by its clock. */
  startOfDay(at: Date): Date
  /** Open time of one day, `YYYY-MM-DD`; 0 on days on which the office is closed. */
  openTimeOn(day: string): number
}

type Span = { from: number; to: number }
const DAY = 86_400_000
const MINUTE = 60_000
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
/** A week that is never open would be searched for ever. */
const SEARCH_DAYS = 400
const NEVER_OPEN = 'the office calendar has no working hours'

/** The calendar of the office as it is now: made anew when its settings have changed. */
export function currentCalendar(office: CurrentOffice): () => Calendar {
  let made: { of: Office; calendar: Calendar } | undefined
  return () => {
    const of = office.current()
    if (made?.of !== of) made = { of, calendar: createCalendar(of.hours) }
    return made.calendar
  }
}

/** Reads the hours of an office file. A calendar whose office does not open within 400 days throws when asked. */
export function createCalendar(hours: Office['hours']): Calendar {
  const holidays = new Set(hours.holidays.map((h) => h.date))
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: hours.timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const spansOfDay = new Map<string, readonly Span[]>()

  /** The wall clock at `instant`, as if it were UTC. */
  function wall(instant: number): number {
    const part = Object.fromEntries(format.formatToParts(instant).map((p) => [p.type, Number(p.value)]))
    return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second'])
  }
  /** The instant at which the wall clock shows `local`; twice, since the offset may differ on the other side. */
  function instantOf(local: number): number {
    const guess = local - (wall(local) - local)
    return guess + local - wall(guess)
  }
  function dayOf(at: Date): string {
    return new Date(wall(at.getTime())).toISOString().slice(0, 10)
  }
  /** `day` as UTC midnight of the office's date. */
  function spansOf(day: number): readonly Span[] {
    const date = new Date(day).toISOString().slice(0, 10)
    const known = spansOfDay.get(date)
    if (known) return known
    const week = hours.week[WEEKDAYS[new Date(day).getUTCDay()]!] ?? []
    const spans = holidays.has(date)
      ? []
      : week
          .map((span) => span.split('-').map((clock) => instantOf(day + minutesOf(clock) * MINUTE)))
          .map(([from, to]) => ({ from: from!, to: to! }))
          .toSorted((a, b) => a.from - b.from)
    if (spansOfDay.size > 2 * SEARCH_DAYS) spansOfDay.clear()
    spansOfDay.set(date, spans)
    return spans
  }
  /** The open spans from the office's day of `from` on, in order. */
  function* spansFrom(from: number): Generator<Span> {
    const first = Math.floor(wall(from) / DAY) * DAY
    for (let i = 0, idle = 0; idle < SEARCH_DAYS; i++) {
      const spans = spansOf(first + i * DAY)
      idle = spans.length > 0 ? 0 : idle + 1
      yield* spans
    }
    throw new Error(NEVER_OPEN)
  }

  return {
    dayOf,
    startOfDay: (at) => new Date(instantOf(Math.floor(wall(at.getTime()) / DAY) * DAY)),
    openTimeOn: (day) => spansOf(Date.parse(`${day}T00:00:00Z`)).reduce((sum, span) => sum + span.to - span.from, 0),
    isOpen: (at) => spansOf(Math.floor(wall(at.getTime()) / DAY) * DAY).some((s) => within(s, at.getTime())),
    nextOpening(at) {
      for (const span of spansFrom(at.getTime())) {
        if (span.to > at.getTime()) return new Date(Math.max(span.from, at.getTime()))
      }
      return at
    },
    addWorkingTime(from, milliseconds) {
      let left = milliseconds
      let last = from.getTime()
      if (left <= 0) return from
      for (const span of spansFrom(from.getTime())) {
        const start = Math.max(span.from, from.getTime())
        if (span.to <= start) continue
        last = start + left
        if (last <= span.to) break
        left -= span.to - start
      }
      return new Date(last)
    },
    afterWorkingDays(at, days) {
      const today = dayOf(at)
      let counted = today
      let left = days
      let end = at
      for (const span of spansFrom(at.getTime())) {
        const day = dayOf(new Date(span.from))
        if (day === today) continue
        if (day !== counted && left-- === 0) break
        counted = day
        end = new Date(span.to)
      }
      return end
    },
    beforeWorkingDays(at, days) {
      let day = Math.floor(wall(at.getTime()) / DAY) * DAY
      for (let left = days, idle = 0; left > 0;) {
        day -= DAY
        if (spansOf(day).length > 0) {
          left -= 1
          idle = 0
        } else if (++idle === SEARCH_DAYS) throw new Error(NEVER_OPEN)
      }
      return new Date(instantOf(day))
    },
    workingTimeBetween(from, to) {
      let sum = 0
      const end = to.getTime()
      const first = Math.floor(wall(from.getTime()) / DAY) * DAY
      for (let day = first; day <= end + DAY; day += DAY) {
        for (const span of spansOf(day)) {
          sum += Math.max(0, Math.min(span.to, end) - Math.max(span.from, from.getTime()))
        }
      }
      return sum
    },
  }
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}
function within(span: Span, at: number): boolean {
  return span.from <= at && at < span.to
}
