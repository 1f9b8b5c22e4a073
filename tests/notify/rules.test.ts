import { expect, test } from 'vitest'
import { ACTIONS, STAGES, TRANSITIONS } from '../../src/models/application.ts'
import type { Action, Actor, Stage } from '../../src/models/application.ts'
import { RULES, eventOf } from '../../src/notify/rules.ts'

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
