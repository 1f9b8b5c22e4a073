import type { ReadValue } from '../../models/file/look.ts'
import { compact, endOf } from './likeness.ts'
import type { PageText } from './layout.ts'
import { inRow, leftOf, partOf, rightOf } from './layout.ts'
import type { Line } from './line.ts'
import { printedDate } from './printed-date.ts'
import type { PlacedNumber } from './read-values.ts'
import { birthValue, nameValue, numberValue, placedNumbers } from './read-values.ts'

/** How many lines behind a number the birth date may stand in text that came with the file. */
const CELLS = 8
/** A line of the table's name column begins so near (share of the page's width) to where most of them begin. */
const COLUMN = 0.02

/** The number of a KK and its members: name, NIK and birth date of each row. */
export function familyCardValues(page: PageText): ReadValue[] {
  const numbers = placedNumbers(page)
  const heading = numbers.find((number) => isHeading(page, number))
  const members = numbers.filter((number) => number !== heading)
  const rows = members.map((number) => ({ number, name: nameOf(page, number), birth: birthOf(page, number) }))
  const values = rows.flatMap(({ number, name, birth }, row) => [
    numberValue('nik', number, row),
    nameValue(name, row),
    birthValue(birth, row),
  ])
  const lost = namesWithoutNumber(page, rows)
  return [
    heading && numberValue('kk', heading),
    ...values,
    ...lost.flatMap((name, i) => [
      nameValue(name, rows.length + i),
      birthValue(rightOf(page, name).find(isDate), rows.length + i),
    ]),
  ].filter((value) => value !== undefined)
}

/** The card's own number: behind "No." and with nobody's name before it. */
function isHeading(page: PageText, { line, from }: PlacedNumber): boolean {
  const before = compact(line.text.slice(0, from))
  if (/^(?:N[O0]|NOMOR|NOMORKK|NOKK)$/.test(before) || endOf('KARTUKELUARGA', before) !== undefined) return true
  if (before.length > 2) return false
  if (page.digital) return page.lines.indexOf(line) < page.lines.findIndex((other) => compact(other.text) === 'NIK')
  const neighbour = leftOf(page, line)[0]
  return neighbour === undefined || /^N[O0]$/.test(compact(neighbour.text))
}

function nameOf(page: PageText, { line, from }: PlacedNumber): Line | undefined {
  const before = partOf(line, 0, from)
  if (isName(before)) return before
  if (!page.digital) return leftOf(page, line).find(isName)
  const previous = page.lines[page.lines.indexOf(line) - 1]
  return previous && isName(previous) ? previous : undefined
}

function birthOf(page: PageText, { line, to }: PlacedNumber): Line | undefined {
  const after = partOf(line, to, line.text.length)
  if (isDate(after)) return after
  if (!page.digital) return rightOf(page, line).find(isDate)
  const at = page.lines.indexOf(line) + 1
  return page.lines.slice(at, at + CELLS).find(isDate)
}

/** Rows whose NIK could not be read: a name in the column of names, beside a date. */
function namesWithoutNumber(page: PageText, rows: readonly { name: Line | undefined }[]): Line[] {
  const names = rows.flatMap(({ name }) => name ?? [])
  const starts = names.map(({ box }) => box.x).toSorted((a, b) => a - b)
  const column = starts[Math.floor(starts.length / 2)]
  if (page.digital || column === undefined) return []
  return page.lines.filter(
    (line) =>
      Math.abs(line.box.x - column) < COLUMN &&
      isName(line) &&
      !names.some((name) => inRow(name.box, line.box)) &&
      rightOf(page, line).some(isDate),
  )
}

function isName({ text }: Line): boolean {
  return text.replaceAll(/[^A-Za-z]/g, '').length >= 3
}

function isDate({ text }: Line): boolean {
  return printedDate(text) !== undefined
}
