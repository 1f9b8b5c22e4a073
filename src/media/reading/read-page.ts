import type { Box, PageLook, QuarterTurn } from '../../models/look.ts'
import type { Picture } from '../picture.ts'
import { within } from '../portrait/pixels.ts'
import { straightened } from '../straighten.ts'
import { findText } from './detector.ts'
import { legibilityOf, measureLine } from './legibility.ts'
import type { Line } from './line.ts'
import { confidenceOf, digitalLine, readLine } from './line.ts'
import type { ReadingModels } from './models.ts'
import { readingModels } from './models.ts'
import { pageValues } from './page-values.ts'
import { findPaper } from './paper.ts'
import { paperKind } from './paper-kind.ts'
import { cutLine, recognise } from './recogniser.ts'
import { boxIn, hull } from './region.ts'
import { isUpsideDown, slantOf } from './upright.ts'

/** Longer sides in pixels: what lines are cut from, what their direction is seen at, what they are found at. */
const SIDES = { page: 2400, slant: 960, text: 1280 } as const
/** A line that was guessed rather than read. */
const GUESSED = 0.5
/** Letters that a text from a PDF must have to be the page's own and not a scanner's stamp. */
const DIGITAL = 40

/**
 * Looks at one page: sets it upright, finds the paper, reads it and recognises what it is. `digitalText` is what the
 * file itself says stands on the page. The boxes of the look hold in `straightened(image, look)`. Throws where the
 * models are not installed.
 */
export async function readPage(image: Picture, digitalText?: string): Promise<PageLook> {
  const written = digitalText === undefined ? [] : digitalText.split(/\r?\n/).filter((text) => text.trim() !== '')
  if (written.join('').replaceAll(/\s/g, '').length >= DIGITAL) return digitalPage(image, written)
  const models = await readingModels()
  const picture = await within(image, SIDES.page)
  const pose = await poseOf(models, picture)
  const page = await straightened(picture, pose)
  const regions = await findText(models.detect, page, SIDES.text)
  const cuts = await Promise.all(regions.map((region) => cutLine(page, region)))
  const texts = await recognise(models, cuts)
  const lines = texts.flatMap(({ text, confidences }, i) => {
    const region = regions[i]
    return region && text.trim() !== '' ? [{ text, confidences, box: boxIn(page, hull(region)) }] : []
  })
  const scale = image.width / picture.width
  const measures = await Promise.all(cuts.map((cut, i) => measureLine(cut, (regions[i]?.height ?? 0) * scale)))
  return {
    width: Math.round(page.width * scale),
    height: Math.round(page.height * scale),
    ...pose,
    text: lines.length > 0 ? 'read' : 'none',
    ...told(lines, false),
    legibility: legibilityOf(measures.filter((measure) => measure !== undefined)),
  }
}

function digitalPage({ width, height }: Picture, written: readonly string[]): PageLook {
  return {
    width,
    height,
    turn: 0,
    skew: 0,
    text: 'digital',
    ...told(
      written.map((text) => digitalLine(text)),
      true,
    ),
    legibility: { lineHeight: 0, sharpness: 1, legible: true },
  }
}

function told(lines: readonly Line[], digital: boolean): Pick<PageLook, 'lines' | 'values' | 'kind'> {
  const sure = lines.filter((line) => confidenceOf(line.confidences) >= GUESSED)
  const kind = paperKind(sure)
  return {
    lines: lines.map((line) => readLine(line)),
    values: pageValues({ lines: sure, digital }, kind?.kind),
    ...(kind ? { kind } : {}),
  }
}

type Pose = { turn: QuarterTurn; skew: number; paper?: Box }

async function poseOf(models: ReadingModels, picture: Picture): Promise<Pose> {
  const slant = slantOf(await findText(models.detect, picture, SIDES.slant))
  const level = await straightened(picture, slant)
  const lines = await findText(models.detect, level, SIDES.slant)
  const paper = await findPaper(level, lines)
  const pose = { ...slant, skew: Math.round(slant.skew * 100) / 100, ...(paper ? { paper } : {}) }
  return (await isUpsideDown(models, level, lines)) ? onItsFeet(pose) : pose
}

/** Half a turn more: the paper then lies on the other side. */
function onItsFeet({ turn, skew, paper }: Pose): Pose {
  const turned = ((turn + 180) % 360) as QuarterTurn
  if (!paper) return { turn: turned, skew }
  return { turn: turned, skew, paper: { ...paper, x: 1 - paper.x - paper.width, y: 1 - paper.y - paper.height } }
}
