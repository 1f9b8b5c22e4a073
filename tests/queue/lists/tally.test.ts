import { expect, test } from 'vitest'
import type { StoredEntry } from '../../../src/models/application/history.ts'
import { tally } from '../../../src/queue/lists/tally.ts'
import type { Told } from '../../../src/queue/lists/tally.ts'

const TODAY = new Date('2026-11-24T02:00:00Z')
const YESTERDAY = new Date('2026-11-23T02:00:00Z')
const today = (at: Date) => at >= new Date('2026-11-24T00:00:00Z')

const told = (...histories: readonly StoredEntry[][]): Told[] =>
  histories.map((history, i) => ({ _id: `a${i}`, ticket: `B41${i}-6`, history }))
function entry(action: StoredEntry['action'], transactionId: string, by = 'op-siti', at = TODAY): StoredEntry {
  return { action, transactionId, by: { kind: 'operator', id: by }, at }
}

test('a day holds what the operator decided on it, and nothing of others or of other days', () => {
  const all = told(
    [entry('approve', 'a'), entry('approve', 'b', 'op-rudi')],
    [entry('approve', 'c', 'op-siti', YESTERDAY), entry('return', 'd')],
    [entry('propose_reject', 'e'), entry('claim', 'f')],
  )
  expect(tally(all, 'op-siti', today)).toMatchObject({ done: 2, returned: 1 })
})

test('a decision that was taken back is none, and deciding again is one', () => {
  const history = [entry('return', 'a'), entry('undo', 'a'), entry('approve', 'b')]
  expect(tally(told(history), 'op-siti', today)).toMatchObject({ done: 1, returned: 0 })
})

test('the latest decision says where it led, unless it was taken back', () => {
  const later = new Date(TODAY.getTime() + 60_000)
  const all = told(
    [{ ...entry('approve', 'a'), to: 'photo' }],
    [{ ...entry('return', 'b', 'op-siti', later), to: 'returned' }, entry('undo', 'b')],
  )
  const latest = { id: 'a0', ticket: 'B410-6', action: 'approve', to: 'photo', at: TODAY }
  expect(tally(all, 'op-siti', today)).toEqual({ done: 1, returned: 0, latest })
  expect(tally([], 'op-siti', today)).toEqual({ done: 0, returned: 0 })
})
