import type { FindingView } from '../../contract/application.ts'
import { birthDay } from './time.ts'

type Words = { short: string; title: string; sentence?: string }

// A code that is not listed here still shows: as itself, in words.
const words: Record<string, Words> = {
  nik_birth_date: {
    short: 'Lahir beda NIK',
    title: 'Tanggal lahir beda dengan NIK',
    sentence: 'Sekolah menyatakan sudah sesuai akta dan KK. Bandingkan dengan keduanya.',
  },
  nik_sex: { short: 'Jenis kelamin beda', title: 'Jenis kelamin beda dengan NIK' },
  nik_area: {
    short: 'NIK luar daerah',
    title: 'NIK diterbitkan di daerah lain',
    sentence: 'Wajar bagi murid pindahan.',
  },
  nik_is_kk: {
    short: 'NIK mungkin No. KK',
    title: 'Yang diketik mungkin Nomor KK',
    sentence: 'Lihat baris murid pada KK.',
  },
  kk_differs: { short: 'KK beda', title: 'Nomor KK beda dengan yang diketik' },
  duplicate: { short: 'NIK ganda', title: 'Ada permohonan lain dengan NIK ini' },
  duplicate_nik: { short: 'NIK ganda', title: 'Ada permohonan lain dengan NIK ini' },
  possible_duplicate: {
    short: 'Mungkin ganda',
    title: 'Mungkin ganda',
    sentence: 'Nama dan tanggal lahir sama dengan permohonan lain.',
  },
  name_one_word: { short: 'Nama satu kata', title: 'Nama satu kata', sentence: 'Samakan dengan akta.' },
  name_punctuation: {
    short: 'Tanda pada nama',
    title: 'Nama memuat titik atau petik',
    sentence: 'Samakan dengan akta.',
  },
  name_title: { short: 'Gelar pada nama', title: 'Nama memuat gelar', sentence: 'Samakan dengan akta.' },
  unsorted: { short: 'Belum dipilah', title: 'Berkas belum dipilah', sentence: 'Sekolah meminta petugas memilahnya.' },
  unsorted_files: {
    short: 'Belum dipilah',
    title: 'Berkas belum dipilah',
    sentence: 'Sekolah meminta petugas memilahnya.',
  },
  one_guardian: {
    short: 'Satu KTP-el',
    title: 'Satu KTP-el orang tua',
    sentence: 'Menurut sekolah walinya satu, atau keduanya dalam satu foto.',
  },
  no_portrait: { short: 'Tanpa foto', title: 'Kartu tanpa pas foto', sentence: 'Usia di bawah 5 tahun.' },
  portrait_blurred: { short: 'Foto buram', title: 'Pas foto buram' },
  portrait_background: { short: 'Latar foto', title: 'Latar pas foto tidak sesuai' },
}

const key = (code: string) => code.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
const spoken = (code: string) => {
  const text = key(code).replaceAll('_', ' ').trim()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Two or three words for a badge in the list. */
export const findingShort = (finding: Pick<FindingView, 'code'>): string =>
  words[key(finding.code)]?.short ?? spoken(finding.code)

/** The heading and the sentence of a finding in the case. */
export function findingWords(finding: FindingView): { title: string; sentence: string | undefined } {
  const known = words[key(finding.code)]
  return { title: known?.title ?? spoken(finding.code), sentence: known?.sentence }
}

const details: Record<string, string> = {
  typed: 'Diketik',
  nik: 'Menurut NIK',
  nikDate: 'Menurut NIK',
  fromNik: 'Menurut NIK',
  birthDate: 'Diketik',
  read: 'Terbaca',
  kk: 'Pada KK',
  ticket: 'Nomor',
  school: 'Sekolah',
  stage: 'Tahap',
  count: 'Jumlah',
  name: 'Nama',
}

/** The evidence of a finding as lines; dates are written out. */
export const findingEvidence = (finding: FindingView): readonly { label: string; value: string }[] =>
  Object.entries(finding.detail ?? {}).map(([name, value]) => ({
    label: details[name] ?? spoken(name.replaceAll(/([A-Z])/g, ' $1')),
    value: /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? birthDay(String(value)) : String(value),
  }))
