import type { Line } from './line.ts'

/** Sixteen digits on a line: `from` and `to` are places in its text. The confidence is that of the worst digit. */
export type ReadNumber = { value: string; confidence: number; from: number; to: number }

const DIGITS = 16
/** Letters that printed digits are read as. They become digits only amid many, and then at little confidence. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  D: '0',
  Q: '0',
  I: '1',
  l: '1',
  '|': '1',
  S: '5',
  B: '8',
  Z: '2',
}
const MOST_LOOKALIKES = 2
const LOOKALIKE_WORTH = 0.5

/** Every number of sixteen digits on a line; blanks, dots and dashes within it do not count. */
export function sixteenDigits(line: Line): ReadNumber[] {
  const exact = runs(line, /\d/)
  return exact.length > 0 ? exact : runs(line, /[\dOoDQIl|SBZ]/)
}

function runs(line: Line, letters: RegExp): ReadNumber[] {
  const found: ReadNumber[] = []
  let places: number[] = []
  const flush = (): void => {
    if (places.length === DIGITS) found.push(...numberAt(line, places))
    places = []
  }
  for (const [i, letter] of Array.from(line.text).entries()) {
    if (letters.test(letter)) places.push(i)
    else if (!/[\s.\-:'_]/.test(letter)) flush()
  }
  flush()
  return found
}

function numberAt({ text, confidences }: Line, places: readonly number[]): ReadNumber[] {
  const letters = places.map((place) => text[place] ?? '')
  const lookalikes = letters.filter((letter) => !/\d/.test(letter)).length
  // the "o" of "No." before fifteen figures, the blood group behind them
  if (!/^\d.*\d$/.test(letters.join(''))) return []
  if (lookalikes > MOST_LOOKALIKES) return []
  const worst = Math.min(...places.map((place) => confidences[place] ?? 0))
  return [
    {
      value: letters.map((letter) => LOOKALIKES[letter] ?? letter).join(''),
      confidence: lookalikes === 0 ? worst : worst * LOOKALIKE_WORTH,
      from: places[0] ?? 0,
      to: (places.at(-1) ?? 0) + 1,
    },
  ]
}
