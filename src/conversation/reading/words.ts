import { classOf, isNegatable, isParticle, normalise, sameWord, wordsOf } from './vocabulary.ts'
import type { AnswerClass } from './vocabulary.ts'

/**
 * `MIXED`: YES together with NO, ask again. `value`: what stands behind a NO ("bukan, 21-11-2015"), or figures behind
 * another class; it wins where the step can read it. `seen`: every class in the message, for questions that ask for
 * one in particular (ON at files in "oke selesai").
 */
export type ClassReading = { class: AnswerClass | 'MIXED'; value?: string; seen: readonly AnswerClass[] }

const MOST_WORDS = 4
const MOST_WORDS_BEHIND_NO = 8
const UNSURE = new Set(['tahu', 'tau', 'yakin', 'ngerti', 'mengerti', 'paham', 'jelas'])
const ASKING = new Set('apakah kapan berapa bagaimana gimana kenapa mengapa dimana siapa'.split(' '))
const HARMLESS = new Set(['apa', 'apa2', 'papa', 'masalah', 'mengapa', 'apa-apa', 'papa2'])
const BETWEEN =
  /^(?:[\s,;:.!-]|(?:yang|yg|benar|bener|betul|harusnya|seharusnya|hrsnya|tapi|tp|melainkan|itu|adalah|jadi|mestinya|bu|pak|min|kak|kok|lah)(?![\p{L}\d]))+/iu

type Token = { class: AnswerClass; word: string } | { class: undefined; word: string }

/**
 * The class of a message of up to four words without fillers (conversation design §2). At a yes/no question BELUM
 * words are NO and ON words YES (`yesNo`). `alone`: every word must be a table word, exactly (for names).
 */
export function readClass(text: string, options: { yesNo?: boolean; alone?: boolean } = {}): ClassReading | undefined {
  if (/^\s*[-–—]\s*$/.test(text)) return { class: 'NONE', seen: ['NONE'] }
  const words = wordsOf(text)
  // "apakah sudah jadi" asks, whatever word stands in it
  if (ASKING.has(words[0] ?? '')) return undefined
  if (words.length === 0 || words.length > MOST_WORDS) return longNo(text, words, options)
  const tokens = phrases(words, options)
  if (tokens === undefined) return undefined
  const seen = new Set(tokens.flatMap((token) => token.class ?? []))
  if (options.alone && tokens.some((token) => token.class === undefined)) return undefined
  const name = decide(tokens, seen)
  if (name === undefined) return undefined
  const reading: ClassReading = { class: name, seen: [...seen] }
  const value = options.alone ? undefined : behind(text, name, tokens)
  return value === undefined ? reading : { ...reading, value }
}

/** Puts words together that mean one thing: "ga ada", "ga salah", "blm bener", "tidak apa apa". */
function phrases(words: readonly string[], options: { yesNo?: boolean; alone?: boolean }): Token[] | undefined {
  const tokens: Token[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const next = words[i + 1] ?? ''
    let name = classOf(word, options.alone)
    const following = next === '' ? undefined : classOf(next, options.alone)
    const late = name === 'LATER' && /^(?:b[aeu]?l[aeou]?m)/.test(word)
    if (name === 'NO' && UNSURE.has(next)) return undefined
    let taken = 1
    // "tidak ada yang salah"
    if (name === 'NO' && next === 'ada' && words.at(-1) === 'salah') [name, taken] = ['YES', words.length]
    else if (name === 'NO' && (next === 'ada' || next === 'punya')) [name, taken] = ['NONE', 2]
    else if (name === 'NO' && HARMLESS.has(next)) [name, taken] = ['ON', words[i + 2] === 'apa' ? 3 : 2]
    else if (name === 'NO' && following === 'NO') [name, taken] = ['YES', 2]
    else if ((name === 'NO' || late) && following === 'YES' && isNegatable(next)) [name, taken] = ['NO', 2]
    else if (late && following === 'ON') taken = 2
    else if (word === 'ada' && tokens.length > 0) name = undefined
    if (options.yesNo && name === 'ON') name = 'YES'
    if (options.yesNo && name === 'LATER' && late) name = 'NO'
    tokens.push({ class: name, word: words.slice(i, i + taken).join(' ') })
    i += taken - 1
  }
  return tokens
}

