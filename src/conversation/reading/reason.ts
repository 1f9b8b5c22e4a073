import type { ApplicationReason, Citizenship } from '../../models/application/application.ts'
import { wordsOf } from './vocabulary.ts'

const SPOKEN: readonly { reason: ApplicationReason; pattern: RegExp }[] = [
  {
    reason: 'EXPIRED_AT_5',
    pattern:
      /\b(?:habis masa(?: berlaku)?|masa berlaku(?:nya)?(?: sudah| sdh)? habis|kada?luarsa|kedaluwarsa|kadaluwarsa|perpanjang(?:an)?|habis)\b/,
  },
  { reason: 'LOST', pattern: /\b(?:hilang|kehilangan|hlg|ilang)\b/ },
  { reason: 'DAMAGED', pattern: /\b(?:rusak|patah|sobek|robek|rsk)\b/ },
  { reason: 'MOVED_IN', pattern: /\b(?:pindah(?:an)?(?: datang| masuk)?|mutasi masuk)\b/ },
  { reason: 'DATA_CHANGE', pattern: /\b(?:(?:perubahan|ubah|ganti|perbaikan) data|data(?:nya)? berubah|salah data)\b/ },
  { reason: 'NEW', pattern: /\b(?:baru|bikin baru|buat baru|pertama kali|belum (?:punya|pernah|ada))\b/ },
]
const STATUS: readonly { citizenship: Citizenship; pattern: RegExp }[] = [
  { citizenship: 'wna', pattern: /\b(?:wna|(?:warga negara|orang) asing)\b/ },
  { citizenship: 'wni', pattern: /\b(?:wni|indonesia)\b/ },
]
const AROUND =
  /^(?:kia|kartu|kartunya|kianya|nya|anak|murid|siswa|karena|krn|alasan|alasannya|sudah|sdh|yg|yang|lama|buat|bikin|untuk|datang|masuk|dari|luar|negeri|daerah|lain|negara|berlaku|masa)$/
const MOST_WORDS = 5

/** The reason that a teacher's words name ("hilang", "kartunya rusak", "pindah datang"); two or none: undefined. */
export function readReason(text: string): ApplicationReason | undefined {
  const words = wordsOf(text)
  if (words.length === 0 || words.length > MOST_WORDS) return undefined
  const said = words.join(' ')
  const hits = SPOKEN.filter(({ pattern }) => pattern.test(said))
  return hits.length === 1 ? hits[0]?.reason : undefined
}

/** The status that a teacher's words name, alone or beside a reason ("anak WNA", "hilang, warga negara asing"). */
export function readCitizenship(text: string): Citizenship | undefined {
  const said = wordsOf(text).join(' ')
  return STATUS.find(({ pattern }) => pattern.test(said))?.citizenship
}

/** True where the text is a reason, a status or both and nothing else, so that a pasted piece is not half a sentence. */
export function isReasonAlone(text: string): boolean {
  const said = wordsOf(text).join(' ')
  const hit = SPOKEN.find(({ pattern }) => pattern.test(said))
  const status = STATUS.find(({ pattern }) => pattern.test(said))
  if (hit ? readReason(text) === undefined : !status) return false
  return said
    .replace(hit?.pattern ?? '', ' ')
    .replace(status?.pattern ?? '', ' ')
    .split(' ')
    .every((word) => word === '' || AROUND.test(word))
}
