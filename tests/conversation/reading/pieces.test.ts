import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPieces } from '../../../src/conversation/reading/pieces.ts'
import { anyText } from '../../support/any-text.ts'

const NIK = '6311060107150001'
const KK = '6311061203180012'

/** The pieces as `field=value`, in order. */
function taken(text: string, known = {}): readonly string[] {
  const read = readPieces(text, known)
  if (read.kind === 'lone') return [`${read.piece.field}=${read.piece.value}`]
  return read.kind === 'several' ? read.pieces.map(({ field, value }) => `${field}=${value}`) : []
}

describe('several answers in one message', () => {
  const all = ['name=Ahmad Fikri Contoh', `nik=${NIK}`, 'birthDate=2015-07-01', 'class=4A']
  test.each([
    `Ahmad Fikri Contoh, ${NIK}, 1 Juli 2015, 4A`,
    `Ahmad Fikri Contoh\n6311 0601 0715 0001\n01-07-2015\nkelas 4A`,
    `ahmad fikri contoh / ${NIK} / 01/07/2015 / 4a`,
    `Ahmad Fikri Contoh - ${NIK} - 1 jul 2015 - 4 A`.replace('4 A', '4A'),
    `Ahmad Fikri Contoh ${NIK} 01072015 4A`,
    `Ahmad Fikri Contoh\t${NIK}\t1-7-2015\t4A`,
    `Nama: Ahmad Fikri Contoh\nNIK : ${NIK}\nTTL : Paringin, 01-07-2015\nKelas : 4A`,
    `nama Ahmad Fikri Contoh nik ${NIK} ttl Paringin 1 juli 2015 kelas 4A`,
    `Ahmad Fikri Contoh, Paringin, 1 Juli 2015, ${NIK}, 4A`,
    `1. Ahmad Fikri Contoh; ${NIK}; lahir di Balangan 1 Juli 2015; kls 4A`,
    `NIK:\n${NIK}\nNama:\nAhmad Fikri Contoh\nTempat tanggal lahir:\nParingin, 1 Juli 2015\nKelas:\n4A`,
    `Assalamualaikum bu, mau ajukan KIA\nAhmad Fikri Contoh, ${NIK}, 1 Juli 2015, 4A\nTerima kasih`,
    `Ahmad Fikri Contoh, ${NIK}, 1 Juli 2015, 4A, hp 0812-5012-3456`,
    `No HP: 081250123456\nAhmad Fikri Contoh (4A)\n${NIK}\n1 Juli 2015`,
    `NIK ${NIK} a.n. Ahmad Fikri Contoh, 1 Juli 2015, 4A`,
    `Siswa: Ahmad Fikri Contoh\nNIK: ${NIK}\nJenis kelamin: laki-laki\n1 Juli 2015\nKelas 4A`,
    `Ahmad Fikri Contoh\tL\t0151234567\t${NIK}\tParingin\t2015-07-01\tIslam\t4A`,
    `Nama ayah: Joko Rekaan\nNIK ayah: 6311060107800001\nNama: Ahmad Fikri Contoh\nNIK: ${NIK}\n1 Juli 2015\n4A`,
  ])('are all found in %j', (text) => {
    expect(taken(text)).toEqual(all)
  })

  test('keep what is only nearly right, so that its step can say what is wrong', () => {
    expect(taken('Budi Rekaan, 631106010715001, 1/7/15, TK A')).toEqual([
      'name=Budi Rekaan',
      'nik=631106010715001',
      'birthDate=1/7/15',
      'class=TK A',
    ])
    expect(taken('Budi Rekaan, 6,31106E+15')).toEqual(['name=Budi Rekaan', 'nik=6,31106E+15'])
  })

  test.each([
    [`hilang, Budi Rekaan, ${NIK}`, ['reason=LOST', 'name=Budi Rekaan', `nik=${NIK}`]],
    [`hilang, anak WNA, Budi Rekaan, ${NIK}`, ['reason=LOST', 'citizenship=wna', 'name=Budi Rekaan', `nik=${NIK}`]],
    [`WNA ${NIK}`, ['citizenship=wna', `nik=${NIK}`]],
    [`Kewarganegaraan: Indonesia, ${NIK}`, ['citizenship=wni', `nik=${NIK}`]],
    ['alasan: rusak, Budi Rekaan, 6B', ['reason=DAMAGED', 'name=Budi Rekaan', 'class=6B']],
    [`Anak Budi; ${NIK}; 4A`, ['name=Anak Budi', `nik=${NIK}`, 'class=4A']],
    [`anak ny. siti rekaan ${NIK}`, ['name=Anak Ny. Siti Rekaan', `nik=${NIK}`]],
    [`nama anak budi rekaan, ${NIK}`, ['name=Budi Rekaan', `nik=${NIK}`]],
    [`Nurul Islam\n${NIK}`, ['name=Nurul Islam', `nik=${NIK}`]],
    [`data anak saya, ${NIK}`, [`nik=${NIK}`]],
    [`Anak, ${NIK}, agama Islam, Kristen Protestan`, [`nik=${NIK}`]],
    ['Budi Rekaan 6B', ['name=Budi Rekaan', 'class=6B']],
    ['Budi Rekaan, VII B', ['name=Budi Rekaan', 'class=VII B']],
    ['Budi Rekaan, kelas 4', ['name=Budi Rekaan', 'class=4']],
    ['Budi Rekaan, 4', []],
    [`No KK: ${KK}\nNIK: ${NIK}`, [`nik=${NIK}`, `kk=${KK}`]],
    ['nama: Oke', ['name=Oke']],
    ["Nu'man Rekaan, 5C", ["name=Nu'man Rekaan", 'class=5C']],
    [`NPSN 69900014, Budi Rekaan, ${NIK}`, ['name=Budi Rekaan', `nik=${NIK}`]],
  ])('%j holds %j', (text, pieces) => {
    expect(taken(text)).toEqual(pieces)
  })
})

