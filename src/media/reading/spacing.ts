import type { Picture } from '../picture.ts'
import { decodedPicture } from '../sharp.ts'

/** A line as the recogniser gives it: each letter with the column (of the cut) that it was seen at. */
export type PlacedText = { text: string; confidences: readonly number[]; columns: readonly number[] }

/**
 * Columns without ink that part two words, where a line is 48 rows high: at least so many, and so much more than what
 * usually parts the letters of this line. Titles are set wide.
 */
const GAP = { least: 13, usual: 2.2, more: 5 } as const
/** Ink is darker than the paper by this share of the darkest there is. */
const INK = 0.4
/** Rows in which letters stand; above and below are neighbours and rules. */
const ROWS = { from: 0.22, to: 0.78 } as const

/**
 * Puts back the blanks between words, which the recogniser mostly leaves out, where the picture shows a gap between two
 * letters. Not between figures: a narrow 1 stands as far from its neighbour as a word does.
 */
export async function withBlanks(cut: Picture, read: PlacedText): Promise<{ text: string; confidences: number[] }> {
  const empty = await emptyColumns(cut)
  const letters = Array.from(read.text)
  const gaps = letters.map((letter, i) => {
    const before = letters[i - 1]
    if (before === undefined || !isLetter(before) || !isLetter(letter)) return undefined
    return longestRun(empty, read.columns[i - 1] ?? 0, read.columns[i] ?? 0)
  })
  const sorted = gaps.filter((gap) => gap !== undefined).toSorted((a, b) => a - b)
  const least = Math.max(GAP.least, GAP.usual * (sorted[Math.floor(sorted.length / 2)] ?? 0) + GAP.more)
  const parted = letters.map((letter, i) => ((gaps[i] ?? 0) >= least ? [' ', letter] : [letter]))
  return {
    text: parted.flat().join(''),
    confidences: parted.flatMap((part, i) => part.map((one) => (one === ' ' ? 1 : (read.confidences[i] ?? 0)))),
  }
}

function isLetter(letter: string): boolean {
  return /[A-Za-z.,']/.test(letter)
}

async function emptyColumns(cut: Picture): Promise<boolean[]> {
  const grey = await decodedPicture(cut).greyscale().raw().toBuffer()
  const step = grey.length / (cut.width * cut.height)
  const rows = Array.from({ length: cut.height }, (_, y) => y).slice(
    Math.floor(ROWS.from * cut.height),
    Math.ceil(ROWS.to * cut.height),
  )
  const darkest = Array.from({ length: cut.width }, (_, x) =>
    Math.min(...rows.map((y) => grey[(y * cut.width + x) * step] ?? 255)),
  )
  const sorted = darkest.toSorted((a, b) => a - b)
  const ink = sorted[Math.floor(sorted.length * 0.05)] ?? 0
  const paper = sorted[Math.floor(sorted.length * 0.98)] ?? 255
  return darkest.map((value) => value > paper - INK * (paper - ink))
}

function longestRun(empty: readonly boolean[], from: number, to: number): number {
  let [longest, run] = [0, 0]
  for (let x = Math.round(from); x <= Math.round(to); x++) {
    run = empty[x] === true ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
