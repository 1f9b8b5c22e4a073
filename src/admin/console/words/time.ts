const clockFormat = new Intl.DateTimeFormat('id-ID', { hour: '2-digit', minute: '2-digit', hour12: false })
const dayFormat = new Intl.DateTimeFormat('id-ID', { weekday: 'long', day: 'numeric', month: 'long' })
const dateFormat = new Intl.DateTimeFormat('id-ID', { day: 'numeric', month: 'short', year: 'numeric' })
const shortFormat = new Intl.DateTimeFormat('id-ID', { day: 'numeric', month: 'short' })
const isoFormat = new Intl.DateTimeFormat('en-CA')
const birthFormat = new Intl.DateTimeFormat('id-ID', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** `09.42`, in the time zone of the machine: operators sit in the office. */
export const clock = (at: string | Date): string => clockFormat.format(new Date(at)).replace(':', '.')

/** `Selasa, 24 November` */
export const day = (at: Date): string => dayFormat.format(at)

/** `09.42` today, `24 Nov` before. */
export function moment(at: string, now: Date): string {
  const then = new Date(at)
  return then.toDateString() === now.toDateString() ? clock(then) : shortFormat.format(then)
}

/** `pukul 14.10–15.30` today, `25 Nov–27 Nov` later. */
export function between({ from, to }: { from: string; to: string }, now: Date): string {
  const [first, last] = [moment(from, now), moment(to, now)]
  const today = new Date(to).toDateString() === now.toDateString()
  return `${today ? 'pukul ' : ''}${first === last ? first : `${first}–${last}`}`
}

/** `2026-11-24`, the day of the machine. */
export const isoDay = (at: Date): string => isoFormat.format(at)

/** `24 Nov 2026` */
export const dateOf = (at: string): string => dateFormat.format(new Date(at))

/** `24 Nov 2026, 09.42` */
export const fullMoment = (at: string): string => `${dateFormat.format(new Date(at))}, ${clock(at)}`

/** `24 Nov 2026` */
export const date = (at: string): string => dateFormat.format(new Date(at))

/** `Hari ini`, `Kemarin`, then `Selasa, 24 November`; nothing of no moment. */
export function dayName(at: string | undefined, now: Date): string {
  if (at === undefined) return ''
  const then = new Date(at)
  if (then.toDateString() === now.toDateString()) return 'Hari ini'
  const yesterday = new Date(now.getTime() - 24 * 60 * 60_000)
  return then.toDateString() === yesterday.toDateString() ? 'Kemarin' : day(then)
}

/** `14 Juli 2015` of `2015-07-14`; what cannot be read stays as it is. */
export function birthDay(date: string): string {
  const then = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(then.getTime()) ? date : birthFormat.format(then)
}

/** A span from `at` until `now`: `baru saja`, `44 m`, `1 j 24 m`, `23 j`, `2 hari`. */
export function span(at: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - new Date(at).getTime()) / 60_000))
  if (minutes === 0) return 'baru saja'
  if (minutes < 60) return `${minutes} m`
  if (minutes < 10 * 60) return `${Math.floor(minutes / 60)} j ${String(minutes % 60).padStart(2, '0')} m`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} j`
  return `${Math.floor(minutes / (24 * 60))} hari`
}

/** `44 m lalu`, `baru saja` */
export const ago = (at: string, now: Date): string => {
  const passed = span(at, now)
  return passed === 'baru saja' ? passed : `${passed} lalu`
}

/** What is left until `at`: `8.12` in minutes and seconds, `0.00` when it has passed. */
export function countdown(at: string, now: Date): string {
  const seconds = Math.max(0, Math.round((new Date(at).getTime() - now.getTime()) / 1000))
  return `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, '0')}`
}

/** Whole years between a birth date `YYYY-MM-DD` and `now`. */
export function age(birthDate: string, now: Date): number | undefined {
  const born = new Date(`${birthDate}T00:00:00`)
  if (Number.isNaN(born.getTime())) return undefined
  const years = now.getFullYear() - born.getFullYear()
  const before =
    now.getMonth() < born.getMonth() || (now.getMonth() === born.getMonth() && now.getDate() < born.getDate())
  return before ? years - 1 : years
}

/** `WITA` and the like, where the machine stands in one of Indonesia's zones. */
export const zoneName = (at: Date): string => ({ 7: ' WIB', 8: ' WITA', 9: ' WIT' })[-at.getTimezoneOffset() / 60] ?? ''

const weekDayFormat = new Intl.DateTimeFormat('id-ID', { weekday: 'short', day: 'numeric', timeZone: 'UTC' })
const shortDayFormat = new Intl.DateTimeFormat('id-ID', {
  weekday: 'long',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
})

/** `Sel 24` of `2026-11-24`. */
export const weekDay = (date: string): string => weekDayFormat.format(new Date(date)).replace(',', '')

/** `Jumat 27 Nov` of `2026-11-27`. */
export const shortDay = (date: string): string => shortDayFormat.format(new Date(date)).replace(',', '')

/** `3 j 10 m` of milliseconds. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return minutes < 60 ? `${minutes} m` : `${Math.floor(minutes / 60)} j ${String(minutes % 60).padStart(2, '0')} m`
}

/** When the school hears of a decision that can be taken back for so long. */
export const undoWords = (seconds: number | undefined): string =>
  seconds === 0
    ? 'Sekolah langsung diberi tahu.'
    : `Sekolah diberi tahu setelah ${seconds ?? 'beberapa'} detik. Sampai itu dapat diurungkan.`

/** `1.121`, `0,8`: as the office writes numbers. */
export const number = (value: number, digits = 0): string =>
  value.toLocaleString('id-ID', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace('-', '−')
