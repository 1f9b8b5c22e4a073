import { isAnswerWord, isRemark } from './words.ts'

const MOST_WORDS = 14
const WRONG = /(?<!\p{L})(?:salah|keliru|kurang|bukan|bkn|typo)(?!\p{L})/iu
/** Words that lead over to the value; behind a wrong one only with a mark or a word that promises the right one. */
const LEADING =
  /^(?:[\s,;:.=!-]|(?:murid|anak|siswa|lengkap(?:nya)?|itu|adalah|yang|yg|benar|bener|betul|(?:se)?harusnya|hrsnya|mestinya|jadi|menjadi|ganti|diganti|ubah|diubah|tertulis|tapi|tp|ya|bu|pak|min|kak)(?![\p{L}\d]))+/iu
const FAULT = /^\s*(?:salah|keliru|kurang|typo)(?![\p{L}\d])/iu
const PROMISE = /^\s*(?:[,;:.]|(?:(?:se)?harusnya|hrsnya|mestinya|yang|yg|jadi|menjadi|ganti|diganti)(?!\p{L}))/iu
const INSTEAD_OF = /[\s,;]+(?:bukan|bkn|tidak|tdk)\s.*$/iu
/** Whoever begins so speaks of somebody else than the pupil. */
const OTHERS = /^(?:saya|aku|kami|ibu|ibunya|bapak|ayah|ayahnya|ortu|orang|wali|guru|sekolah)(?!\p{L})/iu

/** A line of the card: `words` name it; `typed`: its value can be typed. */
export type CorrectableLine = { value: string; words: readonly string[]; typed: boolean }

/**
 * What is said of one line of the card: "salah, kelas 4C", "namanya Siti Rekaan", "tanggal lahir salah, 2 juli 2015",
 * "kelas 4C bukan 4B" with the right value, "kelasnya salah" without. A name that nothing was called wrong about has
 * to look like one: "nama sesuai akta" is none.
 */
export function readCorrection(
  text: string,
  lines: readonly CorrectableLine[],
): { line: string; value?: string } | undefined {
  const said = text.replaceAll('*', '').replaceAll(/\s+/g, ' ').trim()
  if (said.split(' ').length > MOST_WORDS) return undefined
  const named = lines.flatMap((line) => {
    const end = labelEnd(said, line.words)
    return end === undefined ? [] : [{ line, end }]
  })
  const [one] = named
  if (!one || named.length > 1) return undefined
  const wrong = WRONG.test(said)
  const value = one.line.typed ? valueBehind(said.slice(one.end)) : ''
  const looks = one.line.value !== 'name' || wrong || /^\p{Lu}/u.test(value)
  if (value !== '' && looks) return { line: one.line.value, value }
  return wrong ? { line: one.line.value } : undefined
}

/** Where the first mention of a label ends, "tanggal lahirnya" and the like taken as one. */
function labelEnd(said: string, words: readonly string[]): number | undefined {
  const longestFirst = words.toSorted((a, b) => b.length - a.length)
  const phrases = longestFirst.map((phrase) => RegExp.escape(phrase)).join('|')
  const label = new RegExp(`(?<![\\p{L}\\d])(?:${phrases})(?:nya)?(?:\\s+(?:${phrases})(?:nya)?)?(?![\\p{L}\\d])`, 'iu')
  const found = label.exec(said)
  return found ? found.index + found[0].length : undefined
}

function valueBehind(rest: string): string {
  let value = rest
  const fault = FAULT.exec(value)
  if (fault) {
    value = value.slice(fault[0].length)
    if (!PROMISE.test(value)) return ''
  }
  value = value.replace(LEADING, '').replace(INSTEAD_OF, '').trim()
  return OTHERS.test(value) || isAnswerWord(value) || isRemark(value) ? '' : value
}
