import type { ReadValue } from '../../models/file/look.ts'
import { compact, endOf } from './likeness.ts'
import type { PageText } from './layout.ts'
import { behind, labelEnd, leftOf, middleOf, partOf } from './layout.ts'
import type { Line } from './line.ts'
import type { PlacedNumber } from './read-values.ts'
import { aktaValue, birthValue, nameValue, numberValue, placedNumbers } from './read-values.ts'

const NAME = ['NAMA']
const BIRTH = ['TEMPATTGLLAHIR', 'TEMPATTANGGALLAHIR', 'TTL', 'TEMPATLAHIR']
const FAMILY_CARD = 'KARTUKELUARGA'

/** NIK, name and birth date on a KTP-el (or two of them on one picture) or a KIA; on the latter KK and akta as well. */
export function identityCardValues(page: PageText): ReadValue[] {
  const numbers = placedNumbers(page)
  const family = numbers.find((number) => isOfFamily(page, number))
  const holders = numbers.filter((number) => number !== family)
  return [
    ...holders.flatMap((number, row) => {
      const own = page.lines.filter((line) => nearestHolder(line, holders, page) === number)
      return [
        numberValue('nik', number, row),
        nameValue(nameOn(page, own), row),
        birthValue(behind(page, BIRTH, own), row),
      ]
    }),
    family && numberValue('kk', family),
    aktaValue(page),
  ].filter((value) => value !== undefined)
}

/** "Nama", not "Nama Kepala Keluarga". */
function nameOn(page: PageText, own: readonly Line[]): Line | undefined {
  const labelled = own.filter((line) => labelEnd(line, ['NAMAKEPALAKELUARGA']) === undefined)
  return behind(page, NAME, labelled)
}

function isOfFamily(page: PageText, { line, from }: PlacedNumber): boolean {
  const before = [partOf(line, 0, from), ...(page.digital ? [] : leftOf(page, line))]
  return before.some(({ text }) => endOf(FAMILY_CARD, compact(text)) !== undefined)
}

/** The holder whose card a line stands on: the NIK above it, or of two cards side by side the one on its side. */
function nearestHolder(line: Line, holders: readonly PlacedNumber[], page: PageText): PlacedNumber | undefined {
  if (page.digital) return holders.findLast((holder) => page.lines.indexOf(holder.line) <= page.lines.indexOf(line))
  const above = holders.filter((holder) => middleOf(holder.line.box) < middleOf(line.box))
  const lowest = Math.max(...above.map((holder) => middleOf(holder.line.box)))
  const level = above
    .filter((holder) => lowest - middleOf(holder.line.box) < 3 * holder.line.box.height)
    .toSorted((a, b) => a.line.box.x - b.line.box.x)
  const [left, right] = level
  if (left === undefined || right === undefined) return left
  return line.box.x > (left.line.box.x + right.line.box.x) / 2 ? right : left
}
