import type { Sealer } from '../store/sealing.ts'
import { foldedWords } from './words.ts'

/** Shorter words have no variants: almost every short word is one letter away from another. */
const FUZZY_LENGTH = 4

/**
 * What is stored beside a sealed name, so that it can be found: keyed hashes of its folded words and of each with one
 * letter left out, sorted, so that they do not tell the order of the words.
 */
export function nameKeys(sealer: Pick<Sealer, 'nameKey'>, name: string): string[] {
  return [...new Set(foldedWords(name).flatMap((word) => keysOf(sealer, word)))].sort()
}

/** For each typed word the keys of which a name has to have one: equal words, and words one slip of a letter away. */
export function askedKeys(sealer: Pick<Sealer, 'nameKey'>, typed: string): string[][] {
  return foldedWords(typed).map((word) => keysOf(sealer, word))
}

function keysOf(sealer: Pick<Sealer, 'nameKey'>, word: string): string[] {
  const letters = Array.from(word)
  const without = letters.length < FUZZY_LENGTH ? [] : letters.map((_, i) => letters.toSpliced(i, 1).join(''))
  return [...new Set([word, ...without])].map((variant) => sealer.nameKey(variant))
}

/**
 * How far a name is from what was typed: for each typed word 0 where the name has it, 1 where it has one that is a slip
 * away. Undefined where it has neither: hashes are short, and two words may share a variant without being alike.
 */
export function nameDistance(name: string, typed: string): number | undefined {
  const words = foldedWords(name)
  let sum = 0
  for (const asked of foldedWords(typed)) {
    if (words.includes(asked)) continue
    if (!words.some((word) => isOneSlip(word, asked))) return undefined
    sum += 1
  }
  return sum
}

/** One letter more, fewer, other, or two neighbours swapped. */
function isOneSlip(a: string, b: string): boolean {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let from = 0
  while (from < short.length && long[from] === short[from]) from += 1
  let end = 0
  while (end < short.length - from && long.at(-1 - end) === short.at(-1 - end)) end += 1
  const [restLong, restShort] = [long.slice(from, long.length - end), short.slice(from, short.length - end)]
  if (restLong.length <= 1) return true
  return restLong.length === 2 && restShort.length === 2 && restLong === `${restShort[1]}${restShort[0]}`
}
