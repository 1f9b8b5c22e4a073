import { expect, test } from 'vitest'
import { readyBySchool } from '../../../src/admin/console/handover/ready-by-school.ts'
import { drawnOf } from '../../../src/admin/console/parts/placed-groups.ts'
import type { QueueItem } from '../../../src/admin/contract/queue.ts'

const card = (id: string, school: string): QueueItem => ({
  id,
  ticket: 'A100-9',
  stage: 'ready',
  state: 'idle',
  position: null,
  round: null,
  pupil: null,
  school: { npsn: school, name: `SDN ${school}` },
  submittedAt: null,
  stageAt: '2026-11-24T01:00:00.000Z',
  findings: [],
})
const COUNTED = [
  { npsn: '69900002', name: 'SDN Dua', rows: 3 },
  { npsn: '69900003', name: 'SDN Tiga', rows: 40 },
  { npsn: '69900004', name: 'TK Empat', rows: 1 },
]
const rowsOf = (npsn: string, ...ids: readonly string[]) => ids.map((id) => card(id, npsn))
const schools = readyBySchool(COUNTED, {
  words: '',
  open: { npsn: '69900002', rows: rowsOf('69900002', 'b', 'd') },
  found: rowsOf('69900003', 'a', 'c', 'e'),
})
const drawn = (...lines: readonly number[]) =>
  schools.map((school) => {
    const { heading, rows } = drawnOf(
      school,
      lines.map((index) => ({ index })),
    )
    return [heading?.index, rows.map(({ nth }) => school.rows[nth]?.id)]
  })

test('every school has its bar with the server’s count, the open one all its cards that came, others those found', () => {
  expect(schools.map(({ name, total, first, lines }) => [name, total, first, lines])).toEqual([
    ['SDN Dua', 3, 0, ['school-69900002', 'b', 'd']],
    ['SDN Tiga', 40, 3, ['school-69900003', 'a', 'c', 'e']],
    ['TK Empat', 1, 7, ['school-69900004']],
  ])
})

test('words keep the schools that they name, by NPSN too, and those whose cards were found', () => {
  const names = (words: string, found: readonly QueueItem[] = []) =>
    readyBySchool(COUNTED, { words, found }).map(({ name }) => name)
  expect(names('sdn')).toEqual(['SDN Dua', 'SDN Tiga'])
  expect(names('69900004')).toEqual(['TK Empat'])
  expect(names('citra', rowsOf('69900003', 'a'))).toEqual(['SDN Tiga'])
  expect(names('citra')).toEqual([])
})

test('of each school its own lines are drawn, with or without its bar', () => {
  expect(drawn(0, 1, 2, 3, 4, 5, 6)).toEqual([
    [0, ['b', 'd']],
    [3, ['a', 'c', 'e']],
    [undefined, []],
  ])
  expect(drawn(2, 3, 4)).toEqual([
    [undefined, ['d']],
    [3, ['a']],
    [undefined, []],
  ])
  expect(drawn(5, 6, 7)).toEqual([
    [undefined, []],
    [undefined, ['c', 'e']],
    [7, []],
  ])
})
