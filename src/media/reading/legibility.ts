import type { PageLook } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'
import { decodedPicture } from '../sharp.ts'

/** Lines that are too short to measure: a row's number, a colon. In heights. */
const MEASURED = 3
/** The smallest lines are told by the tenth smallest of a hundred: specks are smaller. */
const SMALLEST = 0.1
/** Of all steps from one pixel to the next, those at the edges of letters. */
const EDGES = 0.95
/**
 * A page can be read from these on. Set on the development half alone (docs/media.md): line height in pixels of the
 * picture that was sent, sharpness as the steepest steps over the contrast of a line that is 48 pixels high.
 */
export const LEGIBLE = { lineHeight: 11, sharpness: 0.085 } as const

/** Height and sharpness of one line; `height` in pixels of the picture that it was cut out of. */
export type LineMeasure = { height: number; sharpness: number }

/** Measures a line as it was cut for the recogniser; undefined where it is too short to tell. */
export async function measureLine(cut: Picture, height: number): Promise<LineMeasure | undefined> {
  if (cut.width < MEASURED * cut.height) return undefined
  const grey = await decodedPicture(cut).greyscale().raw().toBuffer()
  const step = grey.length / (cut.width * cut.height)
  const values: number[] = []
  const steps: number[] = []
  for (let y = 0; y < cut.height; y++) {
    for (let x = 1; x < cut.width; x++) {
      const at = (y * cut.width + x) * step
      values.push(grey[at] ?? 0)
      steps.push(Math.abs((grey[at] ?? 0) - (grey[at - step] ?? 0)))
    }
  }
  const contrast = quantile(values, 0.97) - quantile(values, 0.03)
  return { height, sharpness: contrast < 8 ? 0 : quantile(steps, EDGES) / contrast }
}

/** Whether the smallest line of a page can be read: it is high enough and the lines are sharp. */
export function legibilityOf(measures: readonly LineMeasure[]): PageLook['legibility'] {
  if (measures.length === 0) return { lineHeight: 0, sharpness: 0, legible: false }
  const lineHeight = quantile(
    measures.map((measure) => measure.height),
    SMALLEST,
  )
  const sharpness = quantile(
    measures.map((measure) => measure.sharpness),
    0.5,
  )
  return {
    lineHeight: Math.round(lineHeight * 10) / 10,
    sharpness: Math.round(sharpness * 1000) / 1000,
    legible: lineHeight >= LEGIBLE.lineHeight && sharpness >= LEGIBLE.sharpness,
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).toSorted()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
