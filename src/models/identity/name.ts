export type NameProblem = 'empty' | 'digits' | 'too-long' | 'too-many-words' | 'table-word'
/** Findings on a name that is taken all the same: older records keep their form (Permendagri 73/2022 binds new ones). */
export type NameFinding = 'NAME_ONE_WORD' | 'NAME_APOSTROPHE' | 'NAME_DOT' | 'NAME_TITLE'

/** "Anak" binds with a mark only: Anak Agung is a name. Capitals A.N. are somebody's initials. */
const LABEL =
  /^(?:(?:(?:atas\s+nama|nama(?:nya)?(?:\s+(?:lengkap|murid|siswa|siswi|anak|saya))*|(?-i:a\.\s?n\.|[Aa]n\.))(?![\p{L}\d'-])|(?:anak|murid|siswa|siswi)\s*[:=])[\s:=]*)+/iu
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\ufe0f|\u200d|\u20e3/gu
const TITLES = /(?:^|\s)(?:h|hj|dr|drs|dra|ir|prof|ust|ustadz|s\.?pd|s\.?ag|s\.?h|s\.?kom|m\.?pd)(?:\.|(?=\s|,|$))/i
const MAX_CHARACTERS = 60
const MAX_WORDS = 8

/**
 * A name as typed, but ’ ` become ', spaces are single, end marks and emoji go, and an all lower case name gets
 * capitals. A label (`nama: Oke`, `namanya Oke`) comes off and lets words pass that are answers elsewhere (`isAnswerWord`).
 */
export function parseName(
  typed: string,
  isAnswerWord: (text: string) => boolean = () => false,
): { ok: true; value: string; findings: readonly NameFinding[] } | { ok: false; problem: NameProblem } {
  const bare = typed
    .replaceAll(/[’‘`´ʼ]/g, "'")
    .replaceAll(EMOJI, '')
    .replaceAll(/[*_~]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[\s,;:!?]+$/, '')
    .replace(/(?<=\p{L}{3})\.+$/u, '')
  // after the marks and emoji around it, so that nothing else becomes a label when the name is read again
  const plain = bare.replace(LABEL, '')
  const labelled = plain !== bare
  if (/\p{N}/u.test(plain)) return { ok: false, problem: 'digits' }
  if (!/\p{L}/u.test(plain)) return { ok: false, problem: 'empty' }
  if (plain.length > MAX_CHARACTERS) return { ok: false, problem: 'too-long' }
  const words = plain.split(' ')
  if (words.length > MAX_WORDS) return { ok: false, problem: 'too-many-words' }
  if (!labelled && isAnswerWord(plain)) return { ok: false, problem: 'table-word' }
  const value = plain === plain.toLowerCase() ? words.map(capitalise).join(' ') : plain
  const findings: NameFinding[] = []
  if (words.length === 1) findings.push('NAME_ONE_WORD')
  if (value.includes("'")) findings.push('NAME_APOSTROPHE')
  if (value.includes('.')) findings.push('NAME_DOT')
  if (TITLES.test(value)) findings.push('NAME_TITLE')
  return { ok: true, value, findings }
}

/** `nu'man` → `Nu'man`, `al-fatih` → `Al-Fatih`. Letters whose capital is longer (ß) stay. */
function capitalise(word: string): string {
  return word.replaceAll(/(^|-)(\p{L})/gu, (_, before: string, letter: string) => {
    const capital = letter.toUpperCase()
    return before + (capital.length === letter.length ? capital : letter)
  })
}
