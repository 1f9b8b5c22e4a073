import { expect, test } from 'vitest'
import { createCalendar } from '../../../src/queue/calendar.ts'
import { share, spread } from '../../../src/queue/lists/wall.ts'
import { forecast } from '../../../src/queue/printing/stock-forecast.ts'
import { OFFICE } from '../world.ts'

const calendar = createCalendar(OFFICE.hours)
const isWorking = (day: string) => calendar.openTimeOn(day) > 0
const TODAY = '2026-11-24'
const how = { today: TODAY, reorderAt: 250, isWorking }
/** The same use on each of the ten working days before today. */
const used = (perDay: number) =>
  new Map(
    ['10', '11', '12', '13', '16', '17', '18', '19', '20', '23'].map((day) => [`2026-11-${day}`, perDay] as const),
  )

test('a stock lasts for whole working days, and is to be ordered on the last day above its level', () => {
  const seen = forecast(412, used(59), how)
  expect(seen.perDay).toBe(59)
  // 412 / 59 = 6.98
  expect(seen.days).toBe(6)
  // 412, 353, 294, 235: the third working day is the last one above 250
  expect([seen.orderBy, seen.orderIn]).toEqual(['2026-11-26', 2])
  expect(seen.left.slice(0, 4)).toEqual([
    { day: '2026-11-24', amount: 412 },
    { day: '2026-11-25', amount: 353 },
    { day: '2026-11-26', amount: 294 },
    { day: '2026-11-27', amount: 235 },
  ])
  // no Saturday, no Sunday, and the first day on which nothing is left is the last one shown
  expect(seen.left.map(({ day }) => day)).not.toContain('2026-11-28')
  expect(seen.left.at(-1)).toEqual({ day: '2026-12-03', amount: 0 })
})

test('Idul Fitri uses nothing up, and an order behind it is only few working days away', () => {
  // the last day before, after ten days of 60
  const back = ['02-19', '02-22', '02-23', '02-24', '02-25', '02-26', '03-01', '03-02', '03-03', '03-04']
  const seen = forecast(412, new Map(back.map((day) => [`2027-${day}`, 60])), { ...how, today: '2027-03-05' })
  expect(seen.perDay).toBe(60)
  expect(seen.left.slice(0, 4)).toEqual([
    { day: '2027-03-05', amount: 412 },
    { day: '2027-03-16', amount: 352 },
    { day: '2027-03-17', amount: 292 },
    { day: '2027-03-18', amount: 232 },
  ])
  expect([seen.orderBy, seen.orderIn]).toEqual(['2027-03-17', 2])
  // and the first day after it knows the ten before it
  const after = forecast(412, new Map(back.map((day) => [`2027-${day}`, 60])), { ...how, today: '2027-03-16' })
  expect(after.perDay).toBe(54)
})

test('an office that began a week ago counts the days since then only', () => {
  const seen = forecast(
    100,
    new Map([
      ['2026-11-19', 20],
      ['2026-11-20', 30],
      ['2026-11-23', 10],
    ]),
    how,
  )
  expect(seen).toMatchObject({ perDay: 20, days: 5, lacks: { days: 0, cards: 0 }, orderBy: TODAY, orderIn: 0 })
})

test('from too few days or too few cards nothing is foretold, but what is still to be seen', () => {
  const nothing = { perDay: null, days: null, left: [], orderBy: null, orderIn: null }
  expect(forecast(100, new Map(), how)).toEqual({ ...nothing, lacks: { days: 3, cards: 30 } })
  // a day that is not over says nothing yet
  expect(forecast(100, new Map([[TODAY, 55]]), how)).toEqual({ ...nothing, lacks: { days: 3, cards: 30 } })
  expect(forecast(100, new Map([['2026-11-20', 50]]), how)).toEqual({ ...nothing, lacks: { days: 1, cards: 0 } })
  expect(forecast(100, used(0.3), how).lacks).toEqual({ days: 0, cards: 27 })
})

test('what was counted too low does not go below nothing in the plot', () => {
  const seen = forecast(-3, used(10), how)
  expect(seen.left).toEqual([{ day: TODAY, amount: 0 }])
})

test('the median and the ninetieth percentile are values that were there', () => {
  const values = [5, 1, 9, 3, 7, 2, 8, 4, 6, 10]
  expect(spread(values, 0.5)).toBe(5)
  expect(spread(values, 0.9)).toBe(9)
  expect(spread([42], 0.9)).toBe(42)
  expect(spread([], 0.5)).toBeNull()
  expect(share(values, (value) => value <= 4)).toBe(0.4)
  expect(share([], () => true)).toBeNull()
})

test('a day of the office begins at its own midnight, and a holiday has no open time', () => {
  expect(calendar.startOfDay(new Date('2026-11-24T01:00:00Z')).toISOString()).toBe('2026-11-23T16:00:00.000Z')
  expect(calendar.openTimeOn('2026-11-24')).toBe(7 * 3_600_000)
  expect(calendar.openTimeOn('2026-11-27')).toBe(6 * 3_600_000)
  expect(calendar.openTimeOn('2026-12-25')).toBe(0)
})
