import { describe, expect, test } from 'vitest'
import { STAGES } from '../../src/models/application/application.ts'
import { ACTIONS, TRANSITIONS } from '../../src/models/application/transitions.ts'
import type { Actor, Stage } from '../../src/models/application/application.ts'
import type { Action } from '../../src/models/application/transitions.ts'
import { RULES, eventOf, isOvertaken } from '../../src/notify/rules.ts'
import type { NoticeEvent } from '../../src/notify/rules.ts'

const entry = (action: Action, from: Stage, to: Stage, kind: Actor['kind'] = 'operator') => ({
  action,
  from,
  to,
  by: { kind, id: 'x' },
})

test.each([
  ['return', 'verification', 'returned', 'operator', 'returned'],
  ['return', 'printing', 'returned', 'system', 'returned'],
  ['reject', 'verification', 'rejected', 'operator', 'rejected'],
  ['approve', 'printing', 'ready', 'operator', 'ready'],
  ['approve', 'verification', 'photo', 'operator', undefined],
  ['hand_over', 'ready', 'handed_over', 'operator', 'handed_over'],
  ['correct', 'verification', 'verification', 'operator', 'corrected'],
  ['cancel', 'verification', 'cancelled', 'operator', 'cancelled'],
  ['cancel', 'returned', 'cancelled', 'system', 'expired'],
  ['put_back', 'returned', 'verification', 'operator', 'resumed'],
  ['put_back', 'verification', 'verification', 'operator', undefined],
  ['cancel', 'draft', 'cancelled', 'system', undefined],
  ['misprint', 'ready', 'printing', 'operator', 'reprinted'],
  ['misprint', 'printing', 'printing', 'operator', undefined],
  ['propose_reject', 'verification', 'verification', 'operator', undefined],
] as const)('%s from %s into %s by the %s tells %s', (action, from, to, kind, event) => {
  expect(eventOf(entry(action, from, to, kind))).toBe(event)
})

test("a coordinator's own doings are never announced", () => {
  for (const action of ACTIONS) {
    for (const from of STAGES)
      for (const to of STAGES) expect(eventOf(entry(action, from, to, 'coordinator'))).toBeUndefined()
  }
})

test('every rule fits a legal move', () => {
  for (const { action, into, from } of RULES) {
    const legal = TRANSITIONS.filter((t) => t.action === action && (from === undefined || t.from === from))
    expect(legal.some((t) => into === undefined || t.to.includes(into))).toBe(true)
  }
})

describe('an event that waits to be told', () => {
  const by = { kind: 'operator', id: 'x' } as const
  type Step = readonly [Action, Stage]
  /** The application after these steps, the last of which can be taken back where `undo` says so. */
  function after(steps: readonly Step[], undo = false) {
    const history = steps.map(([action, to]) => ({ at: new Date(0), by, action, to }))
    const stage = steps.at(-1)![1]
    const before = { seq: steps.length, stage: steps.at(-2)?.[1] ?? 'draft', transactionId: 't', by: 'x' }
    return {
      stage,
      seq: steps.length,
      history,
      ...(undo ? { undo: { ...before, until: new Date(0), restore: {} } } : {}),
    }
  }
  const IN: Step[] = [['submit', 'verification']]
  const BACK: Step[] = [...IN, ['return', 'returned']]
  const PRINTED: Step[] = [...IN, ['approve', 'printing'], ['approve', 'ready']]
  const AGAIN: Step[] = [...PRINTED, ['misprint', 'printing']]
  const heardReady = [{ event: 'ready', seq: 3 }]

  test.each<[string, NoticeEvent, number, Step[], { event: string; seq: number }[], boolean]>([
    ['a return that stands', 'returned', 2, BACK, [], false],
    ['a return that the school has put right', 'returned', 2, [...BACK, ['resubmit', 'verification']], [], true],
    [
      'a return that was told, before a crash, and then put right',
      'returned',
      2,
      [...BACK, ['resubmit', 'verification']],
      [{ event: 'returned', seq: 2 }],
      false,
    ],
    ['a return that was given up', 'returned', 2, [...BACK, ['cancel', 'cancelled']], [], true],
    [
      'a return before another one',
      'returned',
      2,
      [...BACK, ['resubmit', 'verification'], ['return', 'returned']],
      [],
      true,
    ],
    ['the reminder of a return that stands', 'remind_returned', 2, BACK, [], false],
    [
      'the reminder of a return before this one',
      'remind_returned',
      2,
      [...BACK, ['put_back', 'verification'], ['return', 'returned']],
      [],
      true,
    ],
    ['a card that is ready', 'ready', 3, PRINTED, [], false],
    ['a card that was handed over', 'ready', 3, [...PRINTED, ['hand_over', 'handed_over']], [], true],
    [
      'a hand-over, for good',
      'handed_over',
      4,
      [...PRINTED, ['hand_over', 'handed_over'], ['receive', 'received']],
      [],
      false,
    ],
    ['a card that is printed again', 'ready', 3, AGAIN, [], true],
    ['the misprint of a card that the school knows of', 'reprinted', 4, AGAIN, heardReady, false],
    ['the misprint of a card that nobody was told of', 'reprinted', 4, AGAIN, [], true],
    ['a misprint that is put right', 'reprinted', 4, [...AGAIN, ['approve', 'ready']], heardReady, true],
    ['the new card where the misprint was not told', 'ready', 5, [...AGAIN, ['approve', 'ready']], heardReady, true],
    [
      'the new card where it was',
      'ready',
      5,
      [...AGAIN, ['approve', 'ready']],
      [...heardReady, { event: 'reprinted', seq: 4 }],
      false,
    ],
  ])('is told where it is news: %s', (_, event, seq, steps, heard, overtaken) => {
    expect(isOvertaken({ event, seq }, after(steps), heard)).toBe(overtaken)
  })

  test('is not overtaken by a decision that may still be taken back', () => {
    const anew: Step[] = [...AGAIN, ['approve', 'ready']]
    expect(isOvertaken({ event: 'reprinted', seq: 4 }, after(anew, true), heardReady)).toBe(false)
    expect(isOvertaken({ event: 'reprinted', seq: 4 }, after(anew), heardReady)).toBe(true)
  })
})
