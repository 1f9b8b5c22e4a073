import type { Family, Person } from '../family.ts'
import type { Look, Paper } from '../paper.ts'
import { dashed, sheet, text } from '../paper.ts'
import type { Random } from '../random.ts'

type Column = { head: string; at: number; of: (person: Person, i: number) => string }

const SIZE = { width: 2970, height: 2100 }
const LARGE = { size: 34, capital: 24 }
const SMALL = { size: 27, capital: 19 }

/** A KK: one page, landscape, with as many empty rows as the printed form has. */
export function familyCard(random: Random, look: Look, family: Family): Paper {
  const people = [family.father, family.mother, ...family.children]
  const print = random.chance(0.5) ? LARGE : SMALL
  const body = [
    text(look, 'KARTU KELUARGA', SIZE.width / 2, 170, { size: 92, bold: true, middle: true }),
    text(look, `${random.pick(['No. ', 'No : ', 'NO. ', 'No.'] as const)}${family.kk}`, SIZE.width / 2, 262, {
      size: random.whole(44, 66),
      bold: look.bold,
      middle: true,
    }),
    heading(random, look, family),
    table(look, print.size, people, SIZE, random.chance(0.5) ? MODERN : CLASSIC),
    relations(look, print.size, family, people),
    foot(look, family),
  ]
  return {
    kind: 'family_card',
    svg: sheet(look, SIZE, body.join('')),
    ...SIZE,
    capital: print.capital,
    values: [
      { field: 'kk', value: family.kk },
      ...people.flatMap((person, row) => [
        { field: 'nik' as const, value: person.nik, row },
        { field: 'name' as const, value: person.name, row },
        { field: 'birthDate' as const, value: person.birthDate, row },
      ]),
    ],
  }
}

const sex = (person: Person): string => (person.female ? 'PEREMPUAN' : 'LAKI-LAKI')
const MODERN: readonly Column[] = [
  { head: 'No', at: 70, of: (_, i) => String(i + 1) },
  { head: 'Nama Lengkap', at: 140, of: (person) => person.name },
  { head: 'NIK', at: 830, of: (person) => person.nik },
  { head: 'Jenis Kelamin', at: 1230, of: sex },
  { head: 'Tempat Lahir', at: 1500, of: (person) => person.birthPlace },
  { head: 'Tanggal Lahir', at: 1800, of: (person) => dashed(person.birthDate) },
  { head: 'Agama', at: 2060, of: () => 'ISLAM' },
  { head: 'Pendidikan', at: 2230, of: (person) => (person.role === 'ANAK' ? 'BELUM TAMAT SD' : 'SLTA/SEDERAJAT') },
  { head: 'Gol. Darah', at: 2660, of: () => 'TIDAK TAHU' },
]
const CLASSIC: readonly Column[] = [
  { head: 'No', at: 60, of: (_, i) => String(i + 1) },
  { head: 'Nama Lengkap', at: 130, of: (person) => person.name },
  { head: 'NIK / NIKS', at: 900, of: (person) => person.nik },
  { head: 'Jenis Kelamin', at: 1300, of: sex },
  { head: 'Tempat Lahir', at: 1560, of: (person) => person.birthPlace },
  { head: 'Tgl. Lahir', at: 1870, of: (person) => dashed(person.birthDate).replaceAll('-', '/') },
  { head: 'Agama', at: 2140, of: () => 'ISLAM' },
  { head: 'Pekerjaan', at: 2330, of: (person) => (person.role === 'ANAK' ? 'PELAJAR/MAHASISWA' : 'PETANI/PEKEBUN') },
]

function heading(random: Random, look: Look, family: Family): string {
  const style = { size: 36 }
  const left = [
    ['Nama Kepala Keluarga', family.father.name],
    ['Alamat', 'JL. CONTOH REKAAN NO. 14'],
    ['RT/RW', '002/001'],
    ['Kode Pos', '71611'],
  ] as const
  const right = [
    ['Desa/Kelurahan', random.pick(['REKA MAJU', 'CONTOH HULU'] as const)],
    ['Kecamatan', 'PARINGIN'],
    ['Kabupaten/Kota', 'BALANGAN'],
    ['Provinsi', 'KALIMANTAN SELATAN'],
  ] as const
  const rows = (list: readonly (readonly [string, string])[], x: number): string =>
    list
      .map(([label, value], i) => {
        const y = 360 + i * 50
        return text(look, label, x, y, style) + text(look, `: ${value}`, x + 420, y, style)
      })
      .join('')
  return rows(left, 70) + rows(right, 1750)
}

function table(
  look: Look,
  size: number,
  people: readonly Person[],
  sheetSize: { width: number },
  columns: readonly Column[],
): string {
  const row = 62
  const top = 600
  const rules = Array.from({ length: 12 }, (_, i) => {
    const y = top + i * row - 42
    return `<path d="M50 ${y}H${sheetSize.width - 50}" stroke="#666" stroke-width="2"/>`
  })
  const uprights = columns.map(
    (column) => `<path d="M${column.at - 14} ${top - 42}V${top + 11 * row - 42}" stroke="#666" stroke-width="2"/>`,
  )
  const heads = columns.map((column) => text(look, column.head, column.at, top, { size: size - 3, bold: true }))
  const cells = people.flatMap((person, i) =>
    columns.map((column) =>
      text(look, column.of(person, i), column.at, top + (i + 1) * row, { size, bold: look.bold }),
    ),
  )
  return [...rules, ...uprights, ...heads, ...cells].join('')
}

function relations(look: Look, size: number, family: Family, people: readonly Person[]): string {
  const top = 1360
  const at = [60, 140, 560, 1010, 1500, 2130]
  const heads = ['No', 'Status Perkawinan', 'Status Hubungan', 'Kewarganegaraan', 'Nama Ayah', 'Nama Ibu']
  const line = (cells: readonly string[], y: number, bold: boolean): string =>
    cells.map((cell, i) => text(look, cell, at[i] ?? 0, y, { size: size - 2, bold })).join('')
  const rows = people.map((person, i) => {
    const child = person.role === 'ANAK'
    const parents = child ? [family.father.name, family.mother.name] : ['SAMSUL REKAAN', 'ROHANI REKAAN']
    return line(
      [String(i + 1), child ? 'BELUM KAWIN' : 'KAWIN', person.role, 'WNI', ...parents],
      top + (i + 1) * 50,
      false,
    )
  })
  return line(heads, top, true) + rows.join('')
}

function foot(look: Look, family: Family): string {
  const style = { size: 32 }
  return [
    text(look, 'Dikeluarkan Tanggal : 12-03-2021', 70, 1830, style),
    text(look, 'KEPALA KELUARGA', 1100, 1830, style),
    text(look, family.father.name, 1100, 2020, style),
    text(look, 'KEPALA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL', 1900, 1830, style),
    text(look, 'PEJABAT CONTOH REKAAN', 2050, 2020, style),
  ].join('')
}
