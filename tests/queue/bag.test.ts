import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BAG_TIMING, nextTurn } from '../../src/queue/bag.ts'

const start = new Date('2026-12-07T01:00:00Z')
const after = (ms: number) => new Date(start.getTime() + ms)
const message = (id: string, kind: 'text' | 'files' | 'system', at: number, files = kind === 'files' ? 1 : 0) => ({
  _id: id,
  kind,
  channel: kind === 'system' ? 'system' : 'telegram',
  receivedAt: after(at),
  files,
})
const plan = (waiting: ReturnType<typeof message>[], at: number, ordered = true) =>
  nextTurn(waiting, after(at), BAG_TIMING, () => ordered)

describe('text', () => {
  test('nothing waiting makes no turn', () => {
    expect(plan([], 0)).toBeNull()
  })
  test('closes a turn of its own at once', () => {
    expect(plan([message('a', 'text', 0), message('b', 'text', 0)], 0)).toMatchObject({ close: ['a'] })
  })
  test('waits for the gate where a channel persists out of order', () => {
    expect(plan([message('a', 'text', 0)], 0, false)).toEqual({ wait: after(BAG_TIMING.gate) })
    expect(plan([message('a', 'text', 0)], BAG_TIMING.gate, false)).toMatchObject({ close: ['a'] })
  })
  test('is not held by the gate for ever while more messages come', () => {
    const many = Array.from({ length: 50 }, (_, i) => message(`m${i}`, 'text', i * 50))
    expect(plan(many, 5 * BAG_TIMING.gate, false)).toMatchObject({ close: ['m0'] })
  })
  test('a system event needs no gate', () => {
    expect(plan([message('s', 'system', 0)], 0, false)).toMatchObject({ close: ['s'] })
  })
})

describe('a bag of files', () => {
  test('closes two seconds after its last file', () => {
    const bag = [message('a', 'files', 0), message('b', 'files', 1500)]
    expect(plan(bag, 3499)).toEqual({ wait: after(3500) })
    expect(plan(bag, 3500)).toMatchObject({ close: ['a', 'b'] })
  })
  test('closes twenty seconds after its first file even while more come', () => {
    const bag = Array.from({ length: 15 }, (_, i) => message(`f${i}`, 'files', i * 1500))
    expect(plan(bag, 19_999)).toEqual({ wait: after(20_000) })
    expect(plan(bag, 20_000)).toMatchObject({ close: bag.map((m) => m._id) })
  })
  test('is closed by a text that follows it', () => {
    expect(plan([message('a', 'files', 0), message('b', 'files', 5), message('t', 'text', 9)], 10)).toMatchObject({
      close: ['a', 'b'],
    })
  })
  test('takes at most sixty files, the rest is the next turn', () => {
    const many = Array.from({ length: 61 }, (_, i) => message(`f${i}`, 'files', 0))
    expect(plan(many, 0)).toMatchObject({ close: many.slice(0, 60).map((m) => m._id) })
  })
})

test('whatever waits, the turn is a prefix of it, and some time closes it', () => {
  const waiting = fc.array(
    fc.record({ kind: fc.constantFrom('text' as const, 'files' as const), gap: fc.nat(3000), ordered: fc.boolean() }),
    { minLength: 1, maxLength: 80 },
  )
  fc.assert(
    fc.property(waiting, fc.boolean(), (said, ordered) => {
      let clock = 0
      const rows = said.map(({ kind, gap }, i) => message(`m${i}`, kind, (clock += gap)))
      let now = clock
      for (let tries = 0; tries < 4; tries++) {
        const next = plan(rows, now, ordered)
        expect(next).not.toBeNull()
        if (next && 'close' in next) {
          expect(next.close.length).toBeGreaterThan(0)
          expect(next.close).toEqual(rows.slice(0, next.close.length).map((m) => m._id))
          return
        }
        if (next) now = next.wait.getTime() - start.getTime()
      }
      expect.unreachable('no waiting closed the turn')
    }),
  )
})
