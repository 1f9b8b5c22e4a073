import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BAG_TIMING, nextTurn } from '../../../src/conversation/talk/bag.ts'

const start = new Date('2026-12-07T01:00:00Z')
const after = (ms: number) => new Date(start.getTime() + ms)
const message = (id: string, kind: 'text' | 'files' | 'system', at: number, files = kind === 'files' ? 1 : 0) => ({
  _id: id,
  kind,
  receivedAt: after(at),
  files,
})
/** What the next turn is made of, by id. */
function plan(waiting: (ReturnType<typeof message> & { retryAt?: Date })[], at: number) {
  const next = nextTurn(waiting, after(at), BAG_TIMING)
  return next && 'close' in next ? { ...next, close: next.close.map((one) => one._id) } : next
}

describe('text', () => {
  test('nothing waiting makes no turn', () => {
    expect(plan([], 0)).toBeNull()
  })
  test('closes a turn of its own at once', () => {
    expect(plan([message('a', 'text', 0), message('b', 'text', 0)], 0)).toMatchObject({ close: ['a'] })
  })
  test('that could not be decided waits for its time, and what is behind it waits too', () => {
    const failed = { ...message('a', 'text', 0), retryAt: after(500) }
    expect(plan([failed, message('b', 'text', 0)], 499)).toEqual({ wait: after(500) })
    expect(plan([failed, message('b', 'text', 0)], 500)).toMatchObject({ close: ['a'] })
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
  const waiting = fc.array(fc.record({ kind: fc.constantFrom('text' as const, 'files' as const), gap: fc.nat(3000) }), {
    minLength: 1,
    maxLength: 80,
  })
  fc.assert(
    fc.property(waiting, (said) => {
      let clock = 0
      const rows = said.map(({ kind, gap }, i) => message(`m${i}`, kind, (clock += gap)))
      let now = clock
      for (let tries = 0; tries < 4; tries++) {
        const next = plan(rows, now)
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
