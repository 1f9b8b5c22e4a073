import type { Pupil } from '../../src/models/application/application.ts'
import type { Finding } from '../../src/models/application/findings.ts'

// Common given names of the country, each pupil marked as made up by the last word.
const FIRST = [
  'Muhammad Muhammad Muhammad Ahmad Ahmad Siti Siti Nur Aisyah Rizki Putri Fajar Bagas Citra Damar Eka',
  'Fitri Gita Hana Indah Joko Kirana Lestari Maya Nadia Oki Putra Rahma Salma Tono Umar Vina Wahyu Yusuf',
  'Zahra Arif Bunga Dinda Farhan Gilang Hafiz Intan Jihan Khairul Latifah Maulida Naufal Rafi Syifa',
  'Tiara',
].flatMap((line) => line.split(' '))
const MIDDLE = [
  'Fikri Hidayat Pratama Ramadhan Saputra Maharani Wulandari Lestari Kurniawan Hakim Azzahra Khairunnisa',
  'Maulana Firdaus Anggraini Permata Nugraha Setiawan Aulia Rahmah Fauzan Salsabila Rizqullah Nabila',
  'Alfarizi Humaira Syahputra Oktaviani Ardiansyah Zakiyah',
].flatMap((line) => line.split(' '))
const LAST = ['Contoh', 'Rekaan', 'Latihan', 'Percobaan', 'Karangan']
const DAY_MS = 86_400_000
/** Born from here on, one day after the other: about 6 to 14 years old in 2026. */
const BORN_FROM = Date.UTC(2012, 6, 1)
const BORN_DAYS = 2900

/** A pupil, and what a submission of theirs is remarked on. */
export type Invented = { pupil: Pupil; findings: readonly Finding[] }

/**
 * The n-th invented pupil: the same n is the same pupil, and no two have one NIK. Two of four are brother or sister on
 * one family card; of ten about two give something to look at.
 */
export function invented(n: number, areaCode: string): Invented {
  const pupil =
    n % 4 < 2 ? { ...pupilOf(n, areaCode), kk: familyCard(Math.floor(n / 4), areaCode) } : pupilOf(n, areaCode)
  if (n % 10 === 3) {
    const birthDate = new Date(Date.parse(pupil.birthDate) + DAY_MS).toISOString().slice(0, 10)
    return {
      pupil: { ...pupil, birthDate },
      findings: [{ code: 'NIK_DATE_DIFFERS', severity: 'check', field: 'birthDate' }],
    }
  }
  if (n % 20 === 7) return { pupil, findings: [{ code: 'FILES_UNSORTED', severity: 'check' }] }
  if (n % 20 === 11) return { pupil, findings: [{ code: 'EID_SINGLE', severity: 'note' }] }
  return { pupil, findings: [] }
}

function familyCard(family: number, areaCode: string): string {
  const place = String(1 + (Math.floor(family / 9999) % 80)).padStart(2, '0')
  return `${areaCode}${place}010115${String((family % 9999) + 1).padStart(4, '0')}`
}

function pupilOf(n: number, areaCode: string): Pupil {
  const born = new Date(BORN_FROM + (n % BORN_DAYS) * DAY_MS)
  const birthDate = born.toISOString().slice(0, 10)
  const [year = '', month = '', day = ''] = birthDate.split('-')
  const mixed = mix(n)
  const girl = mixed % 2 === 1
  const serial = String((Math.floor(n / BORN_DAYS) % 9999) + 1).padStart(4, '0')
  const place = `${areaCode}${String(1 + (Math.floor(n / (BORN_DAYS * 9999)) % 80)).padStart(2, '0')}`
  const nik = `${place}${String(Number(day) + (girl ? 40 : 0)).padStart(2, '0')}${month}${year.slice(2)}${serial}`
  const words = [pick(FIRST, mixed), ...(mixed % 10 < 7 ? [pick(MIDDLE, mix(mixed))] : []), pick(LAST, mix(mixed + 1))]
  return { name: words.join(' '), nik, birthDate, class: `${1 + (mixed % 6)}${'ABC'[mixed % 3]}` }
}

function pick(from: readonly string[], n: number): string {
  return from[n % from.length]!
}
/** A number that looks like chance and is always the same (Knuth's multiplicative hash, folded). */
function mix(n: number): number {
  const one = Math.imul(n + 1, 2_654_435_761) >>> 0
  return (one ^ (one >>> 15)) >>> 0
}
