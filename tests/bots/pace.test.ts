import { expect, test } from 'vitest'
import { createPace } from '../../src/bots/pace.ts'

const rate = { overall: { perSecond: 10, burst: 4 }, chat: { perSecond: 1, burst: 2 } }

test('a chat may burst, then goes on at its rate', () => {
  let now = 0
  const pace = createPace(rate, () => now)
  expect([pace.take('a'), pace.take('a'), pace.take('a')]).toEqual([0, 0, 1000])
  now = 999
  expect(pace.take('a')).toBe(1)
  now = 1000
  expect(pace.take('a')).toBe(0)
})

test('chats share the overall rate, and a refusal takes nothing', () => {
  let now = 0
  const pace = createPace(rate, () => now)
  expect(['a', 'b', 'c', 'd', 'e', 'f'].map((chat) => pace.take(chat))).toEqual([0, 0, 0, 0, 100, 100])
  now = 100
  expect([pace.take('e'), pace.take('f')]).toEqual([0, 100])
})

test('over any time no more goes than the burst and the rate allow', () => {
  let now = 0
  const pace = createPace(rate, () => now)
  let sent = 0
  for (; now < 60_000; now += 7) if (pace.take(`chat-${now % 50}`) === 0) sent += 1
  expect(sent).toBeGreaterThan(590)
  expect(sent).toBeLessThanOrEqual(604)
})
