import { expect, test } from 'vitest'
import { groupsOf, settleGroups, suggested } from '../../../src/admin/console/printing/load-groups.ts'
import type { QueueItem } from '../../../src/admin/contract/queue.ts'

let n = 0
function card(npsn: string, klass: string | undefined, stageAt: string, holder?: string): QueueItem {
  n += 1
  return {
    id: `a${n}`,
    ticket: `A${n}-0`,
    stage: 'printing',
    state: holder === undefined ? 'queued' : 'claimed',
    position: null,
    round: null,
    pupil: { name: `Murid Rekaan ${n}`, nik: '631106******0001', ...(klass === undefined ? {} : { class: klass }) },
    school: { npsn, name: `Sekolah Rekaan ${npsn}` },
    submittedAt: stageAt,
    stageAt,
    findings: [],
    ...(holder === undefined ? {} : { claimedBy: { id: holder, name: `Petugas ${holder}` } }),
  }
}
const [EARLY, LATE] = ['2026-11-24T01:00:00.000Z', '2026-11-24T02:00:00.000Z']
const cards = [
  card('2', '10', LATE),
  card('2', '9', EARLY),
  card('1', 'TK B', LATE),
  card('2', '9', LATE, 'oka'),
  card('1', 'TK B', LATE, 'oka'),
]

test('schools stand in the order of the queue, with their classes, their oldest card and who holds what', () => {
  const [first, second] = groupsOf(cards, 'school', 50)
  expect(first).toMatchObject({ key: '2', detail: 'kelas 9, 10', oldestAt: EARLY })
  expect(first?.free.map((one) => one.id)).toEqual([cards[0]?.id, cards[1]?.id])
  expect(first?.held).toEqual([{ name: 'Petugas oka', count: 1 }])
  expect(second).toMatchObject({ key: '1', detail: 'TK B' })
})

test('classes are groups of one school each', () => {
  expect(groupsOf(cards, 'class', 50).map((group) => group.key)).toEqual(['2/10', '2/9', '1/TK B'])
})

test('a printer load is cut from what nobody holds, in the order of the queue', () => {
  const loads = groupsOf(cards, 'load', 2)
  expect(loads.map((load) => load.free.map((one) => one.id))).toEqual([[cards[0]?.id, cards[1]?.id], [cards[2]?.id]])
  expect(loads[0]).toMatchObject({ title: 'Muatan 1', detail: '1 sekolah' })
  expect(groupsOf([], 'load', 2)).toEqual([])
})

test('the first groups that fit into one load are suggested, and one that is larger alone', () => {
  const groups = groupsOf(cards, 'class', 50)
  expect([...suggested(groups, 2)]).toEqual(['2/10', '2/9'])
  expect([...suggested(groups, 1)]).toEqual(['2/10'])
  expect([...suggested(groupsOf(cards, 'school', 1), 1)]).toEqual(['2'])
  expect([...suggested([], 5)]).toEqual([])
})

test('while the queue goes on, only a full printer load is known to be whole', () => {
  const whole = (by: 'school' | 'class' | 'load', more: boolean) =>
    groupsOf(cards, by, 2, more).map((group) => group.whole)
  expect(whole('school', true)).toEqual([false, false])
  expect(whole('load', true)).toEqual([true, false])
  for (const by of ['school', 'class', 'load'] as const) expect(new Set(whole(by, false))).toEqual(new Set([true]))
})

test('a group that has run empty keeps its line, the others take what is new in place, and new ones come behind', () => {
  const before = groupsOf(cards.slice(1, 3), 'school', 50)
  const after = groupsOf([card('3', '1', EARLY), card('1', 'TK B', LATE, 'oka')], 'school', 50)
  const lines = settleGroups(before, after)
  expect(lines.map(({ key, free, held }) => [key, free.length, held.length])).toEqual([
    ['2', 0, 0],
    ['1', 0, 1],
    ['3', 1, 0],
  ])
  expect(lines[0]).toMatchObject({ title: 'Sekolah Rekaan 2', detail: 'kelas 9' })
})
