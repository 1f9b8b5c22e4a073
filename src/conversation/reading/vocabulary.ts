import { differsByOne } from '../../models/identity/date.ts'

export type AnswerClass = 'YES' | 'NO' | 'NONE' | 'LATER' | 'ON' | 'COURTESY'

/** Words of each class as teachers type them, Banjar included (kada, balum, kaina, inggih, kadada). */
const CLASS_WORDS: Record<AnswerClass, string> = {
  YES: 'ya iy iya iyah yaa yah y yes yup yoi ok oke okey okay oks sip siap betul bener benar bnr sesuai inggih nggih setuju heeh cocok baik baiklah',
  NO: 'tidak tdk tida gak ga gk nggak ngga enggak engga kagak bukan bkn salah kada kd jangan',
  NONE: 'kosong kadada kadeda nihil',
  LATER: 'nanti ntar nti belum blm blum belom balum kaina besok bsk',
  ON: 'lanjut lanjutkan lnjt gpp gapapa sdh sudah udah udh dah cukup selesai beres komplit',
  COURTESY:
    'salam assalamualaikum assalamu alaikum asslm aslm asalamualaikum askum waalaikumsalam wr wb pagi siang sore malam malem met selamat halo hallo hai hi permisi makasih makasi mksh mks trims tks thx thanks terima kasih terimakasih suwun maaf mf punten',
}
/** YES words that a NO in front turns into a NO ("blm bener"); "tidak, ya" is no such thing. */
const NEGATABLE = new Set('betul bener benar bnr sesuai ok oke siap setuju cocok'.split(' '))
/** YES words that also merely soften what stands before them ("nanti ya"). */
const PARTICLES = new Set(['ya', 'yaa', 'yah', 'y', 'iya'])
const FILLERS = new Set(
  'bu pak pa min kak aja saja deh dong tolong mau bapak ibu bapa mas mba mbak kakak om admin nih sih lah kok oh eh nah mohon gan bos'.split(
    ' ',
  ),
)
/** Everyday words and names one letter away from a table word: they keep their own meaning. */
const NEVER_FORGIVEN = new Set(
  'bali malik bantul natal bantal kiri bulan ganti panti besar mudah salat malas mulia mulya salim salma salah salam batul batil siang sedih saleh saling masih kasih betul sekali sudi lahir benda'.split(
    ' ',
  ),
)
const CLASS_OF = new Map<string, AnswerClass>()
for (const [name, words] of Object.entries(CLASS_WORDS) as [AnswerClass, string][]) {
  for (const word of words.split(' ')) CLASS_OF.set(word, name)
}

const THUMBS_UP = /[\u{1f44d}\u{1f44c}\u{2705}\u{2714}]/gu
const THUMBS_DOWN = /[\u{1f44e}\u{274c}\u{2716}]/gu
const HANDS = /\u{1f64f}/gu
const EMOJI =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\ufe0f|\ufe0e|\u200b|\u200c|\u200d|\u20e3|\u2060/gu

/** Lower case, no emoji (a lone 👍 says ya), no end marks, letters drawn out over three shortened, single spaces. */
export function normalise(text: string): string {
  const plain = text.toLowerCase()
  const bare = tidy(plain.replaceAll(EMOJI, ' '))
  // an emoji counts as a word only where nothing else was said
  return bare === ''
    ? tidy(
        plain
          .replaceAll(THUMBS_UP, ' ya ')
          .replaceAll(THUMBS_DOWN, ' tidak ')
          .replaceAll(HANDS, ' makasih ')
          .replaceAll(EMOJI, ' '),
      )
    : bare
}

function tidy(lower: string): string {
  return lower
    .replaceAll(/[’‘`´ʼ]/g, "'")
    .replaceAll(/[*_~"“”]/g, '')
    .replaceAll(/(\p{L})\1{2,}/gu, '$1')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s.,;:!?]+/, '')
    .replace(/[\s.,;:!?…]+$/, '')
}

/** The words of a message without fillers; marks between words go, those inside a word (1-2, 4a, al-fatih) stay. */
export function wordsOf(text: string): readonly string[] {
  return normalise(text)
    .split(/[\s,;:!?()/]+/)
    .map((word) => word.replace(/^[.'-]+(?=.)/, '').replace(/[.'-]+$/, ''))
    .filter((word) => word !== '' && !FILLERS.has(word))
}

export function isNegatable(word: string): boolean {
  return NEGATABLE.has(word) || NEGATABLE.has(single(word))
}
export function isParticle(word: string): boolean {
  return PARTICLES.has(word)
}

/** The class of one word; one wrong letter is forgiven in a table word of five letters and more, unless `exact`. */
export function classOf(word: string, exact = false): AnswerClass | undefined {
  const known = CLASS_OF.get(word) ?? CLASS_OF.get(single(word))
  if (known !== undefined || exact || !mayBeForgiven(word)) return known
  const near = new Set<AnswerClass>()
  for (const [candidate, name] of CLASS_OF) {
    if (candidate.length >= 5 && differsByOne(candidate, word)) near.add(name)
  }
  return near.size === 1 ? [...near][0] : undefined
}

/** True where `typed` is `word`, letters drawn out or, from five letters on, one of them wrong. */
export function sameWord(typed: string, word: string, exact = false): boolean {
  if (typed === word) return true
  // letters that are drawn out only make it longer: most words are told apart by their length alone
  if (typed.length > word.length && single(typed) === word) return true
  return !exact && word.length >= 5 && differsByOne(typed, word) && mayBeForgiven(typed)
}

function mayBeForgiven(word: string): boolean {
  return word.length >= 4 && /^\p{L}+$/u.test(word) && !NEVER_FORGIVEN.has(word) && !CLASS_OF.has(word)
}
function single(word: string): string {
  return word.replaceAll(/(\p{L})\1+/gu, '$1')
}
