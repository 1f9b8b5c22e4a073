import { expect, test } from 'vitest'
import { createTurns } from '../../src/media/worker/turns.ts'

test('one piece of work at a time, and what an operator waits for goes before what waits for its turn', async () => {
  const inTurn = createTurns()
  const order: string[] = []
  let running = 0
  const work = (name: string) => async () => {
    running += 1
    expect(running).toBe(1)
    await Promise.resolve()
    order.push(name)
    running -= 1
  }
  await Promise.all([
    inTurn('later', work('first file')),
    inTurn('later', work('second file')),
    inTurn('later', work('third file')),
    inTurn('next', work('portrait')),
  ])
  expect(order).toEqual(['first file', 'portrait', 'second file', 'third file'])
})

test('work that fails tells its own caller only', async () => {
  const inTurn = createTurns()
  const failed = inTurn('later', () => Promise.reject(new Error('broken')))
  const done = inTurn('later', () => Promise.resolve('done'))
  await expect(failed).rejects.toThrow('broken')
  expect(await done).toBe('done')
  expect(await inTurn('later', () => Promise.resolve('again'))).toBe('again')
})
