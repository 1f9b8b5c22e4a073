import { expect, test } from 'vitest'
import { loadOffice } from '../../src/config/office.ts'
import { afterQuiet } from '../../src/config/quiet-hours.ts'

const { hours } = loadOffice('office/balangan.yaml')

test.each([
  // 20.00 to 06.00 WITA
  ['2026-12-07T11:59:30Z', '2026-12-07T11:59:30Z'],
  ['2026-12-07T12:00:00Z', '2026-12-07T22:00:00Z'],
  ['2026-12-07T16:30:45Z', '2026-12-07T22:00:00Z'],
  ['2026-12-07T21:59:59Z', '2026-12-07T22:00:00Z'],
  ['2026-12-07T22:00:00Z', '2026-12-07T22:00:00Z'],
])('a notice of %s goes at %s', (at, goes) => {
  expect(afterQuiet(hours, new Date(at))).toEqual(new Date(goes))
})
test('may lie within one day, or be none', () => {
  const noon = { timeZone: 'UTC', quiet: { from: '12.00', to: '13.00' } }
  expect(afterQuiet(noon, new Date('2026-12-07T12:10:00Z'))).toEqual(new Date('2026-12-07T13:00:00Z'))
  expect(afterQuiet(noon, new Date('2026-12-07T13:00:00Z'))).toEqual(new Date('2026-12-07T13:00:00Z'))
  const none = { timeZone: 'UTC', quiet: { from: '12.00', to: '12.00' } }
  expect(afterQuiet(none, new Date('2026-12-07T12:00:00Z'))).toEqual(new Date('2026-12-07T12:00:00Z'))
})
