import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadOffice } from '../../src/config/office.ts'
import { createCalendar } from '../../src/queue/calendar.ts'
import { estimate } from '../../src/queue/fairness/estimate.ts'

const OFFICE = loadOffice(new URL('../../office/balangan.yaml', import.meta.url).pathname)
const calendar = createCalendar(OFFICE.hours)
const HOUR = 3_600_000
/** A time of the office, WITA. */
const wita = (text: string) => new Date(`${text}:00+08:00`)

describe('the office calendar', () => {
  test('is open in its spans, closed at noon, at night, on Sundays and on holidays', () => {
    const at = [
      '2026-11-23T08:00',
      '2026-11-23T11:59',
      '2026-11-23T12:00',
      '2026-11-23T16:00',
      '2026-11-22T09:00',
      '2026-12-25T09:00',
    ]
    expect(at.map((t) => calendar.isOpen(wita(t)))).toEqual([true, true, false, false, false, false])
  })
  test('opens next after the pause, the night, the weekend or a holiday', () => {
    const next = (text: string) => calendar.nextOpening(wita(text))
    expect(next('2026-11-23T09:30')).toEqual(wita('2026-11-23T09:30'))
    expect(next('2026-11-23T12:30')).toEqual(wita('2026-11-23T13:00'))
    expect(next('2026-11-27T17:00')).toEqual(wita('2026-11-30T08:00'))
    expect(next('2026-12-25T07:00')).toEqual(wita('2026-12-28T08:00'))
  })
  test('counts only open time, and adds it again to where it was counted to', () => {
    expect(calendar.workingTimeBetween(wita('2026-11-23T11:00'), wita('2026-11-23T14:00'))).toBe(2 * HOUR)
    expect(calendar.workingTimeBetween(wita('2026-11-27T16:00'), wita('2026-11-30T09:00'))).toBe(1.5 * HOUR)
    expect(calendar.workingTimeBetween(wita('2026-11-23T14:00'), wita('2026-11-23T11:00'))).toBe(0)
    expect(calendar.addWorkingTime(wita('2026-11-23T11:00'), 2 * HOUR)).toEqual(wita('2026-11-23T14:00'))
    expect(calendar.addWorkingTime(wita('2026-11-23T11:00'), 0)).toEqual(wita('2026-11-23T11:00'))
    const start = wita('2026-11-01T00:00').getTime()
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 * 24 * 60 }),
        fc.integer({ min: 1, max: 200 * 60 }),
        (minute, minutes) => {
          const from = new Date(start + minute * 60_000)
          const to = calendar.addWorkingTime(from, minutes * 60_000)
          expect(calendar.workingTimeBetween(from, to)).toBe(minutes * 60_000)
        },
      ),
    )
  })
  test('knows the day of the office, not of the server', () => {
    expect(calendar.dayOf(new Date('2026-11-22T16:30:00Z'))).toBe('2026-11-23')
  })
  test('keeps wall-clock hours when the zone’s clock is put forward', () => {
    const berlin = createCalendar({
      ...OFFICE.hours,
      timeZone: 'Europe/Berlin',
      holidays: [],
      week: { sun: ['01.00-05.00'] },
    })
    const day = new Date('2027-03-28T00:00:00Z')
    expect(berlin.workingTimeBetween(day, new Date(day.getTime() + 24 * HOUR))).toBe(3 * HOUR)
  })
  test('says so when an office never opens', () => {
    const never = createCalendar({ ...OFFICE.hours, week: {} })
    expect(() => never.nextOpening(wita('2026-11-23T09:00'))).toThrow('no working hours')
    expect(never.isOpen(wita('2026-11-23T09:00'))).toBe(false)
  })
})

describe('the estimate', () => {
  test('is a range of office time at the recent pace, wider where little was counted', () => {
    const now = wita('2026-11-23T08:00')
    const many = estimate(calendar, now, 100, { completed: 400, workingMs: 40 * HOUR })
    expect(many).toEqual({
      from: calendar.addWorkingTime(now, 9.5 * HOUR),
      to: calendar.addWorkingTime(now, 10.5 * HOUR),
    })
    const few = estimate(calendar, now, 100, { completed: 16, workingMs: 1.6 * HOUR })
    expect(few).toEqual({
      from: calendar.addWorkingTime(now, 7.5 * HOUR),
      to: calendar.addWorkingTime(now, 12.5 * HOUR),
    })
  })
  test('is not given where the office has hardly begun', () => {
    const now = wita('2026-11-23T08:00')
    expect(estimate(calendar, now, 3, { completed: 4, workingMs: 40 * HOUR })).toBeNull()
    expect(estimate(calendar, now, 3, { completed: 40, workingMs: 1000 })).toBeNull()
  })
})
