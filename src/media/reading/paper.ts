import type { Box } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'
import type { Frame } from '../../models/file/frame.ts'
import { within } from '../portrait/pixels.ts'
import { decodedPicture } from '../sharp.ts'
import type { Edges } from './region.ts'
import { boxIn, hull } from './region.ts'

const LOOKED_AT = 240
/** A row or column is paper where so much of it is bright: less than half, since a leaning sheet has slanting edges. */
const BRIGHT_SHARE = 0.3
/** Smaller is a label on something, larger is the whole picture: nothing is cut then. */
const SHARES = { least: 0.15, most: 0.96 } as const
/** Bright pixels within what is taken for the sheet: pages beside pages and white tables do not look like one sheet. */
const FILLED = 0.75
/** Kept around the sheet, as a share of the picture, so that a slanting edge loses no letter. */
const RIM = 0.006

/**
 * The sheet of paper in an upright picture, in shares of it; undefined where no edge is sure. A sheet holds every line:
 * text beside it means that something else was taken for the sheet.
 */
export async function findPaper(page: Picture, lines: readonly Frame[]): Promise<Box | undefined> {
  const small = await within(page, LOOKED_AT)
  const grey = await greyOf(small)
  const threshold = otsu(grey)
  const bright = grey.map((value) => (value > threshold ? 1 : 0))
  const { width, height } = small
  const rows = Array.from({ length: height }, (_, y) => share(bright, y * width, 1, width))
  const columns = Array.from({ length: width }, (_, x) => share(bright, x, width, height))
  const [top, bottom] = span(rows)
  const [left, right] = span(columns)
  const size = ((right - left) * (bottom - top)) / (width * height)
  if (size < SHARES.least || size > SHARES.most) return undefined
  const filled = rows.slice(top, bottom).reduce((sum, row) => sum + row * width, 0) / ((right - left) * (bottom - top))
  if (filled < FILLED) return undefined
  const [across, down] = [page.width / width, page.height / height]
  const [rimX, rimY] = [RIM * page.width, RIM * page.height]
  const edges = {
    left: Math.max(0, Math.floor(left * across - rimX)),
    top: Math.max(0, Math.floor(top * down - rimY)),
    right: Math.min(page.width, Math.ceil(right * across + rimX)),
    bottom: Math.min(page.height, Math.ceil(bottom * down + rimY)),
  }
  return lines.every((line) => holds(edges, line)) ? boxIn(page, edges) : undefined
}

function holds(edges: Edges, line: Frame): boolean {
  const { left, right, top, bottom } = hull(line)
  const slack = line.height / 2
  return (
    left > edges.left - slack && right < edges.right + slack && top > edges.top - slack && bottom < edges.bottom + slack
  )
}

async function greyOf(picture: Picture): Promise<Uint8Array> {
  const { data } = await decodedPicture(picture).blur(1).greyscale().raw().toBuffer({ resolveWithObject: true })
  const step = data.length / (picture.width * picture.height)
  return Uint8Array.from({ length: picture.width * picture.height }, (_, i) => data[i * step] ?? 0)
}

function share(bright: Uint8Array, start: number, step: number, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += bright[start + i * step] ?? 0
  return sum / count
}

/** First and last line that is bright enough, the end excluded. */
function span(shares: readonly number[]): [number, number] {
  const from = shares.findIndex((value) => value >= BRIGHT_SHARE)
  const to = shares.findLastIndex((value) => value >= BRIGHT_SHARE)
  return from < 0 ? [0, 0] : [from, to + 1]
}

/** Otsu 1979: the threshold that parts the values into two groups which differ most. */
function otsu(values: Uint8Array): number {
  const counts = Array.from({ length: 256 }, () => 0)
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  const total = counts.reduce((sum, count, value) => sum + count * value, 0)
  let [below, sumBelow, best, threshold] = [0, 0, -1, 0]
  for (let value = 0; value < 255; value++) {
    below += counts[value] ?? 0
    sumBelow += value * (counts[value] ?? 0)
    const above = values.length - below
    if (below === 0 || above === 0) continue
    const between = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2
    if (between > best) {
      best = between
      threshold = value
    }
  }
  return threshold
}
