import { formatDate } from '../../../../src/models/identity/date.ts'
import type { Family, Person } from '../family.ts'
import type { Look, Paper } from '../paper.ts'
import { sheet, text } from '../paper.ts'
import type { Random } from '../random.ts'

const SIZE = { width: 2100, height: 2970 }
const ONES = ['', 'SATU', 'DUA', 'TIGA', 'EMPAT', 'LIMA', 'ENAM', 'TUJUH', 'DELAPAN', 'SEMBILAN'] as const

/** An extract of a birth certificate (kutipan akta kelahiran), in the words of either of two prints. */
export function birthCertificate(random: Random, look: Look, family: Family): Paper {
  const [pupil] = family.children
  if (pupil === undefined) throw new RangeError('a family without children has no pupil')
  const size = random.pick([42, 50] as const)
  const withNik = random.chance(0.7)
  const bilingual = random.chance(0.4)
  const print = random.chance(0.5) ? classic : modern
  const middle = SIZE.width / 2
  const body = [
    text(look, 'REPUBLIK INDONESIA', middle, 260, { size: 58, bold: true, middle: true }),
    text(look, 'PENCATATAN SIPIL', middle, 345, { size: 64, bold: true, middle: true }),
    text(look, 'WARGA NEGARA INDONESIA', middle, 425, { size: 52, middle: true }),
    bilingual ? text(look, 'REGISTRY OFFICE', middle, 475, { size: 34, italic: true, middle: true }) : '',
    text(look, 'KUTIPAN AKTA KELAHIRAN', middle, 590, { size: 78, bold: true, middle: true }),
    bilingual ? text(look, 'EXCERPT OF BIRTH CERTIFICATE', middle, 640, { size: 34, italic: true, middle: true }) : '',
    withNik
      ? text(look, `${random.pick(['NIK : ', 'Nomor Induk Kependudukan : '] as const)}${pupil.nik}`, 130, 130, {
          size: 40,
        })
      : '',
    ...print(random, family, pupil).map((line, i) =>
      text(look, line.value, line.middle ? middle : 180, 800 + i * 92, {
        size: line.middle ? 66 : size,
        bold: line.middle || look.bold,
        middle: line.middle,
      }),
    ),
    text(look, 'Kutipan ini dikeluarkan di Balangan', 1050, 2240, { size: 40 }),
    text(look, 'pada tanggal 4 Maret 2021', 1050, 2300, { size: 40 }),
    text(look, 'Kepala Dinas Kependudukan dan Pencatatan Sipil', 1000, 2390, { size: 40 }),
    text(look, 'PEJABAT CONTOH REKAAN', 1100, 2700, { size: 42, bold: true }),
    text(look, `AL. 631.${random.whole(1_000_000, 9_999_999)}`, 180, 2860, { size: 38 }),
  ]
  return {
    kind: 'birth_certificate',
    svg: sheet(look, SIZE, body.join('')),
    ...SIZE,
    capital: Math.round(size * 0.7),
    values: [
      { field: 'akta', value: family.akta },
      { field: 'name', value: pupil.name, row: 0 },
      { field: 'birthDate', value: pupil.birthDate, row: 0 },
      ...(withNik ? [{ field: 'nik' as const, value: pupil.nik, row: 0 }] : []),
    ],
  }
}

type Line = { value: string; middle: boolean }
const plain = (value: string): Line => ({ value, middle: false })

function modern(random: Random, family: Family, pupil: Person): Line[] {
  return [
    plain(`Berdasarkan Akta Kelahiran Nomor ${family.akta}`),
    plain(`bahwa di ${pupil.birthPlace} pada tanggal ${formatDate(pupil.birthDate)}`),
    plain(`${random.pick(['', 'bertepatan '] as const)}telah lahir :`),
    { value: pupil.name, middle: true },
    plain(`anak ke ${random.pick(['satu', 'dua', 'tiga'] as const)} ${pupil.female ? 'perempuan' : 'laki-laki'}`),
    plain(`dari ayah ${family.father.name}`),
    plain(`dan ibu ${family.mother.name}`),
  ]
}

function classic(_random: Random, family: Family, pupil: Person): Line[] {
  const [year = '', , day = ''] = pupil.birthDate.split('-')
  const month = formatDate(pupil.birthDate).split(' ')[1]?.toUpperCase()
  return [
    plain(`Nomor : ${family.akta}`),
    plain('Berdasarkan Akta Kelahiran menurut Stbld tersebut di atas,'),
    plain(`bahwa di ${pupil.birthPlace} pada tanggal ${spoken(Number(day))}`),
    plain(`bulan ${month} tahun ${spoken(Number(year))}`),
    plain('telah lahir seorang anak bernama :'),
    { value: pupil.name, middle: true },
    plain(`anak ke SATU, ${pupil.female ? 'PEREMPUAN' : 'LAKI-LAKI'}, dari suami istri`),
    plain(`${family.father.name} dan ${family.mother.name}`),
  ]
}

/** A whole number up to 2999 in words: 2015 → DUA RIBU LIMA BELAS. */
export function spoken(number: number): string {
  if (number >= 2000) return `DUA RIBU ${spoken(number - 2000)}`.trim()
  if (number >= 1000) return `SERIBU ${spoken(number - 1000)}`.trim()
  if (number >= 200) return `${ONES[Math.floor(number / 100)]} RATUS ${spoken(number % 100)}`.trim()
  if (number >= 100) return `SERATUS ${spoken(number - 100)}`.trim()
  if (number >= 20) return `${ONES[Math.floor(number / 10)]} PULUH ${spoken(number % 10)}`.trim()
  if (number === 10) return 'SEPULUH'
  if (number === 11) return 'SEBELAS'
  if (number > 11) return `${ONES[number - 10]} BELAS`
  return ONES[number] ?? ''
}
