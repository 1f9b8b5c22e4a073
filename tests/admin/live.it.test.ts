import { expect, test, vi } from 'vitest'
import type { LiveEvent } from '../../src/admin/contract/event.ts'
import { createLive } from '../../src/admin/live.ts'
import { createLog } from '../../src/config/log.ts'
import { testRedis } from '../support/stores.ts'
import { eventually } from '../support/eventually.ts'

async function setUp() {
  const { redis, prefix } = testRedis()
  const log = createLog('silent')
  const [here, there] = await Promise.all([createLive({ redis, prefix, log }), createLive({ redis, prefix, log })])
  const heard: LiveEvent[] = []
  const stop = there.subscribe(({ event }) => heard.push(event))
  return { redis, prefix, here, there, heard, stop }
}

test('an event that one process publishes reaches the consoles of another, in order', async () => {
  const { here, there, heard } = await setUp()
  here.publish({ type: 'pleas' })
  here.publish({ type: 'schools' })
  await eventually(() => expect(heard).toEqual([{ type: 'pleas' }, { type: 'schools' }]))
  here.close()
  there.close()
})

test('what is no event of ours is dropped', async () => {
  const { redis, prefix, here, there, heard } = await setUp()
  await redis.publish(`${prefix}:live`, 'not json')
  await redis.publish(`${prefix}:live`, '{"type":"unknown"}')
  here.publish({ type: 'operators' })
  await eventually(() => expect(heard).toEqual([{ type: 'operators' }]))
  here.close()
  there.close()
})

test('when Redis comes back after a loss every console is told to read again, and misses nothing from then on', async () => {
  const { redis, prefix, here, there, heard } = await setUp()
  there.subscribe(({ event }) => {
    if (event.type === 'resync') here.publish({ type: 'pleas' })
  })
  // only our own: others of the run have theirs on the same Redis
  for (const line of String(await redis.client('LIST', 'TYPE', 'PUBSUB')).split('\n')) {
    const id = / name=(\S+) /.exec(line)?.[1] === prefix && /^id=(\d+) /.exec(line)?.[1]
    if (id) await redis.client('KILL', 'ID', id)
  }
  await vi.waitFor(() => expect(heard).toEqual([{ type: 'resync' }, { type: 'pleas' }]), { timeout: 10_000 })
  here.close()
  there.close()
})

test('who has unsubscribed hears nothing more', async () => {
  const { here, there, heard, stop } = await setUp()
  const others: LiveEvent[] = []
  there.subscribe(({ event }) => others.push(event))
  stop()
  here.publish({ type: 'pleas' })
  await eventually(() => expect(others).toHaveLength(1))
  expect(heard).toEqual([])
  here.close()
  there.close()
})
