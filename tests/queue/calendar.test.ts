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
    // two years with all their holidays
    const start = wita('2026-01-01T00:00').getTime()
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 730 * 24 * 60 }),
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
  test('goes back by whole working days', () => {
    expect(calendar.beforeWorkingDays(wita('2026-11-24T10:00'), 5)).toEqual(wita('2026-11-17T00:00'))
    expect(calendar.beforeWorkingDays(wita('2026-11-22T10:00'), 1)).toEqual(wita('2026-11-20T00:00'))
    expect(calendar.beforeWorkingDays(wita('2026-11-24T10:00'), 0)).toEqual(wita('2026-11-24T00:00'))
  })
  test('says so when an office never opens', () => {
    const never = createCalendar({ ...OFFICE.hours, week: {} })
    expect(() => never.nextOpening(wita('2026-11-23T09:00'))).toThrow('no working hours')
    expect(() => never.beforeWorkingDays(wita('2026-11-23T09:00'), 1)).toThrow('no working hours')
    expect(never.isOpen(wita('2026-11-23T09:00'))).toBe(false)
  })
})

/** The last hour before and the first hour after; how many working days lie between, which is none. */
const CLOSURES = [
  // Nyepi and Idul Fitri, with the leave before, between and after
  { name: 'Idul Fitri 2026', last: '2026-03-17T15:00', shut: '2026-03-17T16:00', next: '2026-03-25T08:00' },
  { name: 'Idul Fitri 2027', last: '2027-03-05T15:30', shut: '2027-03-05T16:30', next: '2027-03-16T08:00' },
  {
    name: 'a Thursday’s leave before a holiday on a short Friday',
    last: '2027-03-24T15:00',
    shut: '2027-03-24T16:00',
    next: '2027-03-29T08:00',
  },
  {
    name: 'a Friday’s leave before a holiday on a Saturday',
    last: '2027-02-04T15:00',
    shut: '2027-02-04T16:00',
    next: '2027-02-08T08:00',
  },
  { name: 'four days in a week', last: '2027-05-14T15:30', shut: '2027-05-14T16:30', next: '2027-05-21T08:00' },
  { name: 'Christmas', last: '2026-12-23T15:00', shut: '2026-12-23T16:00', next: '2026-12-28T08:00' },
  { name: 'the turn of the year', last: '2026-12-31T15:00', shut: '2026-12-31T16:00', next: '2027-01-04T08:00' },
  { name: 'a holiday in the week', last: '2027-01-04T15:00', shut: '2027-01-04T16:00', next: '2027-01-06T08:00' },
  {
    name: 'Christmas on a weekend, its leave on a Friday',
    last: '2027-12-23T15:00',
    shut: '2027-12-23T16:00',
    next: '2027-12-27T08:00',
  },
]

describe.each(CLOSURES)('over $name', ({ last, shut, next }) => {
  const after = (hours: number) => new Date(wita(next).getTime() + hours * HOUR)
  test('no time passes', () => {
    expect(calendar.nextOpening(wita(shut))).toEqual(wita(next))
    expect(calendar.workingTimeBetween(wita(shut), wita(next))).toBe(0)
    expect(calendar.workingTimeBetween(wita(last), after(1))).toBe(2 * HOUR)
    expect(calendar.addWorkingTime(wita(last), 2 * HOUR)).toEqual(after(1))
    for (let at = wita(shut).getTime(); at < wita(next).getTime(); at += HOUR / 2) {
      expect(calendar.isOpen(new Date(at))).toBe(false)
    }
  })
  test('a working day is that of the last before and of the first after', () => {
    expect(calendar.dayOf(calendar.afterWorkingDays(wita(last), 1))).toBe(next.slice(0, 10))
    expect(calendar.dayOf(calendar.beforeWorkingDays(wita(next), 1))).toBe(last.slice(0, 10))
  })
  test('what is ahead is estimated for the time after, at the pace of the time before', () => {
    const recent = { completed: 100, workingMs: 10 * HOUR }
    // 20 cards, two hours' work, give or take a tenth
    expect(estimate(calendar, wita(last), 20, recent)).toEqual({ from: after(0.8), to: after(1.2) })
    expect(estimate(calendar, wita(shut), 20, recent)).toEqual({ from: after(1.8), to: after(2.2) })
  })
})

test('five working days to answer a complaint end behind the closure', () => {
  const due = (text: string) => calendar.afterWorkingDays(wita(text), 5)
  expect(due('2026-03-16T09:00')).toEqual(wita('2026-03-30T16:00'))
  expect(due('2027-03-04T09:00')).toEqual(wita('2027-03-19T16:30'))
  expect(due('2026-12-23T09:00')).toEqual(wita('2027-01-04T16:00'))
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
