import { expect, test } from 'vitest'
import { settableOffice } from '../../src/config/office-settings.ts'
import { loadOffice } from '../../src/config/office.ts'

const FILE = loadOffice('office/balangan.yaml')

test('settings replace the office; whoever has taken it keeps what they have', () => {
  const office = settableOffice(FILE)
  const before = office.current()
  office.adopt({ holidays: [], fairness: { policy: 'fifo', batch: 9 } })
  expect(office.current()).toMatchObject({
    hours: { holidays: [] },
    fairness: { policy: 'fifo', batch: 9, stride: 1000 },
  })
  expect(before).toEqual(FILE)
  // they are told whole: what they leave out is as in the file
  office.adopt({ holidays: [] })
  expect(office.current().fairness).toEqual(FILE.fairness)
})

test('settings that break a rule of the file change nothing', () => {
  const office = settableOffice(FILE)
  expect(() => office.adopt({ returnReasons: [] })).toThrow()
  expect(office.current()).toBe(FILE)
})
