import type { Picture } from '../picture.ts'
import type { Frame } from '../../models/file/frame.ts'
import { pointOf } from '../portrait/pixels.ts'
import { decodedPicture, pixelsOf } from '../sharp.ts'
import type { Model, Planes } from './models.ts'
import { fillPlanes } from './planes.ts'
import { withMargin } from './region.ts'

const LEVELS = { mean: [0.485, 0.456, 0.406], spread: [0.229, 0.224, 0.225] } as const
/** The model halves its planes five times. */
const GRID = 32
/** A pixel belongs to text from here on; a line is kept whose pixels reach `SURE` in the mean. */
const TEXT = 0.3
const SURE = 0.5
const SMALLEST = 20
/** An A4 page at 1280 pixels. What the model takes grows with the area: 600 MB here, and the process has 900 in all. */
const MOST_PIXELS = 1.2e6

/** Every line of text in a picture that is looked at with its longer side at `side` pixels, from top to bottom. */
export async function findText(detect: Model, picture: Picture, side: number): Promise<Frame[]> {
  const pixels = picture.width * picture.height
  const scale = Math.min(1, side / Math.max(picture.width, picture.height), Math.sqrt(MOST_PIXELS / pixels))
  const fit = (length: number): number => Math.max(GRID, Math.round((length * scale) / GRID) * GRID)
  const small = await pixelsOf(decodedPicture(picture).resize(fit(picture.width), fit(picture.height), { fit: 'fill' }))
  const planes = new Float32Array(small.width * small.height * 3)
  fillPlanes(small, LEVELS, planes, 0, small.width)
  const map = await detect({ data: planes, dims: [1, 3, small.height, small.width] })
  const [across, down] = [picture.width / small.width, picture.height / small.height]
  return components(map, small.width)
    .map((core) => ({
      ...core,
      x: core.x * across,
      y: core.y * down,
      width: core.width * across,
      height: core.height * down,
    }))
    .map((core) => withMargin(core))
    .toSorted((a, b) => a.y - b.y)
}

/** Connected places of the probability map, each with the direction of its longer axis (by its moments). */
function components({ data }: Planes, width: number): Frame[] {
  const seen = new Uint8Array(data.length)
  const found: Frame[] = []
  for (let start = 0; start < data.length; start++) {
    if (seen[start] === 1 || (data[start] ?? 0) < TEXT) continue
    seen[start] = 1
    // grows while it is walked
    const own = [start]
    let sure = 0
    for (const at of own) {
      sure += data[at] ?? 0
      const x = at % width
      for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (seen[next] !== 0 || (data[next] ?? 0) < TEXT) continue
        seen[next] = 1
        own.push(next)
      }
    }
    if (own.length >= SMALLEST && sure / own.length >= SURE) found.push(extent(own, width))
  }
  return found
}

function extent(pixels: readonly number[], width: number): Frame {
  let [sx, sy, xx, yy, xy] = [0, 0, 0, 0, 0]
  for (const at of pixels) {
    const [x, y] = [at % width, Math.floor(at / width)]
    sx += x
    sy += y
    xx += x * x
    yy += y * y
    xy += x * y
  }
  const n = pixels.length
  const [mx, my] = [sx / n, sy / n]
  const [a, b, c] = [xx / n - mx * mx, xy / n - mx * my, yy / n - my * my]
  const angle = (90 / Math.PI) * Math.atan2(2 * b, a - c)
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
  let [left, right, above, below] = [0, 0, 0, 0]
  for (const at of pixels) {
    const [dx, dy] = [(at % width) - mx, Math.floor(at / width) - my]
    const [u, v] = [dx * cos + dy * sin, dy * cos - dx * sin]
    left = Math.min(left, u)
    right = Math.max(right, u)
    above = Math.min(above, v)
    below = Math.max(below, v)
  }
  const middle = pointOf({ x: mx, y: my, angle }, (left + right) / 2, (above + below) / 2)
  return { x: middle.x + 0.5, y: middle.y + 0.5, width: right - left + 1, height: below - above + 1, angle }
}
