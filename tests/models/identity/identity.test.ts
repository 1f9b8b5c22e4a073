import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  maskNik,
  mayBeFamilyCardNumber,
  nikAgreesWith,
  parseFamilyCardNumber,
  parseNik,
  plausibleBirthDate,
} from '../../../src/models/identity/identity.ts'
import { anyText } from '../../support/any-text.ts'

const TODAY = '2026-12-07'

describe('a NIK', () => {
  test.each([
    ['6311060107150001', '6311060107150001'],
    ['6311 0601 0715 0001', '6311060107150001'],
    ['NIK: 6311.0601.0715.0001', '6311060107150001'],
    ["'6311060107150001", '6311060107150001'],
    ['nik nya 6311-06-010715-0001 ya bu', '6311060107150001'],
  ])('is read from %j', (typed, nik) => {
    expect(parseNik(typed)).toMatchObject({ ok: true, value: { nik, area: '631106', sex: 'male' } })
  })

  test('of a girl carries forty more in its day', () => {
    expect(parseNik('6311064107150002')).toMatchObject({
      ok: true,
      value: { sex: 'female', birthDates: ['1915-07-01', '2015-07-01'] },
    })
  })

  test.each([
    ['', { kind: 'length', digits: 0 }],
    ['Ahmad Fikri', { kind: 'length', digits: 0 }],
    ['631106010715001', { kind: 'length', digits: 15 }],
    ['63110601071500011', { kind: 'length', digits: 17 }],
    ['631106O107150001', { kind: 'length', digits: 15 }],
    ['6311060107150O001', { kind: 'length', digits: 13 }],
    ['6311063207150001', { kind: 'not-a-date' }],
    ['6311067207150001', { kind: 'not-a-date' }],
    ['6311060007150001', { kind: 'not-a-date' }],
    ['6311060113150001', { kind: 'not-a-date' }],
    ['6311060107150000', { kind: 'serial-zero' }],
    ['6.31106E+15', { kind: 'excel' }],
    ['6,3E+15', { kind: 'excel' }],
    ['6,31106e15', { kind: 'excel' }],
  ])('%j is refused', (typed, problem) => {
    expect(parseNik(typed)).toEqual({ ok: false, problem })
  })

  test('with a day that its month lacks is a finding for staff, not an error', () => {
    expect(parseNik('6311063002150001')).toMatchObject({ ok: true, value: { birthDates: [] } })
    expect(plausibleBirthDate('6311063002150001', TODAY)).toBeUndefined()
  })

  test.each([
    ['6311060107150001', '2015-07-01'],
    ['6311060812090001', '2009-12-08'],
    ['6311060712090001', undefined],
    ['6311060712260001', '2026-12-07'],
    ['6311060812260001', undefined],
    ['6311060107800001', undefined],
  ])('%s tells the birth date %s only for an age of 0 to 16', (nik, date) => {
    expect(plausibleBirthDate(nik, TODAY)).toBe(date)
  })

  test('is compared with the birth date by its own six figures', () => {
    expect(nikAgreesWith('6311064107150002', '2015-07-01')).toBe(true)
    expect(nikAgreesWith('6311060107150001', '2015-07-01')).toBe(true)
    expect(nikAgreesWith('6311060107150001', '2015-07-02')).toBe(false)
    expect(nikAgreesWith('6311060107150001', '2016-07-01')).toBe(false)
  })

  test('of a girl cannot be a KK number typed by mistake', () => {
    expect(mayBeFamilyCardNumber('6311061203180012')).toBe(true)
    expect(mayBeFamilyCardNumber('6311065203180012')).toBe(false)
  })

  test('is shown masked', () => {
    expect(maskNik('6311060107150001')).toBe('631106******0001')
    expect(maskNik('631106')).toBe('******')
  })

  test('never has a digit that was not typed, in the order typed', () => {
    const noisy = fc.string({ unit: fc.constantFrom(...Array.from('0123456789'), ' ', '.', '-', 'O', 'l', 'x', '\n') })
    fc.assert(
      fc.property(fc.oneof(anyText(), noisy), (typed) => {
        const read = parseNik(typed)
        if (read.ok) expect(typed.replaceAll(/\D/g, '')).toBe(read.value.nik)
      }),
    )
  })
})

describe('a KK number', () => {
  test('has no forty added to its day', () => {
    expect(parseFamilyCardNumber('6311061203180012')).toEqual({ ok: true, value: '6311061203180012' })
    expect(parseFamilyCardNumber('6311065203180012')).toEqual({ ok: false, problem: { kind: 'not-a-date' } })
    expect(parseFamilyCardNumber('123')).toEqual({ ok: false, problem: { kind: 'length', digits: 3 } })
  })
})

test('no text whatever makes a reader throw', () => {
  fc.assert(
    fc.property(anyText(200), (typed) => {
      parseFamilyCardNumber(typed)
      maskNik(typed)
      plausibleBirthDate(typed, TODAY)
    }),
  )
})
