import { expect, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { createLanes } from '../../src/queue/lanes.ts'

/** Lanes whose runs end when they are let go. */
function lanes(most: number) {
  const begun: string[] = []
  const gates = new Map<string, PromiseWithResolvers<{ again?: Date }>>()
  const later: string[] = []
  const made = createLanes({
    work(id) {
      begun.push(id)
      const gate = Promise.withResolvers<{ again?: Date }>()
      gates.set(id, gate)
      return gate.promise
    },
    most,
    again: (id, at) => void later.push(`${id} ${at.toISOString()}`),
    log: createLog('silent'),
  })
  return { ...made, begun, later, gates }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('an id has one run at a time, and what is asked for during a run is one run after it', async () => {
  const { wake, begun, gates } = lanes(10)
  for (const id of ['a', 'b', 'a', 'a']) wake(id)
  expect(begun).toEqual(['a', 'b'])
  gates.get('a')?.resolve({})
  await settled()
  expect(begun).toEqual(['a', 'b', 'a'])
})

test('so many run at once, the others in their order after them', async () => {
  const { wake, begun, gates } = lanes(2)
  for (const id of ['a', 'b', 'c', 'd']) wake(id)
  expect(begun).toEqual(['a', 'b'])
  gates.get('b')?.reject(new Error('it failed'))
  await settled()
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('who hears when there is more to do is told, and a stop lets what runs end and begins nothing', async () => {
  const { wake, stop, begun, later, gates } = lanes(1)
  wake('a')
  wake('b')
  const stopped = stop()
  gates.get('a')?.resolve({ again: new Date('2026-12-07T01:00:00Z') })
  await stopped
  expect([begun, later]).toEqual([['a'], ['a 2026-12-07T01:00:00.000Z']])
})
