import { describe, expect, test } from 'vitest'
import type { QueueItem } from '../../../src/admin/contract/queue.ts'
import { byRound, placed, settle } from '../../../src/admin/console/waiting/settled-rows.ts'

const row = (id: string, more: Partial<QueueItem> = {}): QueueItem => ({
  id,
  ticket: 'A100-9',
  stage: 'verification',
  state: 'queued',
  position: 1,
  round: 12,
  pupil: { name: 'Budi Rekaan', nik: '631106******0001' },
  school: { npsn: '69900001', name: 'SDN Contoh 1' },
  submittedAt: '2026-11-24T01:00:00.000Z',
  stageAt: '2026-11-24T01:00:00.000Z',
  findings: [],
  ...more,
})

describe('rows that are on the screen', () => {
  test('stay where they are when the order changes', () => {
    const { rows, fresh } = settle([row('a'), row('b')], [row('b', { position: 1 }), row('a', { position: 2 })])
    expect(rows.map(({ id, position }) => [id, position])).toEqual([
      ['a', 2],
      ['b', 1],
    ])
    expect(fresh).toBe(0)
  })

  test('take a claim in place', () => {
    const claimed = row('a', { state: 'claimed', position: null, claimedBy: { id: 'o1', name: 'Operator Contoh' } })
    expect(settle([row('a')], [claimed]).rows[0]?.claimedBy?.name).toBe('Operator Contoh')
  })

  test('stay as gone when they have left the stage', () => {
    const { rows } = settle([row('a'), row('b')], [row('b')])
    expect(rows.map(({ id, gone }) => [id, gone])).toEqual([
      ['a', true],
      ['b', false],
    ])
  })

  test('let new ones wait and count them', () => {
    const { rows, fresh } = settle([row('a')], [row('new1'), row('a'), row('new2')])
    expect(rows.map(({ id }) => id)).toEqual(['a'])
    expect(fresh).toBe(2)
  })
})

describe('rounds', () => {
  test('are cut where the round changes, in the order of the rows', () => {
    const { rows } = settle([], [])
    expect(byRound(rows)).toEqual([])
    const shown = [row('a'), row('b'), row('c', { round: 13 })]
    expect(byRound(settle(shown, shown).rows).map(({ round, rows: inRound }) => [round, inRound.length])).toEqual([
      [12, 2],
      [13, 1],
    ])
  })
  test('are numbered through with their headings, as lines of one list', () => {
    const shown = [row('a'), row('b'), row('c', { round: 13 })]
    const rounds = placed(byRound(settle(shown, shown).rows))
    expect(rounds.map(({ first, lines }) => [first, lines])).toEqual([
      [0, ['round-12-0', 'a', 'b']],
      [3, ['round-13-1', 'c']],
    ])
    expect(placed([{ round: null, rows: settle(shown, shown).rows }])[0]?.lines).toEqual(['a', 'b', 'c'])
  })
})
