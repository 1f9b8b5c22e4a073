import { ageAt, isRealDate } from './date.ts'

/**
 * Identity numbers of Indonesian civil registration: their form only. Whether a number is *padan* is seen by staff in
 * SIAK, so no text may call one valid.
 */

/** Why a typed NIK or KK number cannot be one. `digits` is how many came; 0 means that the text holds none. */
export type NumberProblem =
  | { kind: 'length'; digits: number }
  | { kind: 'not-a-date' }
  | { kind: 'serial-zero' }
  /** `6.3E+15`: Excel has thrown digits away. */
  | { kind: 'excel' }
export type Sex = 'male' | 'female'
/** `birthDates` are the real calendar dates the number may mean, earlier century first: none for 31 February. */
export type Nik = { nik: string; sex: Sex; area: string; birthDates: readonly string[] }

type Read<T> = { ok: true; value: T } | { ok: false; problem: NumberProblem }

const DIGITS = 16
const EXCEL = /\d(?:[.,]\d+)?\s?e\s?\+\s?\d{1,2}|\d[.,]\d+\s?e\s?\d{1,2}/i

/**
 * Reads a typed NIK. Hard errors are length, day not in 01–31 or 41–71, month not in 01–12, and serial 0000
 * (Permendagri 108/2019 as quoted by the district offices); everything else is a finding elsewhere.
 */
export function parseNik(typed: string): Read<Nik> {
  const read = readSixteen(typed)
  if (!read.ok) return read
  const nik = read.value
  const day = Number(nik.slice(6, 8))
  const month = Number(nik.slice(8, 10))
  const female = day > 40
  const ordinal = female ? day - 40 : day
  if (ordinal < 1 || ordinal > 31 || month < 1 || month > 12) return { ok: false, problem: { kind: 'not-a-date' } }
  if (nik.endsWith('0000')) return { ok: false, problem: { kind: 'serial-zero' } }
  const birthDates = ['19', '20']
    .map((century) => `${century}${nik.slice(10, 12)}-${nik.slice(8, 10)}-${String(ordinal).padStart(2, '0')}`)
    .filter((date) => isRealDate(date))
  return { ok: true, value: { nik, sex: female ? 'female' : 'male', area: nik.slice(0, 6), birthDates } }
}

/** A KK number: area, date of registration (day 01–31, no +40), serial. */
export function parseFamilyCardNumber(typed: string): Read<string> {
  const read = readSixteen(typed)
  if (!read.ok) return read
  const day = Number(read.value.slice(6, 8))
  const month = Number(read.value.slice(8, 10))
  if (day < 1 || day > 31 || month < 1 || month > 12) return { ok: false, problem: { kind: 'not-a-date' } }
  return read
}

/** Label, spaces, dots and dashes come off; letters never become digits and never join what stands on both sides. */
function readSixteen(typed: string): Read<string> {
  if (EXCEL.test(typed)) return { ok: false, problem: { kind: 'excel' } }
  const runs = typed
    .replaceAll(/[\s.\-–—_'’*]/g, '')
    .split(/\D+/)
    .filter((run) => run !== '')
  const [only] = runs
  if (runs.length === 1 && only?.length === DIGITS) return { ok: true, value: only }
  const total = runs.join('').length
  // sixteen digits around a letter are not a number of sixteen digits, so the longest run is what was received
  const digits = total === DIGITS ? Math.max(...runs.map((run) => run.length)) : total
  return { ok: false, problem: { kind: 'length', digits } }
}

/** The NIK's birth date where it gives an age of 0 to 16 on `today` (YYYY-MM-DD); undefined where it does not. */
export function plausibleBirthDate(nik: string, today: string): string | undefined {
  const read = parseNik(nik)
  if (!read.ok) return undefined
  return read.value.birthDates.find((date) => date <= today && ageAt(date, today) <= 16)
}

/** True where the NIK's six date digits are those of `birthDate` (YYYY-MM-DD), with or without the +40 of girls. */
export function nikAgreesWith(nik: string, birthDate: string): boolean {
  const day = Number(nik.slice(6, 8))
  const ordinal = String(day > 40 ? day - 40 : day).padStart(2, '0')
  return `${ordinal}${nik.slice(8, 12)}` === `${birthDate.slice(8, 10)}${birthDate.slice(5, 7)}${birthDate.slice(2, 4)}`
}

/** KK numbers know no +40, so only a NIK of day 31 or less may be one. */
export function mayBeFamilyCardNumber(nik: string): boolean {
  return Number(nik.slice(6, 8)) <= 31
}

/** `631106******0001`; what is too short to mask so is hidden whole. */
export function maskNik(nik: string): string {
  return nik.length === DIGITS ? `${nik.slice(0, 6)}******${nik.slice(12)}` : '*'.repeat(nik.length)
}
