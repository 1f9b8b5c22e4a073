import type { Picture } from '../picture.ts'
import type { Frame } from '../../models/file/frame.ts'
import { confidenceOf } from './line.ts'
import type { ReadingModels } from './models.ts'
import type { ReadText } from './recogniser.ts'
import { cutLine, recognise, upsideDown } from './recogniser.ts'

/** Shorter lines do not show their direction. In lengths of their own height. */
const DIRECTED = 4
/** Less of a slant is not seen, and turning costs sharpness. Degrees. */
const STRAIGHT = 0.4
/** Lines that say which end is up: long enough to be words, short enough to be read whole. */
const VOTERS = 10
const VOTER = { from: 4, to: 22 } as const
/** So many are asked at first; the others only where these do not agree. */
const FIRST = 3
/** What a confidence is worth that letters upside down reach as well. */
const CHANCE = 0.6
/** A lead that ends the vote, in confidences beyond chance: more than one line can give (docs/media.md). */
const CLEAR = 0.6

/**
 * How the lines lie: the quarter turn and the degrees (clockwise) that set them level. Whether they then stand on
 * their head is not seen here.
 */
export function slantOf(lines: readonly Frame[]): { turn: 0 | 270; skew: number } {
  const directed = lines.filter((line) => line.width > DIRECTED * line.height)
  const lying = weighted(directed.map((line) => ({ ...line, angle: Math.abs(line.angle) }))) <= 45
  if (lying) return { turn: 0, skew: straight(-weighted(directed.filter(({ angle }) => Math.abs(angle) <= 45))) }
  const standing = directed
    .filter(({ angle }) => Math.abs(angle) > 45)
    // all as running downwards: 89° and -89° are two degrees apart
    .map((line) => ({ ...line, angle: line.angle < 0 ? line.angle + 180 : line.angle }))
  return { turn: 270, skew: straight(90 - weighted(standing)) }
}

const straight = (skew: number): number => (Math.abs(skew) < STRAIGHT ? 0 : Math.round(skew * 100) / 100)

/** Median angle, by length; 0 of none. */
function weighted(lines: readonly { angle: number; width: number }[]): number {
  const half = lines.reduce((sum, line) => sum + line.width, 0) / 2
  let passed = 0
  for (const { angle, width } of lines.toSorted((a, b) => a.angle - b.angle)) {
    passed += width
    if (passed >= half) return angle
  }
  return 0
}

/** Whether the page stands on its head: its lines are read better the other way round. */
export async function isUpsideDown(models: ReadingModels, page: Picture, lines: readonly Frame[]): Promise<boolean> {
  const voters = lines
    .filter(({ width, height }) => width > VOTER.from * height && width < VOTER.to * height)
    .toSorted((a, b) => a.width - b.width)
    .slice(-VOTERS)
  let lead = 0
  // the shortest first: they cost least, and are as clear about it
  for (const some of [voters.slice(0, FIRST), voters.slice(FIRST)]) {
    const asTheyAre = await Promise.all(some.map((line) => cutLine(page, line)))
    const turnedRound = await Promise.all(asTheyAre.map((line) => upsideDown(line)))
    lead += certainty(await recognise(models, turnedRound)) - certainty(await recognise(models, asTheyAre))
    if (Math.abs(lead) >= CLEAR) break
  }
  return lead > 0
}

function certainty(texts: readonly ReadText[]): number {
  return texts.reduce((sum, text) => sum + Math.max(0, confidenceOf(text.confidences) - CHANCE), 0)
}
