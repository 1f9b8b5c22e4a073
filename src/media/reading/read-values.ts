import type { ReadField, ReadValue } from '../../models/file/look.ts'
import type { PageText } from './layout.ts'
import { partOf, trimmed } from './layout.ts'
import type { Line } from './line.ts'
import { confidenceOf, round } from './line.ts'
import type { ReadNumber } from './numbers.ts'
import { sixteenDigits } from './numbers.ts'
import { printedDate } from './printed-date.ts'

/** A number of sixteen digits and the line that it stands on. */
export type PlacedNumber = ReadNumber & { line: Line }

export function placedNumbers({ lines }: PageText): PlacedNumber[] {
  return lines.flatMap((line) => sixteenDigits(line).map((number) => ({ ...number, line })))
}

export function numberValue(field: 'nik' | 'kk', number: PlacedNumber, row?: number): ReadValue {
  const { value, confidence, line, from, to } = number
  return withRow({ field, value, confidence: round(confidence), box: partOf(line, from, to).box }, row)
}

const NOT_A_NAME = /[^A-Za-z.,'’ -]/g
/** `2 AHMAD FIKRI` → `AHMAD FIKRI`; undefined where no name is left. */
export function nameValue(line: Line | undefined, row?: number): ReadValue | undefined {
  if (line === undefined) return undefined
  const from = /^[^A-Za-z]*/.exec(line.text)?.[0].length ?? 0
  const part = trimmed(partOf(line, from, line.text.length))
  const value = part.text.replaceAll(NOT_A_NAME, '').replaceAll(/\s+/g, ' ').trim()
  if (value.replaceAll(/[^A-Za-z]/g, '').length < 2) return undefined
  return withRow({ field: 'name', value, confidence: round(confidenceOf(part.confidences)), box: part.box }, row)
}

/** The date on a line, as sure as its worst letter. */
export function birthValue(line: Line | undefined, row?: number): ReadValue | undefined {
  const value = line && printedDate(line.text)
  if (line === undefined || value === undefined) return undefined
  // where the line holds more than the date, the rest says nothing about it
  const from = Math.max(0, line.text.search(/\d/))
  const confidence = Math.min(...line.confidences.slice(from))
  return withRow({ field: 'birthDate', value, confidence: round(confidence), box: line.box }, row)
}

const AKTA = /([0-9OQDIl|]{4})-?(L[UT])-?([0-9OQDIl|]{8})-?([0-9OQDIl|]{4})(?![0-9])/i
/** A number of a birth certificate in the form of SIAK (`6311-LT-01022021-0003`); older free forms are not told apart. */
export function aktaValue({ lines }: PageText, row?: number): ReadValue | undefined {
  for (const line of lines) {
    const places = Array.from(line.text).flatMap((letter, i) => (/[\s.:_]/.test(letter) ? [] : [i]))
    const match = AKTA.exec(places.map((i) => line.text[i]).join(''))
    if (match === null) continue
    const [whole, area = '', kind = '', date = '', serial = ''] = match
    const own = places.slice(match.index, match.index + whole.length)
    const value = `${figures(area)}-${kind.toUpperCase()}-${figures(date)}-${figures(serial)}`
    const confidence = Math.min(...own.map((i) => line.confidences[i] ?? 0))
    const box = partOf(line, own[0] ?? 0, (own.at(-1) ?? 0) + 1).box
    return withRow<ReadField>({ field: 'akta', value, confidence: round(confidence), box }, row)
  }
  return undefined
}

function figures(text: string): string {
  return text.replaceAll(/[OQD]/gi, '0').replaceAll(/[Il|]/g, '1')
}

function withRow<F extends ReadField>(
  value: Omit<ReadValue, 'row'> & { field: F },
  row: number | undefined,
): ReadValue {
  return row === undefined ? value : { ...value, row }
}
