import { findDates, isRealDate } from '../../models/identity/date.ts'
import { compact } from './likeness.ts'

const UNITS = ['SATU', 'DUA', 'TIGA', 'EMPAT', 'LIMA', 'ENAM', 'TUJUH', 'DELAPAN', 'SEMBILAN'] as const
const MONTHS = [
  'JANUARI',
  'FEBRUARI',
  'MARET',
  'APRIL',
  'MEI',
  'JUNI',
  'JULI',
  'AGUSTUS',
  'SEPTEMBER',
  'OKTOBER',
  'NOVEMBER',
  'DESEMBER',
] as const
const WORDS = new RegExp(`SEPULUH|SEBELAS|SERATUS|SERIBU|BELAS|PULUH|RATUS|RIBU|${UNITS.join('|')}`, 'g')

/** The first date of a printed text, in figures or in words, as `YYYY-MM-DD`; undefined where none can be read. */
export function printedDate(text: string): string | undefined {
  for (const { read } of findDates(text)) if (read.ok) return read.value
  return spokenDate(text)
}

/**
 * `SATU bulan JULI tahun DUA RIBU LIMA BELAS`, as older certificates have it: day, month, year, with or without the
 * words between. Blanks and lookalikes of letters do not count.
 */
function spokenDate(text: string): string | undefined {
  const letters = compact(text).replaceAll('0', 'O').replaceAll('1', 'I')
  for (const [i, name] of MONTHS.entries()) {
    const at = letters.indexOf(name)
    if (at < 0) continue
    // what stands before the day may hold number words too ("akta nomor satu"): only what is next to the month counts
    const day = spokenNumber(/(?:[A-Z]*?(?:TANGGAL|HARI))?([A-Z]*)$/.exec(letters.slice(0, at))?.[1] ?? '')
    const year = spokenNumber(letters.slice(at + name.length))
    const date = `${year}-${String(i + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    if (year > 1900 && isRealDate(date)) return date
  }
  return undefined
}

/** `DUARIBULIMABELAS` → 2015; 0 where there is no number word. */
function spokenNumber(letters: string): number {
  let [thousands, current] = [0, 0]
  for (const [word] of letters.matchAll(WORDS)) {
    if (word === 'SERIBU') thousands += 1000
    else if (word === 'RIBU') {
      thousands += current * 1000
      current = 0
    } else if (word === 'SERATUS') current += 100
    else if (word === 'RATUS') current *= 100
    else if (word === 'SEPULUH') current += 10
    else if (word === 'SEBELAS') current += 11
    else if (word === 'BELAS') current += 10
    else if (word === 'PULUH') current = current - (current % 10) + (current % 10) * 10
    else current += UNITS.indexOf(word as (typeof UNITS)[number]) + 1
  }
  return thousands + current
}
