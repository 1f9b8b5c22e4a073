/** Calendar dates as `YYYY-MM-DD`, without a time zone: that is what certificates hold. */
export type DateProblem = 'none' | 'two-digit-year' | 'impossible'
type Read = { ok: true; value: string } | { ok: false; problem: DateProblem }
/** A date as it stands in a longer text. */
export type FoundDate = { index: number; text: string; read: Read }

const MONTHS = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
] as const
/** Abbreviations, old and regional spellings, and what English phones write, by month from 1. */
const SPELLINGS: readonly (readonly string[])[] = [
  ['jan', 'januari', 'january'],
  ['feb', 'peb', 'februari', 'pebruari', 'febuari', 'february'],
  ['mar', 'mrt', 'maret', 'march'],
  ['apr', 'april'],
  ['mei', 'may'],
  ['jun', 'juni', 'june'],
  ['jul', 'juli', 'july'],
  ['agu', 'agt', 'ags', 'agus', 'agust', 'aug', 'agustus', 'august'],
  ['sep', 'sept', 'september'],
  ['okt', 'oct', 'oktober', 'october'],
  ['nov', 'nop', 'november', 'nopember'],
  ['des', 'dec', 'desember', 'december'],
]
const NUMBER_OF = new Map(SPELLINGS.flatMap((names, i) => names.map((name) => [name, i + 1] as const)))

const SEP = String.raw`\s?[-–/.]\s?`
const PATTERNS: readonly { pattern: RegExp; order: 'dmy' | 'ymd' }[] = [
  { pattern: /(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])/g, order: 'ymd' },
  {
    pattern: new RegExp(String.raw`(?<!\d|\d[-/.])(\d{1,2})${SEP}(\d{1,2})${SEP}(\d{4}|\d{2})(?!\d|[-/.]\d)`, 'g'),
    order: 'dmy',
  },
  { pattern: /(?<!\d|\d[-/.])(\d{1,2}) (\d{1,2}) (\d{4})(?!\d|[-/.]\d)/g, order: 'dmy' },
  {
    pattern: /(?<!\d|\d[-/.])(\d{1,2})[\s./-]{0,3}(\p{L}{3,9})[\s./-]{0,3}(\d{4}|'?\d{2})(?!\d|[-/.]\d)/giu,
    order: 'dmy',
  },
  { pattern: /(?<!\d|\d[-/.])(\d{2})(\d{2})(\d{4})(?!\d|[-/.]\d)/g, order: 'dmy' },
  { pattern: /(?<!\d|\d[-/.])(\d{2})(\d{2})(\d{2})(?!\d|[-/.]\d)/g, order: 'dmy' },
]

/** Every date in a text, in order, each read day first. What only looks like one (`99-99-2015`) is there as a problem. */
export function findDates(text: string): readonly FoundDate[] {
  const found: FoundDate[] = []
  let rest = text
  for (const { pattern, order } of PATTERNS) {
    for (const match of rest.matchAll(pattern)) {
      const [whole, first = '', second = '', third = ''] = match
      const month = /^\d/.test(second) ? Number(second) : monthOf(second)
      if (month === undefined) continue
      const [year, day] = order === 'ymd' ? [first, third] : [third, first]
      found.push({ index: match.index, text: whole, read: readParts(day, month, year) })
    }
    // blanked, not cut: the places of the others stay what they are
    for (const { index, text: taken } of found) {
      rest = rest.slice(0, index) + '·'.repeat(taken.length) + rest.slice(index + taken.length)
    }
  }
  return found.toSorted((a, b) => a.index - b.index)
}

/**
 * Reads a typed date, day first: `1-7-2015`, `01/07/2015`, `01072015`, `1 Juli 2015`, `2015-07-01`. Words around it
 * are ignored; other digits, or a second date, make it unread. Two-digit years are refused.
 */
export function parseDate(typed: string): Read {
  const found = findDates(typed)
  const [only] = found
  if (found.length !== 1 || only === undefined) return { ok: false, problem: 'none' }
  const around = typed.slice(0, only.index) + typed.slice(only.index + only.text.length)
  return /\d/.test(around) ? { ok: false, problem: 'none' } : only.read
}

function readParts(day: string, month: number, year: string): Read {
  if (year.replace("'", '').length === 2) return { ok: false, problem: 'two-digit-year' }
  const value = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isRealDate(value) || value < '1900' || value >= '2100') return { ok: false, problem: 'impossible' }
  return { ok: true, value }
}

function monthOf(word: string): number | undefined {
  const lower = word.toLowerCase()
  const exact = NUMBER_OF.get(lower)
  if (exact !== undefined || lower.length < 5) return exact
  const near = [...NUMBER_OF].filter(([name]) => name.length >= 5 && differsByOne(name, lower))
  const months = new Set(near.map(([, month]) => month))
  return months.size === 1 ? near[0]?.[1] : undefined
}

/** One letter wrong, missing, too many, or two neighbours swapped. Equal words do not differ. */
export function differsByOne(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  if (a.length === b.length) {
    return (
      a.slice(i + 1) === b.slice(i + 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2))
    )
  }
  return a.length > b.length ? a.slice(i + 1) === b.slice(i) : a.slice(i) === b.slice(i + 1)
}

/** True for a date of the calendar, written `YYYY-MM-DD`. */
export function isRealDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false
  const time = Date.parse(`${date}T00:00:00Z`)
  // V8 rolls 31 February over into March
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

/** `1 Juli 2015` */
export function formatDate(date: string): string {
  return `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)}`
}

/** Completed years on `at`; negative before birth. Who was born on 29 February has a birthday on 1 March in other years. */
export function ageAt(birthDate: string, at: string): number {
  const years = Number(at.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return at.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** The calendar date of an instant in an office's time zone. */
export function dateIn(timeZone: string, at: Date): string {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formatters.set(timeZone, formatter)
  }
  const parts = new Map(formatter.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
}
// building a formatter costs more than all the rest of a turn
const formatters = new Map<string, Intl.DateTimeFormat>()

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Days from `from` to `to`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** When the day `YYYY-MM-DD` begins in that time zone. */
export function startOfDay(date: string, timeZone: string): Date {
  const noon = new Date(`${date}T12:00:00Z`)
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(noon)
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
  return new Date(`${date}T00:00:00${/[+-]\d\d:\d\d/.exec(name)?.[0] ?? 'Z'}`)
}
