import { sameWord, wordsOf } from './vocabulary.ts'
import { readClass } from './words.ts'

const MOST_WORDS = 4
const NUMBER_WORDS = ['satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan', 'sepuluh']
const ORDINALS = [
  'pertama',
  'kedua',
  'ketiga',
  'keempat',
  'kelima',
  'keenam',
  'ketujuh',
  'kedelapan',
  'kesembilan',
  'kesepuluh',
]
const CHANGE_WORDS = ['ubah', 'ganti', 'edit', 'betulkan', 'perbaiki', 'koreksi']
const LEADING = new Set(['yg', 'yang', 'no', 'nomor', 'nomer', 'nmr', 'pilih', 'pilihan', 'angka', 'ke'])

/** `3`, `yg 3`, `3 sdh sesuai`, `nomor 3.` → 3. Two different numbers, or one out of 1…max: undefined. */
export function readNumber(text: string, max: number): number | undefined {
  const words = wordsOf(text.replaceAll(/(\d)[.)]+(?=\s|$)/g, '$1 ').replaceAll('+', ' '))
  if (words.length === 0 || words.length > MOST_WORDS) return undefined
  // figures inside a word (4A, 1-2, 21-11-2015) are another kind of answer; apa2 is a word written twice
  if (words.some((word) => /\d/.test(word) && !/^\d+$/.test(word) && !/^\p{L}{2,}2$/u.test(word))) return undefined
  const core = words.filter((word) => !LEADING.has(word))
  const numbers = new Set(
    core.flatMap((word, i) => {
      if (/^\d+$/.test(word)) return [Number(word)]
      const spoken = Math.max(NUMBER_WORDS.indexOf(word), ORDINALS.indexOf(word))
      return spoken >= 0 && i === 0 ? [spoken + 1] : []
    }),
  )
  const [number] = numbers
  const startsWithIt =
    /^\d+$/.test(core[0] ?? '') || NUMBER_WORDS.includes(core[0] ?? '') || ORDINALS.includes(core[0] ?? '')
  if (numbers.size !== 1 || number === undefined || !(startsWithIt || core.length < words.length)) return undefined
  return number >= 1 && number <= max ? number : undefined
}

/**
 * By button value, by number, or by words: a label's own (`Guru/wali kelas` has two) or `words`. Where several
 * choices match, the longest phrase wins if it holds the others; otherwise nothing is guessed.
 */
export function readChoice(
  text: string,
  choices: readonly { value: string; label: string; words?: readonly string[] }[],
): string | undefined {
  const pressed = choices.find((choice) => choice.value === text)
  if (pressed) return pressed.value
  const number = readNumber(text, choices.length)
  if (number !== undefined) return choices[number - 1]?.value
  const words = wordsOf(text)
  if (words.length === 0 || words.length > MOST_WORDS) return undefined
  const hits = choices.flatMap((choice) =>
    [...choice.label.split('/'), ...(choice.words ?? [])]
      .map((phrase) => wordsOf(phrase))
      .filter((phrase) => containsPhrase(words, phrase))
      .map((phrase) => ({ value: choice.value, phrase })),
  )
  const values = new Set(hits.map((hit) => hit.value))
  if (values.size <= 1) return hits[0]?.value
  const [longest] = hits.toSorted((a, b) => b.phrase.length - a.phrase.length)
  const rest = hits.filter((hit) => hit.value !== longest?.value)
  return longest && rest.every((hit) => containsPhrase(longest.phrase, hit.phrase)) ? longest.value : undefined
}

function containsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  if (phrase.length === 0) return false
  return words.some((_, at) => phrase.every((part, i) => sameWord(words[at + i] ?? '', part)))
}

/**
 * `UBAH`, `UBAH 4`, `ubah kelas`, `ganti kelas 4B`, `salah kelas`, `4`: which line of the card, by its number or
 * its words. `line` is undefined for a bare UBAH; `value` is what stands behind the line.
 */
export function readChange(
  text: string,
  lines: readonly { value: string; words: readonly string[] }[],
): { line: string | undefined; value?: string } | undefined {
  const number = readNumber(text, lines.length)
  const words = wordsOf(text)
  const asked = CHANGE_WORDS.some((word) => sameWord(words[0] ?? '', word))
  if (!asked && number !== undefined && words.every((word) => /^\d+$/.test(word) || LEADING.has(word))) {
    return { line: lines[number - 1]?.value }
  }
  if (!asked && (readClass(text)?.class !== 'NO' || words.length > MOST_WORDS)) return undefined
  const rest = asked ? words.slice(1).filter((word) => !LEADING.has(word)) : words
  if (rest.length === 0) return { line: undefined }
  const spoken = asked ? Number(/^\d{1,2}$/.exec(rest[0] ?? '')?.[0]) : Number.NaN
  const byNumber = lines[spoken - 1]
  if (byNumber && rest.length === 1) return { line: byNumber.value }
  const hits = lines.filter((line) => line.words.some((phrase) => containsPhrase(rest, wordsOf(phrase))))
  const [hit] = hits
  if (hits.length !== 1 || !hit) return asked ? { line: byNumber?.value } : undefined
  const value = asked ? behindLine(text, hit.words) : ''
  return value === '' ? { line: hit.value } : { line: hit.value, value }
}

/** "ubah kelas jadi 4B" → "4B", as typed. */
function behindLine(text: string, phrases: readonly string[]): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  const lower = plain.toLowerCase()
  for (const phrase of phrases.toSorted((a, b) => b.length - a.length)) {
    const at = `${lower} `.indexOf(` ${phrase.toLowerCase()} `)
    if (at >= 0)
      return plain
        .slice(at + phrase.length + 2)
        .replace(/^(?:jadi|menjadi|ke|[=:])\s+/i, '')
        .trim()
  }
  return ''
}
