import { findDates } from '../../models/identity/date.ts'

/** What a label says that its value is; `other` is somebody else's or not asked, and is dropped with its value. */
export type Label = 'reason' | 'citizenship' | 'name' | 'nik' | 'kk' | 'birthDate' | 'class' | 'other'
export type Cut =
  | { shape: 'label'; label: Label; line: number }
  | { shape: 'number'; text: string; line: number }
  | { shape: 'date'; text: string; line: number }
  | { shape: 'words'; text: string; line: number }

const PARENT = '(?:ayah|ibu|bapak|wali|ortu|orang tua|kepala keluarga)'
const LABELS: readonly { label: Label; pattern: string }[] = [
  { label: 'other', pattern: `(?:nama|nik|ktp|no\\.? ?nik|pekerjaan|tgl lahir)\\s+${PARENT}` },
  { label: 'kk', pattern: '(?:no(?:mor|mer)?\\.?\\s*)?(?:kk|kartu keluarga)' },
  { label: 'nik', pattern: '(?:no(?:mor|mer)?\\.?\\s*)?nik(?:nya)?(?:\\s+(?:anak|murid|siswa))?' },
  {
    label: 'birthDate',
    pattern:
      '(?:tempat|tmpt|tmp)\\s*(?:,|/|dan|&)?\\s*(?:tgl|tanggal)\\.?\\s*lahir|ttl|(?:tgl|tanggal)\\.?\\s*lahir(?:nya)?|lahir',
  },
  { label: 'name', pattern: 'atas\\s+nama|a\\.\\s?n\\.?|nama(?:nya)?(?:\\s+(?:lengkap|murid|siswa|siswi|anak))*' },
  { label: 'class', pattern: 'kelas|kls|rombel' },
  { label: 'reason', pattern: 'alasan(?:nya)?|keperluan' },
  { label: 'citizenship', pattern: 'kewarganegaraan(?:nya)?' },
]
/** These bind only with a mark behind them: without it they may be a word of a sentence or of a name. */
const MARKED_ONLY = `${PARENT}|tempat lahir|alamat|agama|jk|jenis kelamin|l/p|nisn|nis|no\\.? ?(?:hp|wa|telp|telepon)|hp|wa|sekolah|asal sekolah|npsn|(?:no(?:mor)?\\.? ?)?akta(?: kelahiran)?|anak ke|gol(?:ongan)?\\.? darah|desa|kecamatan|kabupaten|keterangan|ket`
const LABEL = new RegExp(
  String.raw`(?<![\p{L}\d'-])(?:(?:${LABELS.map(({ pattern }, i) => `(?<l${i}>${pattern})`).join('|')})(?![\p{L}\d])\s*[:=.]*|(?<marked>${MARKED_ONLY})\s*[:=]|(?<pupil>anak|murid|siswa|siswi)\s*[:=])\s*`,
  'giu',
)
/** Sixteen digits, with the spaces, dots and dashes that people put between them; or a run that means to be that. */
const NUMBER = /(?<![\d])\d(?:[ .\-–]?\d){15}(?!\d)|(?<![\d.-])\d{12,20}(?![\d])|\d[.,]\d+e\s?\+?\d{1,2}(?!\d)/giu
const MARKS = /[\n\t,;|()]| \/ | [-–—] /u
const PHONE = /^(?:0|62)8\d{7,12}$/

/** Cuts a message into labels, numbers, dates and words, in the order typed (conversation design §2, rule 1). */
export function cut(message: string): readonly Cut[] {
  const cuts: Cut[] = []
  for (const [line, text] of message.split(/\r?\n|;/).entries()) cutLine(text, line, cuts)
  return cuts
}

function cutLine(text: string, line: number, cuts: Cut[]): void {
  const found: { index: number; cut: Cut }[] = []
  let rest = text
  const take = (index: number, length: number, piece: Cut) => {
    found.push({ index, cut: piece })
    rest = rest.slice(0, index) + '\t'.repeat(length) + rest.slice(index + length)
  }
  for (const match of rest.matchAll(NUMBER)) {
    const phone = PHONE.test(match[0].replaceAll(/\D/g, ''))
    // nothing, but something all the same: the label in front of it is used up
    take(
      match.index,
      match[0].length,
      phone ? { shape: 'words', text: '', line } : { shape: 'number', text: match[0], line },
    )
  }
  for (const match of rest.matchAll(LABEL)) {
    take(match.index, match[0].length, { shape: 'label', label: labelOf(match.groups ?? {}), line })
  }
  for (const { index, text: date, read } of findDates(rest)) {
    // eight or six bare figures that are no date are an NPSN, a NISN, a part of a phone number
    const bare = /^\d+$/.test(date)
    if (bare && !read.ok) continue
    take(index, date.length, { shape: 'date', text: date, line })
  }
  let at = 0
  for (const word of rest.split(MARKS)) {
    const plain = word.replace(/^\s*(?:\d{1,2}[.)]\s+|[-•*]\s+)/, '').trim()
    if (plain !== '') found.push({ index: rest.indexOf(word, at), cut: { shape: 'words', text: plain, line } })
    at += word.length + 1
  }
  cuts.push(...found.toSorted((a, b) => a.index - b.index).map((piece) => piece.cut))
}

function labelOf(groups: Readonly<Record<string, string | undefined>>): Label {
  if (groups['pupil'] !== undefined) return 'name'
  return LABELS.find((_, i) => groups[`l${i}`] !== undefined)?.label ?? 'other'
}
