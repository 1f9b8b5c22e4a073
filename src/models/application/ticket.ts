/** The ticket number of an application: one letter, at least three digits, a check digit, as `B417-6`. Never changes. */
const DAMM = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const
const FIRST_NUMBER = 100
const NUMBERS_PER_LETTER = 900

/** Damm's check digit over the letter's place in the alphabet (A = 1) and the digits. */
export function checkDigit(letter: string, digits: string): number {
  const place = letter.charCodeAt(0) - 64
  let state = 0
  for (const digit of `${place}${digits}`) state = DAMM[state]?.[Number(digit)] ?? 0
  return state
}

/** The n-th ticket number of an office, n from 0: A100 … A999, B100 … Z999, then A1000 … with four digits and so on. */
export function ticketOf(n: number): string {
  let digits = 3
  let perLetter = NUMBERS_PER_LETTER
  let rest = n
  while (rest >= perLetter * 26) {
    rest -= perLetter * 26
    digits += 1
    perLetter *= 10
  }
  const letter = String.fromCharCode(65 + Math.floor(rest / perLetter))
  const number = String((rest % perLetter) + FIRST_NUMBER * 10 ** (digits - 3))
  return `${letter}${number}-${checkDigit(letter, number)}`
}

/**
 * Reads what people type: `b4176`, `B417-6`, `b 417 6`, and `8417-6`, which can only mean B417-6.
 * Undefined when it is no ticket number or its check digit is wrong.
 */
export function parseTicket(typed: string): string | undefined {
  const compact = typed.toUpperCase().replaceAll(/[\s.\-–]/g, '')
  const match = /^([A-Z]|8(?=\d{4,}$))(\d{3,})(\d)$/.exec(compact)
  if (!match) return undefined
  const letter = match[1] === '8' ? 'B' : match[1]!
  const digits = match[2]!
  if (digits.startsWith('0') || checkDigit(letter, digits) !== Number(match[3])) return undefined
  return `${letter}${digits}-${match[3]}`
}
