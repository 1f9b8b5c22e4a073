import { expect, test } from 'vitest'
import { newId } from '../../../src/models/store/ids.ts'

test('ids are 20 characters that need no escaping anywhere', () => {
  expect(newId()).toMatch(/^[0-9a-z]{20}$/)
})
test('a later id sorts after an earlier one', () => {
  const times = [0, 1, 31, 32, 1_700_000_000_000, 1_700_000_000_001, 4_000_000_000_000]
  const ids = times.map((time) => newId(time))
  expect(ids.toSorted()).toEqual(ids)
})
test('ids of one millisecond differ', () => {
  const ids = Array.from({ length: 10_000 }, () => newId(1_700_000_000_000))
  expect(new Set(ids).size).toBe(ids.length)
})
