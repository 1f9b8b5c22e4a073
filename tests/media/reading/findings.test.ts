import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readingFindings } from '../../../src/media/reading/findings.ts'
import { offered } from '../../../src/media/reading/offered.ts'
import type { Look, PageLook, ReadValue } from '../../../src/models/file/look.ts'
import { pageLook } from './page.ts'

const PUPIL = { name: 'Ahmad Fikri Contoh', nik: '6311060107150001', birthDate: '2015-07-01', kk: '6311062008150001' }
const SISTER = { name: 'SITI CONTOH', nik: '6311065402160003', birthDate: '2016-02-14' }

const lookOf = (...pages: PageLook[]) =>
  ({ opened: true, total: pages.length, pages, pictureHash: '0'.repeat(16), missing: [] }) satisfies Look

const rowOf = (row: number, person: { name: string; nik: string; birthDate: string }): Partial<ReadValue>[] => [
  { field: 'nik', value: person.nik, row },
  { field: 'name', value: person.name, row },
  { field: 'birthDate', value: person.birthDate, row },
]
const familyCard = (...people: { name: string; nik: string; birthDate: string }[]) =>
  pageLook('family_card', [{ field: 'kk', value: PUPIL.kk }, ...people.flatMap((person, row) => rowOf(row, person))])
const printed = { ...PUPIL, name: 'AHMADFIKRICONTOH' }
const codes = (look: Look & { opened: true }, typed = PUPIL) => readingFindings(look, typed).map(({ code }) => code)

const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 16, maxLength: 16 })
const nik = fc
  .tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9999 }))
  .map(([day, month, serial]) => `631106${pad(day, 2)}${pad(month, 2)}15${pad(serial, 4)}`)
const pad = (number: number, length: number) => String(number).padStart(length, '0')

describe('a family card', () => {
  test('that says what was typed gives no finding, lost blanks or not', () => {
    expect(codes(lookOf(familyCard(SISTER, printed)))).toEqual([])
  })

  test('names both numbers where the pupil’s row, found by name, has another NIK', () => {
    const look = lookOf(familyCard(SISTER, { ...printed, nik: '6311060107150010' }))
    expect(readingFindings(look, PUPIL)).toEqual([
      {
        code: 'NIK_READ_DIFFERS',
        severity: 'check',
        field: 'nik',
        detail: { read: '6311060107150010', typed: PUPIL.nik, page: 1 },
      },
    ])
  })

  test('finds the pupil by NIK where the name is another', () => {
    const look = lookOf(familyCard(SISTER, { ...printed, name: 'ZAINAL REKAAN' }))
    expect(codes(look)).toEqual(['NAME_READ_DIFFERS'])
  })

  test('of two children with one name takes the one with the nearer number', () => {
    const twin = { ...printed, nik: '6308050209180004' }
    expect(codes(lookOf(familyCard(twin, printed)))).toEqual([])
    expect(codes(lookOf(familyCard(twin, { ...printed, nik: '6311060107150002' })))).toEqual(['NIK_READ_DIFFERS'])
  })

  test('without the pupil says so, but not where a row could not be read', () => {
    expect(codes(lookOf(familyCard(SISTER)))).toEqual(['PUPIL_NOT_ON_KK'])
    const torn = pageLook('family_card', [...rowOf(0, SISTER), { field: 'name', value: 'REKAAN', row: 1 }])
    expect(codes(lookOf(torn))).toEqual([])
  })

  test('with another number than the typed one says so', () => {
    expect(codes(lookOf(familyCard(printed)), { ...PUPIL, kk: '6311062008150009' })).toEqual(['KK_READ_DIFFERS'])
  })

  test('on which the pupil’s number stands as typed needs no sharper picture', () => {
    const dim = { sharpness: 0.01, lineHeight: 4, legible: false }
    expect(codes(lookOf({ ...familyCard(printed), legibility: dim }))).toEqual([])
    expect(codes(lookOf({ ...familyCard(SISTER), legibility: dim }))).toEqual(['PAGE_SMALL'])
  })

  test('that nobody can read says nothing against what was typed', () => {
    const other = familyCard({ ...printed, nik: '6311060107150010' })
    const dim = { sharpness: 0.01, lineHeight: 30, legible: false }
    expect(codes(lookOf({ ...other, legibility: dim }))).toEqual(['PAGE_BLURRED'])
  })
})

test('a certificate of the pupil is compared, an identity card of a parent is not', () => {
  const other = rowOf(0, { ...printed, birthDate: '2015-07-10' })
  expect(codes(lookOf(pageLook('birth_certificate', other)))).toEqual(['BIRTH_READ_DIFFERS'])
  expect(codes(lookOf(pageLook('eid_card', rowOf(0, SISTER))))).toEqual([])
})

