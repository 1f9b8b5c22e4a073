import { describe, expect, test } from 'vitest'
import { loadOffice } from '../../src/config/office.ts'
import { dayText, estimateText, hoursText, nextOfficeDay } from '../../src/conversation/hours.ts'

const OFFICE = loadOffice('office/balangan.yaml')
/** A time of the office, WITA. */
const wita = (text: string) => new Date(`${text}:00+08:00`)
const WEEK = 'Senin–Kamis 08.00–12.00 dan 13.00–16.00, Jumat 08.00–11.00 dan 13.30–16.30 WITA'

test('a day is named with its weekday', () => {
  expect(dayText(OFFICE, '2027-03-29')).toBe('Senin, 29 Maret 2027')
})

describe('an estimate, read aloud,', () => {
  const between = (from: string, to: string) => estimateText(OFFICE, { from: wita(from), to: wita(to) })
  test('is a span of one day', () => {
    expect(between('2026-12-07T13:00', '2026-12-07T15:00')).toBe('Senin, 7 Desember 2026, 13.00–15.00 WITA')
    expect(between('2026-12-07T13:00', '2026-12-07T13:00')).toBe('Senin, 7 Desember 2026, 13.00 WITA')
    expect(estimateText(OFFICE, null)).toBe('menyusul')
  })
  test('names both days where Idul Fitri or the turn of the year lies between them', () => {
    expect(between('2027-03-05T16:00', '2027-03-16T09:00')).toBe('Jumat, 5 Maret sampai Selasa, 16 Maret 2027')
    expect(between('2026-03-17T15:00', '2026-03-25T09:00')).toBe('Selasa, 17 Maret sampai Rabu, 25 Maret 2026')
    expect(between('2027-02-26T16:00', '2027-03-01T09:00')).toBe('Jumat, 26 Februari sampai Senin, 1 Maret 2027')
    expect(between('2026-12-31T15:00', '2027-01-04T09:00')).toBe('Kamis, 31 Desember 2026 sampai Senin, 4 Januari 2027')
  })
  test('is of the office’s day, not of the server’s', () => {
    expect(between('2027-03-29T07:30', '2027-03-29T08:30')).toBe('Senin, 29 Maret 2027, 07.30–08.30 WITA')
  })
})

describe('the hours', () => {
  test('of an ordinary week say no more than the week', () => {
    expect(hoursText(OFFICE, wita('2026-11-23T09:00'))).toBe(WEEK)
    // a holiday on a Saturday changes nothing, and what begins in eight days is told later
    expect(hoursText(OFFICE, wita('2027-04-28T09:00'))).toBe(WEEK)
    expect(hoursText(OFFICE, wita('2027-02-28T09:00'))).toBe(WEEK)
  })
  test('before and in a closure say from when to when it is, over its weekend', () => {
    for (const day of ['2027-03-02T09:00', '2027-03-05T15:00']) {
      expect(hoursText(OFFICE, wita(day))).toBe(`${WEEK}, kecuali libur 8–15 Maret 2027`)
    }
    expect(hoursText(OFFICE, wita('2027-03-13T10:00'))).toBe(`${WEEK}, kecuali libur 15 Maret 2027`)
    expect(hoursText(OFFICE, wita('2027-03-16T08:00'))).toBe(WEEK)
    expect(hoursText(OFFICE, wita('2026-03-16T08:00'))).toBe(`${WEEK}, kecuali libur 18–24 Maret 2026`)
  })
  test('name every closure of the days to come', () => {
    expect(hoursText(OFFICE, wita('2026-12-30T09:00'))).toBe(`${WEEK}, kecuali libur 1 Januari 2027 dan 5 Januari 2027`)
  })
})

test('somebody answers on the next day on which the office is open', () => {
  expect(nextOfficeDay(OFFICE, wita('2027-03-05T15:00'))).toBe('Jumat, 5 Maret 2027, 08.00–16.30 WITA')
  expect(nextOfficeDay(OFFICE, wita('2027-03-05T16:30'))).toBe('Selasa, 16 Maret 2027, 08.00–16.00 WITA')
  expect(nextOfficeDay(OFFICE, wita('2026-03-20T09:00'))).toBe('Rabu, 25 Maret 2026, 08.00–16.00 WITA')
  expect(nextOfficeDay(OFFICE, wita('2026-12-31T17:00'))).toBe('Senin, 4 Januari 2027, 08.00–16.00 WITA')
})
