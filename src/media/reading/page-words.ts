import type { PageLook } from '../../models/file/look.ts'
import type { Line } from './line.ts'
import { confidenceOf, readLine } from './line.ts'
import { pageValues } from './page-values.ts'
import { paperKind } from './paper-kind.ts'

/** A line that was guessed rather than read says nothing about kind and values. */
const GUESSED = 0.5

/** What the lines of a page say: what kind of paper it is and which values stand on it. */
export function pageWords(lines: readonly Line[], digital: boolean): Pick<PageLook, 'lines' | 'values' | 'kind'> {
  const sure = lines.filter((line) => confidenceOf(line.confidences) >= GUESSED)
  const kind = paperKind(sure)
  return {
    lines: lines.map((line) => readLine(line)),
    values: pageValues({ lines: sure, digital }, kind?.kind),
    ...(kind ? { kind } : {}),
  }
}