function decide(tokens: readonly Token[], seen: ReadonlySet<AnswerClass>): ClassReading['class'] | undefined {
  const yes = tokens.some((token, i) => token.class === 'YES' && !(i > 0 && isParticle(token.word)))
  if (seen.has('YES') && seen.has('NO')) return 'MIXED'
  if (seen.has('NONE')) return 'NONE'
  if (seen.has('LATER')) return 'LATER'
  if (seen.has('NO')) return 'NO'
  if (yes) return 'YES'
  if (seen.has('ON')) return 'ON'
  if (seen.has('YES')) return 'YES'
  return seen.has('COURTESY') ? 'COURTESY' : undefined
}

/** The text behind a NO at its beginning; behind other classes only where it holds figures. */
function behind(text: string, name: ClassReading['class'], tokens: readonly Token[]): string | undefined {
  if (name === 'MIXED') return undefined
  const first = tokens.findIndex((token) => token.class !== undefined)
  if (first !== 0 || tokens.every((token) => token.class !== undefined)) return undefined
  const rest = afterWords(text, tokens[0]?.word ?? '')
  if (rest === '' || wordsOf(rest).length === 0) return undefined
  return name === 'NO' || /\d/.test(rest) ? rest : undefined
}

/** "bukan, yang benar tanggal 21 november 2015": longer than four words, but a NO with what it puts right. */
function longNo(
  text: string,
  words: readonly string[],
  options: { yesNo?: boolean; alone?: boolean },
): ClassReading | undefined {
  const [first = ''] = words
  if (options.alone || words.length > MOST_WORDS_BEHIND_NO + 1 || classOf(first) !== 'NO') return undefined
  const value = afterWords(text, first)
  const divided = /^\P{L}*\p{L}+\s*[,.;:\n]/u.test(text)
  return value !== '' && (divided || /\d/.test(value)) ? { class: 'NO', value, seen: ['NO'] } : undefined
}

/** What follows the first `phrase` words of `text`, as typed, without words that only lead over ("yang benar"). */
function afterWords(text: string, phrase: string): string {
  let rest = text
  for (const word of phrase.split(' ')) {
    const match = [...rest.matchAll(/[^\s,;:!?()/]+/gu)].find((m) => wordsOf(m[0]).includes(word))
    if (!match) return ''
    rest = rest.slice(match.index + match[0].length)
  }
  return rest.replace(BETWEEN, '').trim()
}

/** True where the whole message is this word or phrase (KIRIM, LAGI, TIDAK TAHU, YA BATAL), one wrong letter forgiven. */
export function saysWord(text: string, word: string): boolean {
  const said = wordsOf(text)
  const wanted = word.toLowerCase().split(' ')
  return said.length === wanted.length && wanted.every((part, i) => sameWord(said[i] ?? '', part))
}

/** True where a message says nothing but table words, or that nobody knows: no pupil is called so. */
export function isAnswerWord(text: string): boolean {
  if (readClass(text, { alone: true }) !== undefined) return true
  const [first = '', second = '', ...more] = wordsOf(text)
  const not = first === 'kurang' || ['NO', 'LATER'].includes(classOf(first, true) ?? '')
  return not && UNSURE.has(second) && more.length === 0
}

/** Words with which no name begins, but a sentence about one: "sudah sesuai akta", "salah, tadi keliru". */
const REMARKS = new Set(['sesuai', 'benar', 'bener', 'betul', 'sama'])
export function isRemark(text: string): boolean {
  const [first = '', second] = wordsOf(text)
  const name = classOf(first, true)
  return second !== undefined && (REMARKS.has(first) || name === 'NO' || name === 'LATER' || name === 'ON')
}

/** Words that prompts ask for elsewhere; exactly, since Karim is a name. */
const PROMPTED = /^(?:kirim|kirimkan|hapus|lagi|lewat|lewati|ubah(?: .*)?)$/

/** True where a message is a word that another prompt asked for, come too late or too early: no pupil is called so. */
export function isPromptedWord(text: string): boolean {
  return PROMPTED.test(wordsOf(text).join(' '))
}

/** The time of day or salam of a greeting, to be returned; undefined where the message does not greet. */
export function readGreeting(text: string): 'salam' | 'pagi' | 'siang' | 'sore' | 'malam' | 'halo' | undefined {
  const words = wordsOf(text)
  const opening = words.slice(0, 4)
  if (/^(?:as+alam|as+lm|aslm|askum|samlek)/.test(normalise(text)) || saysWord(text, 'salam')) return 'salam'
  if (words.length > MOST_WORDS && !/^(?:selamat|met)$/.test(opening[0] ?? '')) return undefined
  for (const time of ['pagi', 'siang', 'sore', 'malam'] as const) if (opening.includes(time)) return time
  if (opening.includes('malem')) return 'malam'
  return opening.some((word) => /^(?:hall?o|hai|hi|permisi)$/.test(word)) ? 'halo' : undefined
}
