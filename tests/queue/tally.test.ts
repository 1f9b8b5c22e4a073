import { expect, test } from 'vitest'
import type { StoredEntry } from '../../src/models/mongo/history.ts'
import { tally } from '../../src/queue/tally.ts'

const TODAY = new Date('2026-11-24T02:00:00Z')
const YESTERDAY = new Date('2026-11-23T02:00:00Z')
const today = (at: Date) => at >= new Date('2026-11-24T00:00:00Z')

function entry(action: StoredEntry['action'], transactionId: string, by = 'op-siti', at = TODAY): StoredEntry {
  return { action, transactionId, by: { kind: 'operator', id: by }, at }
}

test('a day holds what the operator decided on it, and nothing of others or of other days', () => {
  const histories = [
    [entry('approve', 'a'), entry('approve', 'b', 'op-rudi')],
    [entry('approve', 'c', 'op-siti', YESTERDAY), entry('return', 'd')],
    [entry('propose_reject', 'e'), entry('claim', 'f')],
  ]
  expect(tally(histories, 'op-siti', today)).toEqual({ done: 2, returned: 1 })
})

test('a decision that was taken back is none, and deciding again is one', () => {
  const history = [entry('return', 'a'), entry('undo', 'a'), entry('approve', 'b')]
  expect(tally([history], 'op-siti', today)).toEqual({ done: 1, returned: 0 })
})
