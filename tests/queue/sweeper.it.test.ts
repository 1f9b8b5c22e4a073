import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { applications } from '../../src/models/application/kept.ts'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import { createSweeper } from '../../src/queue/sweeper.ts'
import { createWakeups } from '../../src/queue/wakeups.ts'
import type { WakeupDeps } from '../../src/queue/wakeups.ts'
import { SCHOOL_A, createWorld, submission, worker } from './world.ts'

const log = createLog('silent')

test('one application that cannot be swept, or a part that fails, keeps no other from being swept', async () => {
  const world = await createWorld()
  const { database, queue, office, now } = world
  for (let i = 0; i < 3; i++) await queue.submissions.submit(submission(SCHOOL_A))
  for (const name of ['siti', 'budi', 'ani']) await queue.claims.take({ operator: worker(name, 'verifikator') })
  world.pass(office.claims.leaseSeconds * 1000)
  let failing = 1
  armFailpoints((name, moment) => {
    if (name === 'application.expire' && moment === 'before' && failing-- > 0) throw new Error('a write that fails')
  })
  onTestFinished(() => armFailpoints(undefined))
  const sweeper = createSweeper({
    database,
    queue: {
      places: { repair: () => Promise.resolve(), sweep: () => Promise.reject(new Error('a flow that is broken')) },
      batches: queue.batches,
    },
    now,
    log,
  })
  const queued = () => applications(database).countDocuments({ state: 'queued' })
  await sweeper.round()
  expect(await queued()).toBe(2)
  // and it comes again with the next round
  await sweeper.round()
  expect(await queued()).toBe(3)
})

test('one message whose files cannot be registered keeps no other from being said again', async () => {
  const registered: string[] = []
  const reminded: string[] = []
  const deps: Partial<Record<keyof WakeupDeps, unknown>> = {
    inbox: { unregistered: async () => ['broken', 'whole'], forgottenChats: async () => ['chat'] },
    turns: { awaitedFiles: async () => ['unknown', 'known'], unfinishedChats: async () => [] },
    jobs: { remind: (_: string, id: string) => void reminded.push(id) },
    async registerFiles(message: string) {
      if (message === 'broken') throw new Error('no such message')
      registered.push(message)
    },
    async recheckFiles([file]: string[]) {
      if (file === 'unknown') throw new Error('no such file')
      registered.push(file ?? '')
    },
    dueFiles: async () => [],
    dueDeliveries: async () => [],
    now: () => new Date(),
    log,
  }
  await createWakeups(deps as WakeupDeps).run()
  expect([registered, reminded]).toEqual([['whole', 'known'], ['chat']])
})