test.each([
  '',
  'Budi Rekaan',
  'hilang',
  'ya',
  'pagi bu',
  'yg 3',
  '3 sdh sesuai',
  'kenapa lama sekali ya',
  'KK 1, akta 2',
  'B417-6',
])('%j is read as the answer asked', (text) => {
  expect(readPieces(text)).toEqual({ kind: 'none' })
})

test.each([
  ['4A', 'class'],
  [NIK, 'nik'],
  ['1 Juli 2015', 'birthDate'],
  [`no kk ${KK}`, 'kk'],
])('a lone %j is kept as %s where another answer was asked', (text, field) => {
  expect(readPieces(text)).toMatchObject({ kind: 'lone', piece: { field } })
})

describe('two readings are a question', () => {
  test('two numbers without a label', () => {
    expect(readPieces(`Budi Rekaan ${NIK} ${KK}`)).toMatchObject({
      kind: 'several',
      pieces: [{ field: 'name', value: 'Budi Rekaan' }],
      questions: [{ field: 'nik', why: 'two-values', readings: [{ value: NIK }, { value: KK }] }],
    })
  })
  test('two names', () => {
    expect(readPieces(`Ahmad Fikri\nSiti Aminah\nNIK ${NIK}`)).toMatchObject({
      pieces: [{ field: 'nik' }],
      questions: [{ field: 'name', readings: [{ value: 'Ahmad Fikri' }, { value: 'Siti Aminah' }] }],
    })
  })
  test('a field answered before, unless it is the same again', () => {
    expect(readPieces(`kelas 5B, nik ${NIK}`, { class: '4A', nik: NIK })).toMatchObject({
      kind: 'several',
      pieces: [],
      questions: [{ field: 'class', why: 'answered-before', readings: [{ value: '4A' }, { value: '5B' }] }],
    })
  })
  test('a label settles it', () => {
    expect(taken(`KK ${KK}\n${NIK}`)).toEqual([`nik=${NIK}`, `kk=${KK}`])
    expect(taken(`nik ${NIK}\n${KK}`)).toEqual([`nik=${NIK}`])
  })
})

test('a place right before the date falls away where the name is known', () => {
  expect(taken('Paringin, 1 Juli 2015', { name: 'Budi Rekaan' })).toEqual(['birthDate=2015-07-01'])
})

test('a remark beside a class is no second name', () => {
  expect(readPieces('dicek lagi dong, 4A', { name: 'Budi Rekaan' })).toMatchObject({
    kind: 'lone',
    piece: { value: '4A' },
  })
})

test.each([
  [`Budi Rekaan ${NIK} 1-7-2015\nSiti Rekaan 6311065402160003 14-2-2016`, 2],
  [`Budi Rekaan, ${NIK}\nSiti Rekaan, 6311065402160003`, 2],
  [`Nama: Budi Rekaan\nNIK: ${NIK}\nNama: Siti Rekaan\nNIK: 6311065402160003`, 2],
  ['1. Budi Rekaan\n2. Siti Rekaan\n3. Ali Rekaan', 3],
  ['Budi Rekaan, Paringin, 1-7-2015; Siti Rekaan, Paringin, 14-2-2016', 2],
])('%j holds several pupils and nothing is taken', (text, count) => {
  expect(readPieces(text)).toEqual({ kind: 'pupils', count })
})

describe('whatever is pasted', () => {
  const part = fc.constantFrom(
    'Budi Rekaan',
    NIK,
    '6311 0654 0216 0003',
    '1 Juli 2015',
    '01/07/15',
    '4A',
    'kelas',
    'NIK:',
    'nama',
    'ttl',
    'KK',
    ',',
    '\n',
    ' / ',
    '-',
    'Paringin',
    'hilang',
    '😀',
    'ayah:',
    '081250123456',
    '6,3E+15',
    'O',
    '12',
  )
  const pasted = fc.oneof(
    fc.array(part, { maxLength: 12 }).map((parts) => parts.join(' ')),
    anyText(120),
  )
  test('never throws, and invents no digit', () => {
    fc.assert(
      fc.property(pasted, (text) => {
        const read = readPieces(text)
        const pieces =
          read.kind === 'lone'
            ? [read.piece]
            : read.kind === 'several'
              ? [...read.pieces, ...read.questions.flatMap((q) => q.readings)]
              : []
        const typed = text.replaceAll(/\D/g, '')
        for (const { field, value } of pieces) {
          if (field === 'nik' || field === 'kk') expect(typed).toContain(value.replaceAll(/\D/g, ''))
        }
      }),
    )
  })
  test('is read the same in capitals', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join(' ')
        const fields = (read: ReturnType<typeof readPieces>) =>
          read.kind === 'several' ? read.pieces.map(({ field }) => field) : read.kind
        expect(fields(readPieces(text.toUpperCase()))).toEqual(fields(readPieces(text)))
      }),
    )
  })
  test('a text of many thousand characters costs next to nothing', () => {
    const started = performance.now()
    const units = [
      '1 ',
      'a ',
      'i',
      'nik ',
      '1-',
      NIK,
      'Budi,',
      'nama - ',
      'x',
      'akta 1 dan ',
      '1 juli ',
      '. ',
      ' ',
      '\n',
      '👍',
    ]
    for (const unit of units) readPieces(unit.repeat(6000).slice(0, 6000))
    expect(performance.now() - started).toBeLessThan(4000)
  })
})
