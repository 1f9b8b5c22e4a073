import type { Background, PortraitLook } from '../../models/file/look.ts'
import { BACKGROUNDS } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'
import type { Matte } from './matte.ts'

/** Only what surely is no person counts, and only above the shoulders. */
const SURELY_BEHIND = 0.03
const UPPER = 0.7
/** With less of it in sight nothing is said about the background. */
const ENOUGH = 0.08
/** A pixel that is neither person nor background. */
const SOFT = { from: 0.15, to: 0.85 }
const SURELY_PERSON = 0.95
/** With a smaller share of them around, the pixels that surely are person say nothing of the edge. */
const ENOUGH_SURE = 0.02

/** The colour behind a person. `rule` is the share that has to have it. */
export function backgroundOf(picture: Picture, matte: Matte, rule: number): PortraitLook['background'] {
  const n = picture.width * picture.height
  const seen = { red: 0, blue: 0, orange: 0 }
  let [behind, soft] = [0, 0]
  for (let i = 0; i < n; i++) {
    const alpha = matte[i]!
    if (alpha > SOFT.from && alpha < SOFT.to) soft += 1
    if (alpha > SURELY_BEHIND || i > n * UPPER) continue
    behind += 1
    const colour = colourOf(picture.data[3 * i]!, picture.data[3 * i + 1]!, picture.data[3 * i + 2]!)
    if (colour) seen[colour] += 1
  }
  const strongest = BACKGROUNDS.reduce((best, colour) => (seen[colour] > seen[best] ? colour : best))
  const share = seen[strongest] / Math.max(1, behind)
  if (behind < n * ENOUGH) return { colour: 'unknown', share, soft: soft / n }
  return { colour: share >= rule ? strongest : 'other', share, soft: soft / n }
}

/** Hues of dyed cloth and painted board, by measured photos of walls, wood, leaves and skin that must not count. */
function colourOf(r: number, g: number, b: number): Background | undefined {
  const most = Math.max(r, g, b)
  const spread = most - Math.min(r, g, b)
  if (most <= 0.25 * 255 || spread <= 0.5 * most) return undefined
  const sixth = most === r ? ((g - b) / spread + 6) % 6 : most === g ? (b - r) / spread + 2 : (r - g) / spread + 4
  const hue = sixth * 60
  if (hue >= 340 || hue <= 14) return 'red'
  if (hue >= 190 && hue <= 255) return 'blue'
  // wood and warm lamps have this hue as well, but neither its strength nor its light
  if (hue >= 18 && hue <= 42 && spread > 0.65 * most && most > 0.6 * 255) return 'orange'
  return undefined
}

/** Puts a plain colour (`[red, green, blue]`) behind a person. What shines through at the edge is taken out of it. */
export function withBackground(picture: Picture, matte: Matte, colour: readonly [number, number, number]): Picture {
  const { data, width, height } = picture
  const around = sureAround(picture, matte, Math.max(4, Math.round(width / 30)))
  const out = Buffer.from(data)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const alpha = matte[i]!
      if (alpha === 1) continue
      // the person's own colour there, by the sure pixels around
      const own = alpha > 0 && alpha <= SURELY_PERSON ? around(x, y) : undefined
      for (let c = 0; c < 3; c++) {
        const value = data[3 * i + c]!
        const person = own ? value * alpha + own[c]! * (1 - alpha) : value
        out[3 * i + c] = Math.round(person * alpha + colour[c]! * (1 - alpha))
      }
    }
  }
  return { data: out, width, height }
}

/** Red, green, blue and number of a corner's pixels. */
const LANES = 4

/**
 * The mean colour of the surely person's pixels in the square around a place; undefined where they are too few. The
 * sums of all that lie above and left of each corner are made once, so that a square costs four look-ups.
 */
function sureAround({ data, width, height }: Picture, matte: Matte, radius: number) {
  const line = LANES * (width + 1)
  const sums = new Int32Array(line * (height + 1))
  for (let y = 0, i = 0, at = line; y < height; y++) {
    let [red, green, blue, count] = [0, 0, 0, 0]
    at += LANES
    for (let x = 0; x < width; x++, i++, at += LANES) {
      if (matte[i]! > SURELY_PERSON) {
        red += data[3 * i]!
        green += data[3 * i + 1]!
        blue += data[3 * i + 2]!
        count += 1
      }
      sums[at] = sums[at - line]! + red
      sums[at + 1] = sums[at - line + 1]! + green
      sums[at + 2] = sums[at - line + 2]! + blue
      sums[at + 3] = sums[at - line + 3]! + count
    }
  }
  const mean = [0, 0, 0]
  return (x: number, y: number): readonly number[] | undefined => {
    const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)]
    const [top, bottom] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)]
    const [upper, lower] = [line * top, line * bottom]
    const sum = (lane: number): number =>
      sums[lower + LANES * right + lane]! -
      sums[lower + LANES * left + lane]! -
      sums[upper + LANES * right + lane]! +
      sums[upper + LANES * left + lane]!
    const count = sum(3)
    if (count < ENOUGH_SURE * (right - left) * (bottom - top)) return undefined
    for (let c = 0; c < 3; c++) mean[c] = sum(c) / count
    return mean
  }
}
