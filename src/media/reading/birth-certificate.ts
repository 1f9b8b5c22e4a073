import type { ReadValue } from '../../models/file/look.ts'
import { compact, endOf } from './likeness.ts'
import type { PageText } from './layout.ts'
import { trimmed } from './layout.ts'
import type { Line } from './line.ts'
import { around } from './line.ts'
import { aktaValue, birthValue, nameValue, numberValue, placedNumbers } from './read-values.ts'

const BORN = ['TELAHLAHIR', 'BERNAMA']
/** How a line goes on that is no name: the child's place among the brothers and sisters, or the English of the line above. */
const NO_NAME = ['ANAKKE', 'THECHILD', 'WASBORN', 'SEORANGANAK', 'DARIAYAH', 'DARIPERNIKAHAN']
/** The sentence that holds the birth date is this long at most. */
const SENTENCE = 4

/** Number, child's name, birth date and NIK on an extract of a birth certificate. */
export function birthCertificateValues(page: PageText): ReadValue[] {
  const { lines } = page
  const born = lines.findIndex((line) => BORN.some((phrase) => endOf(phrase, compact(line.text)) !== undefined))
  const [number] = placedNumbers(page)
  return [
    aktaValue(page),
    number && numberValue('nik', number, 0),
    nameValue(born < 0 ? undefined : nameBelow(lines, born), 0),
    birthValue(sentence(lines, born), 0),
  ].filter((value) => value !== undefined)
}

/** The rest of the line that says "telah lahir", or the next line that may be a name. */
function nameBelow(lines: readonly Line[], born: number): Line | undefined {
  const line = lines[born]
  const rest = line && /lahir\s*:?\s*([A-Z][A-Z.,' -]{3,})$/.exec(line.text)?.[1]
  if (line && rest !== undefined) {
    const from = line.text.length - rest.length
    return { ...line, text: rest, confidences: line.confidences.slice(from) }
  }
  return lines.slice(born + 1, born + 4).find(({ text }) => {
    const letters = compact(text)
    if (letters.length < 3 || NO_NAME.some((phrase) => endOf(phrase, letters) !== undefined)) return false
    // names are printed in capitals
    return text.replaceAll(/[^A-Z]/g, '').length > 0.6 * letters.length
  })
}

/** "… pada tanggal … telah lahir", which may run over several lines, as one. */
function sentence(lines: readonly Line[], born: number): Line | undefined {
  const start = lines.findIndex((line) => endOf('PADATANGGAL', compact(line.text)) !== undefined)
  if (start < 0 || (born >= 0 && start > born)) return undefined
  const end = born < 0 ? start + 1 : Math.min(born, start + SENTENCE - 1)
  const [first, ...rest] = lines.slice(start, end + 1)
  if (first === undefined) return undefined
  // what stands before the date (a number, a place) is not part of it
  const from = Math.max(0, first.text.toUpperCase().search(/TANGG/))
  const head = trimmed({ ...first, text: first.text.slice(from), confidences: first.confidences.slice(from) })
  return rest.reduce(
    (all, line) => ({
      text: `${all.text} ${line.text}`,
      confidences: [...all.confidences, 1, ...line.confidences],
      box: around(all.box, line.box),
    }),
    { ...head, box: first.box },
  )
}
