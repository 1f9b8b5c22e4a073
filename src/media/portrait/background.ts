import type { Background, PortraitLook } from '../../models/file/look.ts'
import { BACKGROUNDS } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'
import { boxMean } from './box-filter.ts'
import type { Matte } from './matte.ts'

/** Only what surely is no person counts, and only above the shoulders. */
const SURELY_BEHIND = 0.03
const UPPER = 0.7
/** With less of it in sight nothing is said about the background. */
const ENOUGH = 0.08
/** A pixel that is neither person nor background. */
const SOFT = { from: 0.15, to: 0.85 }
const SURELY_PERSON = 0.95

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
  const n = width * height
  const radius = Math.max(4, Math.round(width / 30))
  const sure = new Float32Array(n)
  for (let i = 0; i < n; i++) sure[i] = matte[i]! > SURELY_PERSON ? 1 : 0
  const near = boxMean(sure, width, height, radius)
  const out = Buffer.allocUnsafe(3 * n)
  const own = new Float32Array(n)
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < n; i++) own[i] = sure[i]! * data[3 * i + c]!
    const inner = boxMean(own, width, height, radius)
    for (let i = 0; i < n; i++) {
      const alpha = matte[i]!
      const value = data[3 * i + c]!
      // the person's own colour there, by the sure pixels around
      const person =
        alpha > SURELY_PERSON || near[i]! < 0.02 ? value : value * alpha + (inner[i]! / near[i]!) * (1 - alpha)
      out[3 * i + c] = Math.round(person * alpha + colour[c]! * (1 - alpha))
    }
  }
  return { data: out, width, height }
}
