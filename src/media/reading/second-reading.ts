import type { Box, ReadValue } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'
import type { Frame } from '../../models/file/frame.ts'
import type { Line } from './line.ts'
import type { ReadingModels } from './models.ts'
import { cutLine, recognise } from './recogniser.ts'

/** A line and where it was cut out of the page. */
export type PlacedLine = { line: Line; region: Frame }

/** How much more of the page is cut out at the second reading, in heights of the line. */
const WIDER = 0.12
/** A name that reads otherwise the second time is no surer than this: less than any matcher asks for (docs/media.md). */
const DOUBTED = 0.8

/**
 * Reads each name a second time, in a cut that is a little larger: where that says something else, the name is doubted.
 * The model is as sure of a letter that it makes up at the edge of a word as of one that stands there.
 */
export async function withSecondReading(
  models: ReadingModels,
  page: Picture,
  lines: readonly PlacedLine[],
  values: readonly ReadValue[],
): Promise<ReadValue[]> {
  const named = values.flatMap((value) => {
    const placed = value.field === 'name' ? lines.find(({ line }) => holds(line.box, value.box)) : undefined
    return placed ? [{ value, placed }] : []
  })
  const cuts = await Promise.all(named.map(({ placed }) => cutLine(page, wider(placed.region))))
  const second = await recognise(models, cuts)
  const doubted = new Set(
    named.flatMap(({ value, placed }, i) =>
      readsTheSame(value.value, placed.line.text, second[i]?.text ?? '') ? [] : [value],
    ),
  )
  return values.map((value) =>
    doubted.has(value) ? { ...value, confidence: Math.min(value.confidence, DOUBTED) } : value,
  )
}

/** From the name to the end of its line, letter by letter; blanks, marks and figures aside. */
export function readsTheSame(name: string, first: string, second: string): boolean {
  const [own, line] = [letters(name), letters(first)]
  return letters(second).endsWith(line.slice(Math.max(0, line.indexOf(own))))
}

function letters(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z]/g, '')
}

/** A value's box is a part of its line's: as high, and within. */
function holds(line: Box, part: Box): boolean {
  return part.y === line.y && part.height === line.height && part.x >= line.x && part.x <= line.x + line.width
}

function wider(region: Frame): Frame {
  const more = WIDER * region.height
  return { ...region, width: region.width + more, height: region.height + more }
}
