import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  ageAt,
  dateIn,
  daysBetween,
  findDates,
  formatDate,
  parseDate,
} from '../../../src/models/identity/date.ts'
import { anyText } from '../../support/any-text.ts'

const anyDate = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('a date', () => {
  test.each([
    '1-7-2015',
    '01/07/2015',
    '01072015',
    '1 Juli 2015',
    '1 juli 2015 bu',
    '1juli2015',
    '1-Jul-2015',
    '1.7.2015',
    '1 7 2015',
    '01 - 07 - 2015',
    '2015-07-01',
    'tgl lahir 1 JULI 2015',
    'Rabu, 1 Juli 2015',
    'lahir di Paringin 1 Juli 2015',
  ])('is read day first from %j', (typed) => {
    expect(parseDate(typed)).toEqual({ ok: true, value: '2015-07-01' })
  })

  test.each([
    ['9 mei 2016', '2016-05-09'],
    ['12 Agt 2017', '2017-08-12'],
    ['12 Agu 2017', '2017-08-12'],
    ['12 agutus 2017', '2017-08-12'],
    ['3 Pebruari 2016', '2016-02-03'],
    ['3 febuari 2016', '2016-02-03'],
    ['30 Nopember 2016', '2016-11-30'],
    ['5 Okt 2016', '2016-10-05'],
    ['25 Des 2016', '2016-12-25'],
    ['25 desmber 2016', '2016-12-25'],
    ['29 Februari 2016', '2016-02-29'],
    ['1 may 2016', '2016-05-01'],
  ])('knows the month in %j', (typed, date) => {
    expect(parseDate(typed)).toEqual({ ok: true, value: date })
  })

  test.each([
    ['1-7-15', 'two-digit-year'],
    ['010715', 'two-digit-year'],
    ['1 Juli 15', 'two-digit-year'],
    ["1 juli '15", 'two-digit-year'],
    ['31-02-2015', 'impossible'],
    ['29 Februari 2015', 'impossible'],
    ['07/13/2015', 'impossible'],
    ['1-7-1815', 'impossible'],
    ['1 Juli', 'none'],
    ['', 'none'],
    ['6311060107150001', 'none'],
    ['6311-06-01-07-15-0001', 'none'],
    ['1 Juli 2015 atau 2 Juli 2015', 'none'],
    ['1 Juli 2015 kelas 4', 'none'],
    ['4 anak 2015', 'none'],
  ])('%j is refused as %s', (typed, problem) => {
    expect(parseDate(typed)).toEqual({ ok: false, problem })
  })

  test('comes back from its own form, whatever the day', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const [year = '', month = '', day = ''] = date.split('-')
        for (const typed of [formatDate(date), date, `${day}/${month}/${year}`, `${day}${month}${year}`]) {
          expect(parseDate(typed)).toEqual({ ok: true, value: date })
        }
      }),
    )
  })

  test('is found where it stands in a longer text', () => {
    const text = 'Budi 1 Juli 2015, Siti 14-02-2016'
    expect(findDates(text).map(({ index, text: found }) => [index, found])).toEqual([
      [5, '1 Juli 2015'],
      [23, '14-02-2016'],
    ])
  })

  test('is looked for in any text without throwing, and lies where it is said to lie', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789'), '-', '/', '.', ' ', 'juli', 'mei', '😀', '\n'),
    })
    fc.assert(
      fc.property(fc.oneof(anyText(), hostile), (text) => {
        for (const { index, text: found } of findDates(text))
          expect(text.slice(index, index + found.length)).toBe(found)
      }),
    )
  })
})

test('an age is counted in completed years', () => {
  expect(ageAt('2015-07-01', '2026-06-30')).toBe(10)
  expect(ageAt('2015-07-01', '2026-07-01')).toBe(11)
  expect(ageAt('2016-02-29', '2021-02-28')).toBe(4)
  expect(ageAt('2016-02-29', '2021-03-01')).toBe(5)
  expect(ageAt('2027-01-01', '2026-12-07')).toBeLessThan(0)
})

test('a day begins in the zone of the office', () => {
  expect(dateIn('Asia/Makassar', new Date('2026-12-07T15:59:59Z'))).toBe('2026-12-07')
  expect(dateIn('Asia/Makassar', new Date('2026-12-07T16:00:00Z'))).toBe('2026-12-08')
})

test('days are added and counted over months and leap years', () => {
  expect(addDays('2026-12-07', 14)).toBe('2026-12-21')
  fc.assert(
    fc.property(anyDate, fc.integer({ min: -400, max: 400 }), (date, days) => {
      expect(daysBetween(date, addDays(date, days))).toBe(days)
    }),
  )
})
