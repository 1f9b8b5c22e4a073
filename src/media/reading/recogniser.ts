import type { Picture } from '../picture.ts'
import type { Frame } from '../../models/file/frame.ts'
import { cutOut } from '../portrait/pixels.ts'
import { decodedPicture, pixelsOf } from '../sharp.ts'
import type { ReadingModels } from './models.ts'
import { fillPlanes } from './planes.ts'
import type { PlacedText } from './spacing.ts'
import { withBlanks } from './spacing.ts'

/** A line as it was read: one confidence (0 to 1) for each character of `text`. */
export type ReadText = { text: string; confidences: readonly number[] }

const LEVELS = { mean: [0.5, 0.5, 0.5], spread: [0.5, 0.5, 0.5] } as const
const HEIGHT = 48
/** A line of more than 25 times its height is squeezed: the memory of a batch grows with it. */
const LONGEST = 1200
const SHORTEST = 16
/**
 * Pixels that the lines of a batch may be long together, each as long as the longest. Measured: what the model keeps in
 * hand of more than 2,000 fits no cache, and a line takes two to four times as long; a batch of under 500 is small.
 */
const BATCH = 1200
const NOTHING: PlacedText = { text: '', confidences: [], columns: [] }

/** Cuts a line out of a page, straight and as high as the recogniser wants it. */
export function cutLine(page: Picture, line: Frame): Promise<Picture> {
  const width = Math.min(LONGEST, Math.max(SHORTEST, Math.round((line.width / line.height) * HEIGHT)))
  return cutOut(page, line, { width, height: HEIGHT })
}

export function upsideDown(line: Picture): Promise<Picture> {
  return pixelsOf(decodedPicture(line).rotate(180))
}

/** Reads lines that `cutLine` has cut; the answer keeps their order. */
export async function recognise(models: ReadingModels, lines: readonly Picture[]): Promise<ReadText[]> {
  // lines of a length together: the shorter ones of a batch are filled up with nothing, which costs as much
  const order = lines.map((_, i) => i).toSorted((a, b) => (lines[a]?.width ?? 0) - (lines[b]?.width ?? 0))
  const read: ReadText[] = lines.map(() => ({ text: '', confidences: [] }))
  for (let from = 0; from < order.length;) {
    const batch = batchFrom(order.slice(from), lines)
    const pictures = batch.flatMap((i) => lines[i] ?? [])
    const texts = await recogniseBatch(models, pictures)
    for (const [j, text] of texts.entries()) read[batch[j] ?? 0] = text
    from += batch.length
  }
  return read
}

/** The first of these lines, and those after it that are read with it. */
function batchFrom(order: readonly number[], lines: readonly Picture[]): readonly number[] {
  const tooMany = order.findIndex((i, before) => before > 0 && (before + 1) * (lines[i]?.width ?? 0) > BATCH)
  return tooMany < 0 ? order : order.slice(0, tooMany)
}

async function recogniseBatch({ recognise: run, alphabet }: ReadingModels, lines: Picture[]): Promise<ReadText[]> {
  const width = Math.ceil(Math.max(...lines.map((line) => line.width)) / 32) * 32
  const planes = new Float32Array(lines.length * 3 * HEIGHT * width)
  for (const [i, line] of lines.entries()) fillPlanes(line, LEVELS, planes, i * 3 * HEIGHT * width, width)
  const { data, dims } = await run({ data: planes, dims: [lines.length, 3, HEIGHT, width] })
  const [, steps = 0, classes = 0] = dims
  const latin = latinClasses(alphabet)
  const read = lines.map((_, i) =>
    decode(data.subarray(i * steps * classes, (i + 1) * steps * classes), classes, latin, width / steps),
  )
  return Promise.all(lines.map((line, i) => withBlanks(line, read[i] ?? NOTHING)))
}

type Latin = readonly { index: number; letter: string }[]
let classesOf: { alphabet: readonly string[]; latin: Latin } | undefined

/** Of the model's 6,600 letters only those that Indonesian papers are printed in: the others can be misread only. */
function latinClasses(alphabet: readonly string[]): Latin {
  if (classesOf?.alphabet !== alphabet) {
    const latin = alphabet.flatMap((letter, index) => (/^[ -~]$/.test(letter) ? [{ index, letter }] : []))
    classesOf = { alphabet, latin }
  }
  return classesOf.latin
}

/** Best letter of each step; the same one again without a gap is the same letter (CTC). Class 0 is the gap. */
function decode(scores: Float32Array, classes: number, latin: Latin, columnsPerStep: number): PlacedText {
  let text = ''
  const confidences: number[] = []
  const columns: number[] = []
  let last = 0
  for (let at = 0; at < scores.length; at += classes) {
    let best = { index: 0, letter: '' }
    let score = scores[at] ?? 0
    for (const candidate of latin) {
      const value = scores[at + candidate.index] ?? 0
      if (value > score) {
        best = candidate
        score = value
      }
    }
    if (best.index === last) {
      const i = confidences.length - 1
      if (last !== 0) confidences[i] = Math.max(confidences[i] ?? 0, score)
    } else if (best.index !== 0) {
      text += best.letter
      confidences.push(score)
      columns.push((at / classes + 0.5) * columnsPerStep)
    }
    last = best.index
  }
  return { text, confidences, columns }
}
