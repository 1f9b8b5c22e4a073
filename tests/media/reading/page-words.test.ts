import { describe, expect, test } from 'vitest'
import { pageWords } from '../../../src/media/reading/page-words.ts'
import type { ReadValue } from '../../../src/models/file/look.ts'
import { digitalLines, lineAt, tableOf } from './page.ts'

const plain = (values: readonly ReadValue[]): string[] =>
  values.map(({ field, value, row }) => `${row ?? '-'} ${field} ${value}`)

const COLUMNS = [0.02, 0.05, 0.3, 0.5, 0.65]
const FAMILY = [
  ['1', 'CONTOH BAPAK REKAAN', '6311061204850001', 'PARINGIN', '12-04-1985'],
  ['2', 'CONTOH IBU REKAAN', '6311066309880002', 'PARINGIN', '23-09-1988'],
  ['3', "NUR'AINI CONTOH", '6311064107150003', 'BALANGAN', '01-07-2015'],
]

describe('a family card', () => {
  const lines = [
    lineAt('KARTU KELUARGA', 0.4, 0.05),
    lineAt('No. 6311062008150001', 0.4, 0.1),
    lineAt('Nama Kepala Keluarga : CONTOH BAPAK REKAAN', 0.02, 0.15),
    ...tableOf([['No', 'Nama Lengkap', 'NIK', 'Tempat Lahir', 'Tanggal Lahir'], ...FAMILY], COLUMNS, 0.3),
  ]

  test('gives its own number and a row for each member', () => {
    const { kind, values } = pageWords(lines, false)
    expect(kind?.kind).toBe('family_card')
    expect(plain(values)).toEqual([
      '- kk 6311062008150001',
      '0 nik 6311061204850001',
      '0 name CONTOH BAPAK REKAAN',
      '0 birthDate 1985-04-12',
      '1 nik 6311066309880002',
      '1 name CONTOH IBU REKAAN',
      '1 birthDate 1988-09-23',
      '2 nik 6311064107150003',
      "2 name NUR'AINI CONTOH",
      '2 birthDate 2015-07-01',
    ])
  })

  test('keeps a member whose number could not be read by the name', () => {
    const smudged = lines.map((line) => (line.text === '6311064107150003' ? { ...line, text: '63110641071500' } : line))
    expect(plain(pageWords(smudged, false).values).slice(-2)).toEqual([
      "2 name NUR'AINI CONTOH",
      '2 birthDate 2015-07-01',
    ])
  })

  test('is read in the text of a PDF as well, cell by cell or row by row', () => {
    const rows = digitalLines(`KARTU KELUARGA
      No. 6311062008150001
      No Nama Lengkap NIK Jenis Kelamin Tempat Lahir Tanggal Lahir
      1 CONTOH BAPAK REKAAN 6311061204850001 LAKI-LAKI PARINGIN 12-04-1985
      2 NUR'AINI CONTOH 6311064107150003 PEREMPUAN BALANGAN 01-07-2015`)
    const cells = digitalLines(`KARTU KELUARGA
      No. 6311062008150001
      CONTOH BAPAK REKAAN
      6311061204850001
      LAKI-LAKI
      12-04-1985
      NUR'AINI CONTOH
      6311064107150003
      PEREMPUAN
      01-07-2015`)
    const expected = [
      '- kk 6311062008150001',
      '0 nik 6311061204850001',
      '0 name CONTOH BAPAK REKAAN',
      '0 birthDate 1985-04-12',
      '1 nik 6311064107150003',
      "1 name NUR'AINI CONTOH",
      '1 birthDate 2015-07-01',
    ]
    expect(plain(pageWords(rows, true).values)).toEqual(expected)
    expect(plain(pageWords(cells, true).values)).toEqual(expected)
  })
})

