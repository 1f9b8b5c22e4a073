import type { DocumentKind } from '../../models/application/application.ts'
import { compact, endOf } from './likeness.ts'
import type { Line } from './line.ts'
import { round } from './line.ts'
import { sixteenDigits } from './numbers.ts'

type Sign = readonly [phrase: string, weight: number]

/** What stands on a paper of the kind, and how much it says. Titles weigh the most; what many papers have, little. */
const SIGNS: Partial<Record<DocumentKind, readonly Sign[]>> = {
  family_card: [
    ['KARTU KELUARGA', 3],
    ['NAMA KEPALA KELUARGA', 1],
    ['STATUS HUBUNGAN', 2],
    ['KODE POS', 1],
    ['KEWARGANEGARAAN', 0.5],
    ['BELUM KAWIN', 0.5],
  ],
  birth_certificate: [
    ['KUTIPAN AKTA KELAHIRAN', 4],
    ['AKTA KELAHIRAN', 1],
    ['PENCATATAN SIPIL', 1],
    ['TELAH LAHIR', 2],
    ['BERDASARKAN AKTA', 1],
    ['ANAK KE', 0.5],
    ['BIRTH CERTIFICATE', 2],
  ],
  eid_card: [
    ['KARTU TANDA PENDUDUK', 4],
    ['PROVINSI', 0.5],
    ['BERLAKU HINGGA', 1],
    ['SEUMUR HIDUP', 2],
    ['GOL DARAH', 1],
    ['STATUS PERKAWINAN', 1],
    ['PEKERJAAN', 0.5],
    ['KEL DESA', 1],
  ],
  child_card: [
    ['KARTU IDENTITAS ANAK', 5],
    ['NAMA KEPALA KELUARGA', 1],
    ['NO AKTA KELAHIRAN', 2],
    ['BERLAKU HINGGA', 1],
  ],
  letter: [
    ['SURAT KETERANGAN', 3],
    ['SURAT KETERANGAN PINDAH', 4],
    ['SURAT KETERANGAN DATANG', 4],
    ['SURAT TANDA PENERIMAAN', 3],
    ['SURAT KUASA', 3],
    ['SURAT PERNYATAAN', 3],
    ['SURAT PENGANTAR', 3],
    ['LAPORAN KEHILANGAN', 3],
    ['KEPOLISIAN NEGARA', 3],
  ],
  passport: [
    ['PASPOR', 2],
    ['PASSPORT NO', 2],
    ['COUNTRY CODE', 2],
    ['DATE OF EXPIRY', 1],
  ],
  stay_permit: [
    ['IZIN TINGGAL TETAP', 4],
    ['IZIN TINGGAL TERBATAS', 4],
    ['PERMANENT STAY PERMIT', 3],
    ['STAY PERMIT', 2],
    ['IMIGRASI', 1],
  ],
}
const KINDS = Object.entries(SIGNS).map(([kind, signs]) => ({
  kind: kind as DocumentKind,
  signs: signs.map(([phrase, weight]) => ({ phrase: compact(phrase), weight })),
}))
/** Letters of a title are so much larger than most: what they say is what the paper is. */
const TITLE = { size: 1.3, worth: 1.5 } as const
/** The numbers of a family: no other paper has so many. */
const FAMILY = { members: 3, weight: 3 } as const
/** The machine-readable lines of a passport. */
const MACHINE_READABLE = { pattern: /^[PV]<[A-Z]{3}|<{3}/, weight: 4 } as const
/** Less is no sign of anything; fewer lines are no paper. */
const ENOUGH = 2.5
const LINES = 3

/** The kind of paper that a page's lines speak of; undefined where there is too little text to say anything. */
export function paperKind(lines: readonly Line[]): { kind: DocumentKind; confidence: number } | undefined {
  const heights = lines.map((line) => line.box.height).toSorted((a, b) => a - b)
  const usual = heights[Math.floor(heights.length / 2)] ?? 0
  const texts = lines.map((line) => ({
    text: compact(line.text),
    worth: line.box.height > usual * TITLE.size ? TITLE.worth : 1,
  }))
  const scores = KINDS.map(({ kind, signs }) => ({
    kind,
    score: signs.reduce((sum, sign) => sum + sign.weight * found(sign.phrase, texts), 0) + shape(kind, lines),
  })).toSorted((a, b) => b.score - a.score)
  const [best, second] = scores
  if (best === undefined || best.score < ENOUGH) {
    return lines.length < LINES ? undefined : { kind: 'other', confidence: 0.5 }
  }
  return { kind: best.kind, confidence: round(best.score / (best.score + (second?.score ?? 0) + 0.5)) }
}

function found(phrase: string, texts: readonly { text: string; worth: number }[]): number {
  return texts.reduce((most, { text, worth }) => (endOf(phrase, text) === undefined ? most : Math.max(most, worth)), 0)
}

function shape(kind: DocumentKind, lines: readonly Line[]): number {
  if (kind === 'family_card') {
    const numbers = new Set(lines.flatMap((line) => sixteenDigits(line).map((number) => number.value)))
    return numbers.size >= FAMILY.members ? FAMILY.weight : 0
  }
  if (kind === 'passport') {
    const machine = lines.some((line) => MACHINE_READABLE.pattern.test(line.text.replaceAll(' ', '')))
    return machine ? MACHINE_READABLE.weight : 0
  }
  return 0
}
