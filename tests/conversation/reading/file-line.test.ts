import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentKindOf, readFileLine } from '../../../src/conversation/reading/file-line.ts'
import { anyText } from '../../support/any-text.ts'

function places(text: string, count = 14): string | undefined {
  const line = readFileLine(text, count)
  return line?.kind === 'places'
    ? line.places.map((place) => `${place.document}:${place.files.join('+')}`).join(' ')
    : line?.kind
}

test.each([
  ['akta 1-2, KK 3, foto 6', 'birth_certificate:1+2 family_card:3 portrait:6'],
  ['KK 1, akta 2', 'family_card:1 birth_certificate:2'],
  ['akta 1-2, KK 3-4, KTP 5-6, foto 7', 'birth_certificate:1+2 family_card:3+4 eid_card:5+6 portrait:7'],
  ['akta 1 dan 2 kk 3', 'birth_certificate:1+2 family_card:3'],
  ['akta 1,2, kk 3, pas foto no 4', 'birth_certificate:1+2 family_card:3 portrait:4'],
  ['Akte: 1\nKartu keluarga: 2\nKTP ayah: 3\nKTP ibu: 4', 'birth_certificate:1 family_card:2 eid_card:3+4'],
  ['1 akta, 2 kk, 3 ktp-el', 'birth_certificate:1 family_card:2 eid_card:3'],
  ['yang 1 akta 2 KK', 'birth_certificate:1 family_card:2'],
  ['foto yang ke 3 bu', 'portrait:3'],
  ['surat kehilangan 1, foto 2', 'letter:1 portrait:2'],
  ['paspor 1, itap 2, kia lama 3', 'passport:1 stay_permit:2 child_card:3'],
  ['TIDAK TAHU', 'unknown'],
  ['ga tau bu', 'unknown'],
])('%j gives %j', (text, read) => {
  expect(places(text)).toBe(read)
})

test.each([
  '',
  'akta',
  'akta saja',
  'ya',
  '3',
  'kelas 4',
  'akta 1 dan budi 2',
  'KK 6311061203180012',
  'ahmad, 4A',
  'foto anak saya',
])('%j is no file line', (text) => {
  expect(readFileLine(text, 5)).toBeUndefined()
})

test('a file named twice or beyond the count is told', () => {
  expect(readFileLine('akta 1-2, kk 2', 3)).toEqual({ kind: 'wrong', twice: [2], beyond: [] })
  expect(readFileLine('akta 1, kk 9', 3)).toEqual({ kind: 'wrong', twice: [], beyond: [9] })
  expect(readFileLine('akta 1-9999', 3)).toEqual({ kind: 'wrong', twice: [], beyond: [9999] })
  expect(readFileLine('akta 0', 3)).toEqual({ kind: 'wrong', twice: [], beyond: [0] })
})

test.each([
  ['akta budi.pdf', 'birth_certificate'],
  ['scan_AKTE_budi.jpg', 'birth_certificate'],
  ['KK', 'family_card'],
  ['kartu keluarga.pdf', 'family_card'],
  ['KTP ayah', 'eid_card'],
  ['e-ktp ibu.jpg', 'eid_card'],
  ['pasfoto budi.jpg', 'portrait'],
  ['foto 3x4', 'portrait'],
  ['foto', 'portrait'],
  ['foto akta', 'birth_certificate'],
  ['surat kehilangan polisi.pdf', 'letter'],
  ['KIA rusak', 'child_card'],
  ['akta dan kk', undefined],
  ['IMG_2031.jpg', undefined],
  ['foto1.jpg', undefined],
  ['photo_2026-12-07.jpg', undefined],
  ['Budi Rekaan', undefined],
  ['', undefined],
])('the caption %j tells %s', (text, kind) => {
  expect(documentKindOf(text)).toBe(kind)
})

test('no text makes a reader throw, and a place is always one of the files', () => {
  const part = fc.constantFrom('akta', 'KK', 'ktp', 'foto', '1', '2-4', '99-1', ',', 'dan', '\n', '-', '9999999', 'x')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(part, { maxLength: 10 }).map((parts) => parts.join(' ')),
        anyText(),
      ),
      (text) => {
        documentKindOf(text)
        const line = readFileLine(text, 6)
        const numbers = line?.kind === 'places' ? line.places.flatMap((place) => place.files) : []
        expect(new Set(numbers).size).toBe(numbers.length)
        for (const number of numbers) expect(number >= 1 && number <= 6).toBe(true)
      },
    ),
  )
})