describe('a birth certificate', () => {
  test('gives number, NIK, name and a date in figures', () => {
    const { kind, values } = pageWords(
      digitalLines(`NIK : 6311064107150003
        REPUBLIK INDONESIA
        PENCATATAN SIPIL
        KUTIPAN AKTA KELAHIRAN
        Berdasarkan Akta Kelahiran Nomor 6311-LT-01022021-0003
        bahwa di BALANGAN pada tanggal 1 Juli 2015
        telah lahir :
        NUR'AINI CONTOH
        anak ke satu perempuan
        Kutipan ini dikeluarkan di Balangan
        pada tanggal 4 Maret 2021`),
      true,
    )
    expect(kind?.kind).toBe('birth_certificate')
    expect(plain(values)).toEqual([
      '- akta 6311-LT-01022021-0003',
      '0 nik 6311064107150003',
      "0 name NUR'AINI CONTOH",
      '0 birthDate 2015-07-01',
    ])
  })

  test('gives a date in words, over two lines and without the blanks that readers lose', () => {
    const { values } = pageWords(
      digitalLines(`KUTIPAN AKTA KELAHIRAN
        Nomor : 6311-LU-01022021-0003
        bahwa di BARABAI padatanggalDUAPULUHSATU
        bulanNOVEMBERtahunDUARIBULIMABELAS
        telah lahir seorang anak bernama :
        CONTOHWATI
        anak ke SATU, PEREMPUAN, dari suami istri`),
      true,
    )
    expect(plain(values)).toEqual(['- akta 6311-LU-01022021-0003', '0 name CONTOHWATI', '0 birthDate 2015-11-21'])
  })

  test('never takes the date of issue for that of birth', () => {
    const { values } = pageWords(
      digitalLines(`KUTIPAN AKTA KELAHIRAN
        telah lahir :
        CONTOHWATI
        Kutipan ini dikeluarkan di Balangan
        pada tanggal 4 Maret 2021`),
      true,
    )
    expect(plain(values)).toEqual(['0 name CONTOHWATI'])
  })
})

describe('identity cards', () => {
  const card = (x: number, y: number, nik: string, name: string, birth: string) => [
    lineAt('PROVINSI KALIMANTAN SELATAN', x, y),
    lineAt('NIK', x, y + 0.05),
    lineAt(`: ${nik}`, x + 0.1, y + 0.05),
    lineAt('Nama', x, y + 0.09),
    lineAt(`: ${name}`, x + 0.1, y + 0.09),
    lineAt('Tempat/Tgl Lahir', x, y + 0.13),
    lineAt(`: PARINGIN, ${birth}`, x + 0.1, y + 0.13),
    lineAt('Berlaku Hingga', x, y + 0.17),
    lineAt(': SEUMUR HIDUP', x + 0.1, y + 0.17),
  ]
  const expected = [
    '0 nik 6311061204850001',
    '0 name CONTOH BAPAK',
    '0 birthDate 1985-04-12',
    '1 nik 6311066309880002',
    '1 name CONTOH IBU',
    '1 birthDate 1988-09-23',
  ]
  const father = ['6311061204850001', 'CONTOH BAPAK', '12-04-1985'] as const
  const mother = ['6311066309880002', 'CONTOH IBU', '23-09-1988'] as const

  test('two on one picture keep apart, one above the other', () => {
    const { kind, values } = pageWords([...card(0.1, 0.1, ...father), ...card(0.1, 0.5, ...mother)], false)
    expect(kind?.kind).toBe('eid_card')
    expect(plain(values)).toEqual(expected)
  })

  test('two on one picture keep apart, side by side', () => {
    const lines = [...card(0.05, 0.1, ...father), ...card(0.55, 0.1, ...mother)].toSorted((a, b) => a.box.y - b.box.y)
    expect(plain(pageWords(lines, false).values)).toEqual(expected)
  })

  test('the number of the family on a KIA is nobody’s NIK', () => {
    const { kind, values } = pageWords(
      [
        lineAt('KARTU IDENTITAS ANAK', 0.3, 0.05),
        lineAt('NIK : 6311064107150003', 0.1, 0.2),
        lineAt('Nama', 0.1, 0.25),
        lineAt(': CONTOHWATI', 0.4, 0.25),
        lineAt('Nomor Kartu Keluarga', 0.1, 0.3),
        lineAt(': 6311062008150001', 0.4, 0.3),
        lineAt('Nama Kepala Keluarga : CONTOH BAPAK', 0.1, 0.35),
      ],
      false,
    )
    expect(kind?.kind).toBe('child_card')
    expect(plain(values)).toEqual(['0 nik 6311064107150003', '0 name CONTOHWATI', '- kk 6311062008150001'])
  })
})

test('a page without words is of no kind, one with other words is another paper', () => {
  expect(pageWords([], false).kind).toBeUndefined()
  const menu = digitalLines('Senin nasi kuning\nSelasa soto banjar\nRabu ketupat kandangan')
  expect(pageWords(menu, true).kind?.kind).toBe('other')
})

test('a letter that names a family card is a letter', () => {
  const letter = digitalLines(`DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL
    SURAT KETERANGAN PINDAH WNI
    Nomor Kartu Keluarga : 6311062008150001
    Nama Pemohon : CONTOH BAPAK`)
  expect(pageWords(letter, true)).toMatchObject({ kind: { kind: 'letter' }, values: [] })
})

test('what was guessed rather than read tells no value', () => {
  const guessed = [lineAt('KARTU IDENTITAS ANAK', 0.3, 0.05), lineAt('NIK : 6311064107150003', 0.1, 0.2, 0.4)]
  expect(pageWords(guessed, false).values).toEqual([])
})
