import { expect, test } from 'vitest'
import { shownHistory } from '../../../src/admin/console/words/history.ts'
import type { HistoryView } from '../../../src/admin/contract/application.ts'

const history = (actions: readonly HistoryView['action'][]): HistoryView[] =>
  actions.map((action, i) => ({
    seq: i + 1,
    at: '2026-11-24T01:00:00.000Z',
    by: { kind: 'operator', id: 'o' },
    action,
    from: 'verification',
    to: 'verification',
  }))
const lines = (...actions: HistoryView['action'][]) =>
  shownHistory(history(actions)).map(({ entry, idle }) => [entry.seq, entry.action, idle ?? '-'].join(' '))

test('claims that ran out with nothing done are one line, the latest of them, and what was done stands as it was', () => {
  expect(lines('submit', 'claim', 'approve')).toEqual(['3 approve -', '2 claim -', '1 submit -'])
  expect(lines('submit', 'claim', 'expire', 'claim', 'expire', 'claim')).toEqual([
    '6 claim -',
    '4 claim 2',
    '1 submit -',
  ])
  expect(lines('submit', 'claim', 'expire', 'correct', 'claim', 'expire')).toEqual([
    '5 claim 1',
    '4 correct -',
    '2 claim 1',
    '1 submit -',
  ])
})

test('a claim under which something was done and that ran out then is told in full', () => {
  expect(lines('claim', 'correct', 'expire')).toEqual(['3 expire -', '2 correct -', '1 claim -'])
})
