import { describe, expect, test } from 'vitest'
import { age, birthDay, countdown, span } from '../../../src/admin/console/words/time.ts'

const now = new Date('2026-11-24T02:00:00Z')

describe('spans', () => {
  test.each([
    ['2026-11-24T01:16:00Z', '44 m'],
    ['2026-11-24T00:36:00Z', '1 j 24 m'],
    ['2026-11-23T02:30:00Z', '23 j'],
    ['2026-11-20T02:00:00Z', '4 hari'],
    ['2026-11-24T02:05:00Z', 'baru saja'],
  ])('since %s are %s', (at, words) => {
    expect(span(at, now)).toBe(words)
  })
})

test('a countdown ends at nothing and never below', () => {
  expect(countdown('2026-11-24T02:08:12Z', now)).toBe('8.12')
  expect(countdown('2026-11-24T01:00:00Z', now)).toBe('0.00')
})

test('a birth date is written out, and what is none stays as it is', () => {
  expect(birthDay('2015-07-14')).toBe('14 Juli 2015')
  expect(birthDay('dihapus')).toBe('dihapus')
})

test('an age turns on the birthday itself', () => {
  expect(age('2015-11-24', new Date(2026, 10, 24))).toBe(11)
  expect(age('2015-11-25', new Date(2026, 10, 24))).toBe(10)
})
