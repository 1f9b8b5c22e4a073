import { expect, test, vi } from 'vitest'
import { markLater } from '../../../src/models/store/mark-later.ts'

test('marks of one moment are written together, each once, and are known until they are in the store', async () => {
  vi.useFakeTimers()
  const written: string[][] = []
  const gate = Promise.withResolvers<void>()
  const marks = markLater(200, { warn: () => undefined }, async (ids) => {
    written.push([...ids])
    await gate.promise
  })
  marks.mark('a', 'b')
  marks.mark('a')
  await vi.advanceTimersByTimeAsync(199)
  expect(written).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(written).toEqual([['a', 'b']])
  // another one meanwhile waits for its own moment, and for the command that is on its way
  marks.mark('c')
  expect(['a', 'b', 'c', 'd'].map(marks.has)).toEqual([true, true, true, false])
  gate.resolve()
  await vi.advanceTimersByTimeAsync(200)
  expect(written).toEqual([['a', 'b'], ['c']])
  expect(['a', 'c'].map(marks.has)).toEqual([false, false])
  vi.useRealTimers()
})

test('a flush writes what is noted at once, and marks that are lost are said and hold nothing up', async () => {
  const warned: string[] = []
  let away = true
  const written: string[] = []
  const marks = markLater(60_000, { warn: (_about, message) => void warned.push(message) }, async (ids) => {
    if (away) throw new Error('the store is away')
    written.push(...ids)
  })
  marks.mark('lost')
  await marks.flush()
  away = false
  marks.mark('kept')
  await marks.flush()
  expect([warned.length, written]).toEqual([1, ['kept']])
})
