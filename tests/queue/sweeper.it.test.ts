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
      claims: queue.claims,
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
  // consoles hear of it as of what a person does
  const ended = world.events.filter(({ action, state }) => action === 'expire' && state === 'queued')
  expect(ended).toHaveLength(3)
})

/** Wakeups over stores that have this to tell, and whom they called. */
function wakeups(stores: Partial<Record<keyof WakeupDeps, unknown>>) {
  const called: string[] = []
  const note = (what: string) => (id: string) => void called.push(`${what} ${id}`)
  const deps: Partial<Record<keyof WakeupDeps, unknown>> = {
    inbox: { unregistered: async () => [], forgottenChats: async () => [] },
    turns: { awaitedFiles: async () => [], overdue: async () => [], done: note('done') },
    talk: { wake: note('wake'), resume: note('resume'), forgetIdle: () => undefined },
    life: { self: 'me', isAlive: async (other: string) => other === 'alive' },
    jobs: { remind: (kind: string, id: string) => note(kind)(id) },
    registerFiles: async () => undefined,
    recheckFiles: async () => undefined,
    dueFiles: async () => [],
    dueDeliveries: async () => [],
    now: () => new Date(),
    log,
    ...stores,
  }
  return { called, run: createWakeups(deps as WakeupDeps).run }
}

test('one message whose files cannot be registered keeps no other from being said again', async () => {
  const registered: string[] = []
  const { called, run } = wakeups({
    inbox: { unregistered: async () => ['broken', 'whole'], forgottenChats: async () => ['chat'] },
    async registerFiles(message: string) {
      if (message === 'broken') throw new Error('no such message')
      registered.push(message)
    },
    dueDeliveries: async () => ['a', 'b', 'a'],
  })
  await run()
  expect([registered, called]).toEqual([['whole'], ['wake chat', 'send a', 'send b']])
})

test('a turn that is not done is left to the process that is at it, taken over from one that is gone, and marked where others follow it', async () => {
  const row = (chat: string, by: string | undefined, latest = true) => ({ _id: `${chat}.1`, chat, by, latest })
  const { called, run } = wakeups({
    turns: {
      awaitedFiles: async () => [],
      overdue: async () => [
        row('at-work', 'alive'),
        row('left', 'gone'),
        row('mine', 'me'),
        row('bag', undefined),
        row('passed', 'alive', false),
      ],
      done: (turn: string) => void called.push(`done ${turn}`),
    },
  })
  await run()
  expect(called).toEqual(['resume left', 'resume mine', 'resume bag', 'done passed.1'])
})
