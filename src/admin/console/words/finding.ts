import type { FindingView, PupilView } from '../../contract/application.ts'
import { mediaDetails, mediaFindingWords, mediaValues } from './finding-media.ts'
import { measureWords } from './finding-measure.ts'
import { birthDay } from './time.ts'

type Words = { short: string; title: string; sentence: string }

// A code that is not listed here still shows: as itself, in words.
const words: Record<string, Words> = {
  ...mediaFindingWords,
  NIK_DATE_DIFFERS: {
    short: 'Lahir beda NIK',
    title: 'Tanggal lahir beda dengan NIK',
    sentence: 'Sekolah menyatakan sudah sesuai akta dan KK. Bandingkan dengan keduanya.',
  },
  NIK_AREA_OTHER: {
    short: 'NIK luar daerah',
    title: 'NIK diterbitkan di daerah lain',
    sentence: 'Wajar bagi murid yang pindah. Periksa alamat pada KK.',
  },
  NIK_ELSEWHERE: {
    short: 'NIK ganda',
    title: 'NIK ini juga diajukan sekolah lain',
    sentence: 'Cari permohonan yang lain sebelum menyetujui. Jangan beri tahu sekolah mana.',
  },
  NAME_ONE_WORD: { short: 'Nama satu kata', title: 'Nama satu kata', sentence: 'Samakan dengan akta.' },
  NAME_APOSTROPHE: { short: 'Petik pada nama', title: 'Nama memuat tanda petik', sentence: 'Samakan dengan akta.' },
  NAME_DOT: {
    short: 'Titik pada nama',
    title: 'Nama memuat titik',
    sentence: 'Mungkin disingkat. Samakan dengan akta.',
  },
  NAME_TITLE: { short: 'Gelar pada nama', title: 'Nama memuat gelar', sentence: 'Samakan dengan akta.' },
  CONSENT_SCHOOL_ONLY: {
    short: 'Izin lewat sekolah',
    title: 'Persetujuan hanya dari sekolah',
    sentence: 'Sekolah menyatakan orang tua/wali setuju. Persetujuan orang tua/wali sendiri belum ada.',
  },
  FILES_UNSORTED: {
    short: 'Belum dipilah',
    title: 'Berkas belum dipilah',
    sentence: 'Sekolah meminta petugas memilih mana akta, KK, KTP-el dan foto.',
  },
  EID_SINGLE: {
    short: 'Satu KTP-el',
    title: 'Satu KTP-el orang tua',
    sentence: 'Menurut sekolah walinya satu, atau keduanya dalam satu foto.',
  },
  PORTRAIT_SKIPPED: {
    short: 'Tanpa foto',
    title: 'Pas foto belum dikirim',
    sentence: 'Murid segera berusia 5 tahun. Tanpa foto, kartunya berlaku sampai usia itu.',
  },
}

const spoken = (code: string) => {
  const text = code.toLowerCase().replaceAll('_', ' ').trim()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Two or three words for a badge in the list. */
export const findingShort = (finding: Pick<FindingView, 'code'>): string =>
  words[finding.code]?.short ?? spoken(finding.code)

/** The heading and the sentence of a finding in the case. */
export function findingWords(finding: Pick<FindingView, 'code'>): { title: string; sentence: string | undefined } {
  const known = words[finding.code]
  return { title: known?.title ?? spoken(finding.code), sentence: known?.sentence }
}

const details: Record<string, string> = { ...mediaDetails, area: 'Wilayah pada NIK' }

/** The birth date inside a NIK (digits 7 to 12, women 40 days later), as `2015-07-14`; of children, so after 2000. */
function dateInNik(nik: string): string | undefined {
  const [, day, month, year] = /^\d{6}(\d\d)(\d\d)(\d\d)\d{4}$/.exec(nik) ?? []
  if (day === undefined || month === undefined || year === undefined) return undefined
  return `20${year}-${month}-${String(Number(day) % 40).padStart(2, '0')}`
}

function spokenValue(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString('id-ID', { maximumFractionDigits: 3 })
  return wordOf(String(value))
}
function wordOf(value: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(value) ? birthDay(value) : (mediaValues[value] ?? value)
}

/** The evidence of a finding as lines: what it holds itself, and what stands against each other in the pupil's data. */
export function findingEvidence(
  finding: FindingView,
  pupil: PupilView | null,
): readonly { label: string; value: string }[] {
  const measured = measureWords(finding.code, finding.detail)
  const named = Object.entries(finding.detail ?? {})
    .filter(([name]) => !measured || (name !== 'value' && name !== 'limit'))
    .map(([name, value]) => ({
      label: details[name] ?? spoken(name.replaceAll(/([A-Z])/g, ' $1')),
      value: spokenValue(value),
    }))
  const own = measured ? [...named, measured] : named
  const inNik = pupil && finding.code === 'NIK_DATE_DIFFERS' ? dateInNik(pupil.nik) : undefined
  if (!pupil || inNik === undefined) return own
  return [
    { label: 'Diketik', value: birthDay(pupil.birthDate) },
    { label: 'Menurut NIK', value: birthDay(inNik) },
    ...own,
  ]
}
