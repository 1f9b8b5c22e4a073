import type { DocumentKind } from '../../models/application/application.ts'
import { saysWord } from './words.ts'
import { normalise } from './vocabulary.ts'

/** File numbers count from 1 as the bot named them; pages of a kind stand in the order typed. */
export type FileLine =
  | { kind: 'places'; places: readonly { document: DocumentKind; files: readonly number[] }[] }
  /** TIDAK TAHU: the office sorts. */
  | { kind: 'unknown' }
  /** Files named for two kinds, or numbers that no file has. */
  | { kind: 'wrong'; twice: readonly number[]; beyond: readonly number[] }

const KINDS: readonly { document: DocumentKind; pattern: string }[] = [
  { document: 'birth_certificate', pattern: '(?:kutipan )?(?:akta|akte)(?: (?:kelahiran|lahir))?' },
  { document: 'family_card', pattern: 'kartu keluarga|kk' },
  {
    document: 'eid_card',
    pattern: '(?:e-?)?ktp(?:-?el)?(?: (?:ayah|ibu|bapak|mama|orang tua|ortu|wali|dan|dan/atau))*',
  },
  { document: 'portrait', pattern: 'pas ?foto|foto(?: (?:anak|murid|siswa|anaknya|[234] ?x ?[346]))?' },
  { document: 'letter', pattern: 'surat(?: (?:keterangan|kehilangan|polisi|pindah|datang|dari|luar|negeri))*' },
  { document: 'child_card', pattern: '(?:kartu )?kia(?: (?:lama|rusak))?' },
  { document: 'passport', pattern: 'paspor|pasport|passport' },
  { document: 'stay_permit', pattern: 'itap|kitap' },
  { document: 'other', pattern: 'lampiran|lainnya|lain-lain' },
]
const ANY_KIND = KINDS.map(({ document, pattern }) => `(?<${document}>${pattern})`).join('|')
const NUMBERS = String.raw`\d{1,4}(?:\s*(?:-|–|sampai|sd|s/d|,|dan|&|\+)\s*\d{1,4})*`
const BETWEEN = String.raw`[\s:=.]*(?:(?:no|nomor|ke|file|berkas|halaman|hal|yang|yg|itu|adalah|di)[\s.:-]*)*`
const KIND_FIRST = new RegExp(
  String.raw`(?<![\p{L}\d])(?:${ANY_KIND})(?![\p{L}])${BETWEEN}(?<numbers>${NUMBERS})(?![\p{L}\d])`,
  'gu',
)
const NUMBER_FIRST = new RegExp(
  String.raw`(?<![\p{L}\d])(?<numbers>${NUMBERS})${BETWEEN}(?:${ANY_KIND})(?![\p{L}\d])`,
  'gu',
)
const LEFT_OVER =
  /^(?:[\s,;.&+]|(?<![\p{L}])(?:dan|yang|yg|berkas|file|nomor|no|itu|untuk|bu|pak|min|ya)(?![\p{L}]))*$/u
const LONGEST = 500

/** `akta 1-2, KK 3, foto 6`, `1 akta 2 kk`; undefined where the message is no file line. `count` files are known. */
export function readFileLine(text: string, count: number): FileLine | undefined {
  if (text.length > LONGEST) return undefined
  const unknown = [
    'tidak tahu',
    'tidak tau',
    'ga tau',
    'gak tau',
    'tdk tahu',
    'tdk tau',
    'ga tahu',
    'kada tahu',
    'kurang tahu',
    'bingung',
  ]
  if (unknown.some((phrase) => saysWord(text, phrase))) return { kind: 'unknown' }
  const said = normalise(text)
  const pattern = /^(?:yang |yg |berkas |file |nomor |no )*\d/.test(said) ? NUMBER_FIRST : KIND_FIRST
  const matches = [...said.matchAll(pattern)]
  const rest = matches.reduce((left, match) => left.replace(match[0], ' '), said)
  if (matches.length === 0 || !LEFT_OVER.test(rest)) return undefined
  const files = new Map<DocumentKind, number[]>()
  const seen = new Set<number>()
  const twice = new Set<number>()
  const beyond = new Set<number>()
  for (const { groups = {} } of matches) {
    const document = KINDS.find((kind) => groups[kind.document] !== undefined)?.document
    if (!document) continue
    for (const number of spread(groups['numbers'] ?? '', count)) {
      if (number < 1 || number > count) beyond.add(number)
      if (seen.has(number)) twice.add(number)
      seen.add(number)
      files.set(document, [...(files.get(document) ?? []), number])
    }
  }
  if (twice.size > 0 || beyond.size > 0) return { kind: 'wrong', twice: [...twice], beyond: [...beyond] }
  return { kind: 'places', places: [...files].map(([document, numbers]) => ({ document, files: numbers })) }
}

/** `1-2, 5` → 1, 2, 5. A range beyond `count` gives its ends only, so that nobody's 1-9999 costs anything. */
function spread(numbers: string, count: number): number[] {
  const parts = numbers.split(/\s*(?:,|dan|&|\+)\s*/)
  return parts.flatMap((part) => {
    const [from = 0, to = from] = part.split(/\s*(?:-|–|sampai|sd|s\/d)\s*/).map(Number)
    if (to < from || to > count) return from === to ? [from] : [from, to]
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
}

const TOLD: readonly { document: DocumentKind; pattern: RegExp }[] = [
  { document: 'birth_certificate', pattern: /\bakt[ae]\b/ },
  { document: 'family_card', pattern: /\b(?:kk|kartu keluarga)\b/ },
  { document: 'eid_card', pattern: /\b(?:e ?)?ktp(?:el)?\b/ },
  { document: 'letter', pattern: /\bsurat (?:ket\w* )?(?:kehilangan|polisi|pindah|datang)\b/ },
  { document: 'child_card', pattern: /\bkia (?:lama|rusak)\b|\bkartu kia\b|^kia$/ },
  { document: 'passport', pattern: /\b(?:paspor|pass?port)\b/ },
  { document: 'stay_permit', pattern: /\bk?itap\b/ },
]
const PORTRAIT = /\bpas ?foto\b|\b[234] ?x ?[346]\b|\bfoto (?:anak|murid|siswa|latar)\b|^foto$/

/**
 * The kind that a caption or a file name tells ("akta budi.pdf", "KTP ayah"); none or two: undefined. A camera's own
 * names (foto1.jpg, IMG_2031.jpg) tell nothing.
 */
export function documentKindOf(text: string): DocumentKind | undefined {
  const said = text
    .toLowerCase()
    .replace(/\.(?:pdf|jpe?g|png|webp|heic|heif)$/, '')
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .replaceAll(/(?<=\p{L})(?=\d)/gu, ' ')
    .trim()
  const kinds = TOLD.filter(({ pattern }) => pattern.test(said)).map(({ document }) => document)
  // a "foto akta" is a picture of the akta
  if (kinds.length === 0 && PORTRAIT.test(said)) return 'portrait'
  return kinds.length === 1 ? kinds[0] : undefined
}
