import { expect, test } from 'vitest'
import { holidaysEnd } from '../../../src/admin/views/holidays-end.ts'
import { loadOffice } from '../../../src/config/office.ts'

const { hours } = loadOffice('office/balangan.yaml')
const until = (...dates: string[]) => ({ ...hours, holidays: dates.map((date) => ({ date, name: 'Hari rekaan' })) })

test('the last known holiday is told from the sixtieth day before it on, by the office’s clock', () => {
  const of = until('2027-12-26', '2027-01-01')
  // midnight in Balangan is at 16.00 UTC: 27 October is sixty days before
  expect(holidaysEnd(of, new Date('2027-10-27T15:59:59Z'))).toBeUndefined()
  expect(holidaysEnd(of, new Date('2027-10-27T16:00:00Z'))).toEqual({ last: '2027-12-26' })
  expect(holidaysEnd(of, new Date('2028-02-01T00:00:00Z'))).toEqual({ last: '2027-12-26' })
})

test('an office that knows no holiday is told so', () => {
  expect(holidaysEnd(until(), new Date('2026-11-24T01:00:00Z'))).toEqual({})
})

test('the office file lists the holidays of 2026 and 2027', () => {
  expect(holidaysEnd(hours, new Date('2026-11-24T01:00:00Z'))).toBeUndefined()
})