test('what was read unsurely says nothing against what was typed', () => {
  const unsure = rowOf(0, { name: 'ZAINAL', nik: '6311060107150010', birthDate: '2014-01-01' }).map((value) => ({
    ...value,
    confidence: 0.6,
  }))
  expect(codes(lookOf(pageLook('birth_certificate', unsure)))).toEqual([])
})

test('what cannot be a NIK was misread, however surely', () => {
  const look = lookOf(pageLook('birth_certificate', rowOf(0, { ...printed, nik: '6311069907150001' })))
  expect(codes(look)).toEqual([])
})

test('a number that stands on no page as it was typed is never passed over where it was read surely', () => {
  fc.assert(
    fc.property(nik, nik, (read, typed) => {
      const found = codes(lookOf(familyCard(SISTER, { ...printed, nik: read })), { ...PUPIL, nik: typed })
      expect(found.includes('NIK_READ_DIFFERS')).toBe(read !== typed)
    }),
  )
})

test('whatever was read, findings quote it and what was typed, and nothing throws', () => {
  const value = fc.record({
    field: fc.constantFrom('nik' as const, 'kk' as const, 'name' as const, 'birthDate' as const, 'akta' as const),
    value: fc.oneof(
      fc.string(),
      digits.map((list) => list.join('')),
    ),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    row: fc.integer({ min: 0, max: 3 }),
  })
  const kind = fc.constantFrom('family_card' as const, 'birth_certificate' as const, 'eid_card' as const)
  fc.assert(
    fc.property(kind, fc.array(value), (of, values) => {
      const look = lookOf(pageLook(of, values))
      for (const { detail } of readingFindings(look, PUPIL)) {
        if (detail?.['read'] === undefined) continue
        expect(values.map((one) => one.value)).toContain(detail['read'])
        expect(Object.values(PUPIL)).toContain(detail['typed'])
      }
      expect(typeof offered(look)).toBe('object')
    }),
  )
})

describe('what is offered', () => {
  test('is the pupil’s name and NIK on a certificate whose birth date says the same', () => {
    const look = lookOf(pageLook('birth_certificate', rowOf(0, printed)))
    expect(offered(look)).toEqual({ name: printed.name, nik: printed.nik })
  })

  test('is no NIK that the birth date beside it speaks against, or that has none beside it', () => {
    const against = rowOf(0, { ...printed, birthDate: '2015-07-02' })
    expect(offered(lookOf(pageLook('birth_certificate', against)))).toEqual({ name: printed.name })
    const alone = rowOf(0, printed).slice(0, 2)
    expect(offered(lookOf(pageLook('birth_certificate', alone)))).toEqual({ name: printed.name })
  })

  test('is nothing from a family card, where no row is the pupil’s, nor from a parent’s card', () => {
    expect(offered(lookOf(familyCard(printed), pageLook('eid_card', rowOf(0, SISTER))))).toEqual({})
  })
})

describe('a page', () => {
  const page = (change: Partial<PageLook>): PageLook => ({ ...pageLook('eid_card', []), ...change })

  test('is worth another picture where it is too small or blurred', () => {
    const small = { lineHeight: 5, sharpness: 0.4, legible: false }
    const blurred = { lineHeight: 30, sharpness: 0.02, legible: false }
    expect(readingFindings(lookOf(page({ legibility: small })), {})).toMatchObject([
      { code: 'PAGE_SMALL', severity: 'heavy', detail: { page: 1, value: 5 } },
    ])
    expect(readingFindings(lookOf(page({ legibility: blurred })), {})).toMatchObject([
      { code: 'PAGE_BLURRED', severity: 'heavy' },
    ])
  })

  test('whose text came with the file can always be read', () => {
    const legibility = { lineHeight: 0, sharpness: 0, legible: false }
    expect(readingFindings(lookOf(page({ text: 'digital', legibility })), {})).toEqual([])
  })

  test('whose lines end at the edge of the picture is cut, but not at the edge of a sheet within it', () => {
    const lines = [0.2, 0.3].map((y) => ({ text: 'x', confidence: 1, box: { x: 0, y, width: 0.3, height: 0.02 } }))
    expect(readingFindings(lookOf(page({ lines })), {})).toMatchObject([{ code: 'PAGE_CUT', severity: 'check' }])
    const paper = { x: 0.2, y: 0.1, width: 0.6, height: 0.8 }
    expect(readingFindings(lookOf(page({ lines, paper })), {})).toEqual([])
  })
})
