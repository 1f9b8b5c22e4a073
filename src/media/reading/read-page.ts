import type { PageLook } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'
import type { Frame } from '../../models/file/frame.ts'
import { within } from '../portrait/pixels.ts'
import { straightened } from '../straighten.ts'
import { findText } from './detector.ts'
import { legibilityOf, measureLine } from './legibility.ts'
import { digitalLine } from './line.ts'
import { readingModels } from './models.ts'
import { pageWords } from './page-words.ts'
import { poseOf } from './pose.ts'
import type { ReadText } from './recogniser.ts'
import { cutLine, recognise } from './recogniser.ts'
import { boxIn, hull } from './region.ts'
import type { PlacedLine } from './second-reading.ts'
import { withSecondReading } from './second-reading.ts'

/** Longer sides in pixels: lines are cut out of a page of this size, and found in one of that. */
const SIDES = { cut: 2400, find: 1280 } as const
/** Letters that the text of a PDF must have to be the page's own and not the mark of a scanner. */
const DIGITAL = 40

/**
 * Looks at one page: sets it upright, finds the paper, reads it and recognises what it is. `digitalText` is what the
 * file itself says stands on the page. Line heights are in pixels of `image`; the boxes hold in
 * `straightened(image, look)`.
 */
export async function readPage(image: Picture, digitalText?: string): Promise<PageLook> {
  const written = (digitalText ?? '').split(/\r?\n/).filter((text) => text.trim() !== '')
  if (written.join('').replaceAll(/\s/g, '').length >= DIGITAL) return digitalPage(image, written)
  const models = await readingModels()
  const picture = await within(image, SIDES.cut)
  const pose = await poseOf(models, picture)
  const page = await straightened(picture, pose)
  const regions = await findText(models.detect, page, SIDES.find)
  const cuts = await Promise.all(regions.map((region) => cutLine(page, region)))
  const placed = linesOf(page, regions, await recognise(models, cuts))
  const lines = placed.map(({ line }) => line)
  const words = pageWords(lines, false)
  const scale = image.width / picture.width
  const measures = await Promise.all(cuts.map((cut, i) => measureLine(cut, (regions[i]?.height ?? 0) * scale)))
  return {
    width: Math.round(page.width * scale),
    height: Math.round(page.height * scale),
    ...pose,
    text: lines.length > 0 ? 'read' : 'none',
    ...words,
    values: await withSecondReading(models, page, placed, words.values),
    legibility: legibilityOf(measures.flatMap((measure) => measure ?? [])),
  }
}

function linesOf(page: Picture, regions: readonly Frame[], texts: readonly ReadText[]): PlacedLine[] {
  return texts.flatMap(({ text, confidences }, i) => {
    const region = regions[i]
    return region && text.trim() !== '' ? [{ line: { text, confidences, box: boxIn(page, hull(region)) }, region }] : []
  })
}

function digitalPage({ width, height }: Picture, written: readonly string[]): PageLook {
  const lines = written.map((text) => digitalLine(text))
  return {
    width,
    height,
    turn: 0,
    skew: 0,
    text: 'digital',
    ...pageWords(lines, true),
    legibility: { lineHeight: 0, sharpness: 1, legible: true },
  }
}
