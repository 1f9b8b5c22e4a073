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

test('reasons that the file has got since supervisors changed theirs are offered, too, each under a letter of its own', () => {
  const office = settableOffice(FILE)
  const own = { ...FILE.returnReasons[0]!, code: 'RR_OWN', letter: 'Q' }
  office.adopt({ returnReasons: [...FILE.returnReasons.slice(0, -2), own] })
  const { returnReasons } = office.current()
  expect(returnReasons.at(-3)).toEqual(own)
  expect(returnReasons.slice(-2).map(({ code, letter }) => [code, letter])).toEqual([
    ['RR_NIK_DOUBLE', 'O'],
    ['RR_MARRIED', 'H'],
  ])
})

test('settings that break a rule of the file change nothing', () => {
  const office = settableOffice(FILE)
  const [first] = FILE.returnReasons
  expect(() => office.adopt({ returnReasons: [first!, { ...first!, code: 'RR_OWN' }] })).toThrow()
  expect(office.current()).toBe(FILE)
})
