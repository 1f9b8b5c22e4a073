const LEAST_MS = 300
const MS_PER_LETTER = 4
const MOST_MS = 2_500

/** So long somebody seems to write before a text of that length goes out, in ms; `random` (0 to 1) makes it uneven. */
export function typingMs(length: number, random = Math.random()): number {
  return Math.min(MOST_MS, LEAST_MS + length * MS_PER_LETTER) * (0.6 + random * 0.8)
}
