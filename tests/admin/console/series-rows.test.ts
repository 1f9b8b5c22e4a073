import { expect, test } from 'vitest'
import type { Case } from '../../../src/admin/console/client/case.ts'
import { seriesRows } from '../../../src/admin/console/series/series.ts'

const one = (id: string) => ({ id }) as Case
const AT = new Date('2026-11-24T01:00:00Z')

test('rows of a series stay where they are, whatever becomes of them', () => {
  const rows = seriesRows([one('a'), one('b'), one('c')], [one('c')], new Map([['a', AT]]))
  expect(rows.map(({ one: { id }, state }) => [id, state])).toEqual([
    ['a', 'entered'],
    ['b', 'lost'],
    ['c', 'held'],
  ])
  expect(rows[0]?.at).toBe(AT)
})

test('what is entered is so before the claims say it, and what is held beside the series stands below', () => {
  const rows = seriesRows([one('a'), one('b')], [one('x'), one('a'), one('b')], new Map([['a', AT]]))
  expect(rows.map(({ one: { id }, state }) => [id, state])).toEqual([
    ['a', 'entered'],
    ['b', 'held'],
    ['x', 'held'],
  ])
})

test('what was entered before this series began is no row of it, though the claims still have it', () => {
  const rows = seriesRows([one('b')], [one('a'), one('b')], new Map([['a', AT]]))
  expect(rows.map(({ one: { id } }) => id)).toEqual(['b'])
})
