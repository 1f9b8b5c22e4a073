import { expect, test } from 'vitest'
import { readInGroup } from '../../../src/models/store/read-in-group.ts'

/** A store whose answers wait until they are let go. */
function slowStore() {
  const asked: string[][] = []
  const gates: PromiseWithResolvers<void>[] = []
  const read = readInGroup(async (keys) => {
    asked.push([...keys])
    const gate = Promise.withResolvers<void>()
    gates.push(gate)
    await gate.promise
    return new Map(keys.filter((key) => key !== 'missing').map((key) => [key, `${key}/${asked.length}`]))
  })
  const letGo = async (n: number): Promise<void> => {
    await expect.poll(() => gates.length).toBeGreaterThan(n)
    gates[n]?.resolve()
  }
  return { asked, gates, read, letGo }
}

test('what is asked for in one moment is read in one command, each caller getting its own', async () => {
  const { asked, read, letGo } = slowStore()
  const all = Promise.all(['a', 'b', 'missing', 'a'].map(read))
  await letGo(0)
  expect(await all).toEqual(['a/1', 'b/1', undefined, 'a/1'])
  expect(asked).toEqual([['a', 'b', 'missing']])
})

test('what is asked for while a command is on its way is read after it, never before it was asked for', async () => {
  const { asked, read, letGo } = slowStore()
  const first = read('a')
  await expect.poll(() => asked.length).toBe(1)
  const second = Promise.all([read('a'), read('b')])
  await letGo(0)
  expect(await first).toBe('a/1')
  await letGo(1)
  expect(await second).toEqual(['a/2', 'b/2'])
})

test('a command that fails fails those who asked for it, and nobody after them', async () => {
  let fail = true
  const read = readInGroup(async (keys) => {
    if (fail) throw new Error('the store is away')
    return new Map(keys.map((key) => [key, key]))
  })
  const results = await Promise.allSettled([read('a'), read('b')])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  fail = false
  expect(await read('a')).toBe('a')
})
