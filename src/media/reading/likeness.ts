/** Letters and digits in capitals, without what a reader loses or invents: blanks, marks, accents. */
export function compact(text: string): string {
  return text
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
}

/** Of eight letters one may be misread, of sixteen two. */
const MISREAD = 1 / 8

/** Where `phrase` (compact) stands in a compact text, a few letters misread; the end of it, or undefined. */
export function endOf(phrase: string, text: string): number | undefined {
  const exact = text.indexOf(phrase)
  if (exact >= 0) return exact + phrase.length
  const { distance, end } = nearestPart(phrase, text)
  return distance <= Math.floor(phrase.length * MISREAD) ? end : undefined
}

/** How many letters two compact texts differ by: replaced, missing or too many (Levenshtein 1966). */
export function editDistance(a: string, b: string): number {
  return lastRow(a, b, false).at(-1) ?? a.length
}

/** The part of the text that is nearest to the phrase (Sellers 1980); of equal ones the longest, last one. */
function nearestPart(phrase: string, text: string): { distance: number; end: number } {
  const distances = lastRow(phrase, text, true)
  let end = 0
  for (const [i, distance] of distances.entries()) if (distance <= (distances[end] ?? 0)) end = i
  return { distance: distances[end] ?? phrase.length, end }
}

function lastRow(pattern: string, text: string, anywhere: boolean): number[] {
  let row = Array.from({ length: text.length + 1 }, (_, i) => (anywhere ? 0 : i))
  for (let i = 1; i <= pattern.length; i++) {
    const next = [i]
    for (let j = 1; j <= text.length; j++) {
      const change = pattern[i - 1] === text[j - 1] ? 0 : 1
      next.push(Math.min((row[j - 1] ?? 0) + change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row
}

/** Letters and digits that are misread for each other fall together. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  L: 'I',
  1: 'I',
  J: 'I',
  0: 'O',
  Q: 'O',
  D: 'O',
  5: 'S',
  8: 'B',
  2: 'Z',
}

/** How many letters two names differ by, apart from blanks, marks and what a reader takes for each other. */
export function nameDistance(a: string, b: string): number {
  return editDistance(folded(a), folded(b))
}

function folded(name: string): string {
  return Array.from(compact(name), (letter) => LOOKALIKES[letter] ?? letter).join('')
}
