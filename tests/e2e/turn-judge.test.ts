import { expect, test } from 'vitest'
import { judge } from './support/turn-judge.ts'
import type { JudgedRows, Talk } from './support/turn-judge.ts'

// the crash runs let it judge what they leave behind; here the judge itself is tried

/** A person who said a name and asked for a ticket, and heard of both; the store as it should be then. */
function good() {
  const said = [
    { order: 1, token: 'Anak Baci' },
    { order: 2, token: 'Q1002-2' },
  ]
  const shown = [
    { token: 'Anak Baci', about: 'Anak Baci' },
    { token: 'Q1002-2', about: 'Anak Baci' },
  ]
  const person: Talk = { chat: 7, said, shown }
  const rows: JudgedRows = {
    inbox: [
      { _id: 'a', order: 1 },
      { _id: 'b', order: 2 },
    ],
    turns: [
      { _id: 'c.1', chat: 'c', n: 1, messages: ['a'] },
      { _id: 'c.2', chat: 'c', n: 2, messages: ['b'] },
    ],
    deliveries: [
      { _id: 'c.1/1', chat: 'c', n: 1, state: 'sent', interrupted: 0 },
      { _id: 'c.2/0', chat: 'c', n: 2, state: 'sent', interrupted: 0 },
    ],
  }
  return { person, rows }
}

test('a run in which all went well has no complaint', () => {
  const { person, rows } = good()
  expect(judge([person], rows)).toEqual({
    acknowledged: 2,
    turns: 2,
    replies: 2,
    shownTwice: 0,
    interrupted: 0,
    swapped: 0,
    lost: [],
    doubled: [],
    wrong: [],
  })
})

test('a message that is not stored, in no turn, or without a reply is lost', () => {
  const { person, rows } = good()
  const { inbox, turns, deliveries } = rows
  expect(judge([person], { ...rows, inbox: inbox.slice(0, 1) }).lost).toEqual([
    'chat 7, update 2: acknowledged and not stored',
  ])
  expect(judge([person], { ...rows, turns: turns.slice(0, 1) }).lost).toEqual(['chat 7, update 2: in no turn'])
  expect(judge([person], { ...rows, deliveries: deliveries.slice(0, 1) }).lost).toEqual([
    'chat 7, update 2: no reply of its turn',
  ])
  expect(judge([{ ...person, shown: person.shown.slice(0, 1) }], rows).lost).toEqual([
    'chat 7: the reply of turn 2 was not shown',
  ])
})

test('a message that is stored twice, in two turns, or has two replies is doubled', () => {
  const { person, rows } = good()
  const { inbox, turns, deliveries } = rows
  expect(judge([person], { ...rows, inbox: [...inbox, { _id: 'd', order: 2 }] }).doubled).toEqual([
    '3 messages are stored of 2',
    'chat 7, update 2: stored 2 times',
  ])
  const twice = [...turns, { _id: 'c.3', chat: 'c', n: 3, messages: ['b'] }]
  expect(judge([person], { ...rows, turns: twice }).doubled).toEqual(['chat 7, update 2: in 2 turns'])
  const more = [...deliveries, { _id: 'c.2/1', chat: 'c', n: 3, state: 'sent' }]
  expect(judge([person], { ...rows, deliveries: more }).doubled).toEqual(['chat 7, update 2: 2 replies were decided'])
})

test('a reply that is shown twice is only right where its sending counts as interrupted', () => {
  const { person, rows } = good()
  const again = { ...person, shown: [...person.shown, person.shown[1]!] }
  expect(judge([again], rows).doubled).toEqual(['chat 7: the reply of turn 2 was shown 2 times, and not counted'])
  const [first, second] = rows.deliveries
  const counted = judge([again], { ...rows, deliveries: [first!, { ...second!, interrupted: 1 }] })
  expect(counted).toMatchObject({ doubled: [], shownTwice: 1, interrupted: 1 })
})

test('a gap in the numbers, an order that was not decided, and a state from before are wrong', () => {
  const { person, rows } = good()
  const { turns, deliveries } = rows
  expect(judge([person], { ...rows, turns: [turns[0]!, { ...turns[1]!, n: 3 }] }).wrong).toEqual([
    'chat c: its turns have a gap or a double',
  ])
  expect(judge([{ ...person, shown: person.shown.toReversed() }], rows).wrong).toEqual([
    'chat 7: its replies came in another order than they were decided in',
  ])
  const renumbered = [deliveries[0]!, { ...deliveries[1]!, n: 0 }]
  expect(judge([person], { ...rows, deliveries: renumbered }).wrong).toEqual([
    'chat 7: its replies are numbered in another order than its turns',
  ])
  const stale = [person.shown[0]!, { token: 'Q1002-2', about: 'Murid Rekaan' }]
  expect(judge([{ ...person, shown: stale }], rows).wrong).toEqual([
    'chat 7: turn 2 was decided about another pupil than the turn before it left',
  ])
})

test('a line that was taken before one that was posted earlier is counted, and no fault', () => {
  const { person, rows } = good()
  const [first, second] = rows.turns
  const turns = [
    { ...first!, messages: ['b'] },
    { ...second!, messages: ['a'] },
  ]
  const shown = [{ token: 'Q1002-2', about: 'Murid Rekaan' }, person.shown[0]!]
  expect(judge([{ ...person, shown }], { ...rows, turns })).toMatchObject({
    swapped: 1,
    lost: [],
    doubled: [],
    wrong: [],
  })
})
