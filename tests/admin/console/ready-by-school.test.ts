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
const schools = readyBySchool([
  card('a', 'Tiga'),
  card('b', 'Dua'),
  card('c', 'Tiga'),
  card('d', 'Dua'),
  card('e', 'Tiga'),
])
const drawn = (...lines: readonly number[]) =>
  schools.map((school) => {
    const { heading, rows } = drawnOf(
      school,
      lines.map((index) => ({ index })),
    )
    return [heading?.index, rows.map(({ nth }) => school.rows[nth]?.id)]
  })

test('finished cards stand by school in the order of the names, each school with its bar, as lines of one list', () => {
  expect(schools.map(({ name, first, lines }) => [name, first, lines])).toEqual([
    ['SDN Dua', 0, ['school-Dua', 'b', 'd']],
    ['SDN Tiga', 3, ['school-Tiga', 'a', 'c', 'e']],
  ])
})

test('of each school its own lines are drawn, with or without its bar', () => {
  expect(drawn(0, 1, 2, 3, 4, 5, 6)).toEqual([
    [0, ['b', 'd']],
    [3, ['a', 'c', 'e']],
  ])
  expect(drawn(2, 3, 4)).toEqual([
    [undefined, ['d']],
    [3, ['a']],
  ])
  expect(drawn(5, 6)).toEqual([
    [undefined, []],
    [undefined, ['c', 'e']],
  ])
})
