import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { createJobs, startWorkers } from '../../src/queue/jobs.ts'
import type { WorkerDeps } from '../../src/queue/jobs.ts'
import { testRedis } from '../support/stores.ts'

const log = createLog('silent')

function jobsAndWorkers(run: WorkerDeps['run']) {
  const { prefix } = testRedis()
  const redisUrl = inject('redisUrl')
  const jobs = createJobs({ redisUrl, prefix, now: () => new Date(), log })
  const concurrency = { mailbox: 10, media: 10, send: 10 }
  const workers = startWorkers({ redisUrl, prefix, jobs, run, concurrency, log })
  onTestFinished(async () => {
    await workers.close()
    await jobs.close()
  })
  return jobs
}

test('many hints of one chat at once are few runs, and none at a time', async () => {
  let runs = 0
  let active = 0
  let most = 0
  const jobs = jobsAndWorkers({
    async mailbox() {
      runs += 1
      most = Math.max(most, ++active)
      await new Promise((resolve) => setImmediate(resolve))
      active -= 1
      return {}
    },
  })
  for (let i = 0; i < 50; i++) jobs.hint('mailbox', 'chat')
  await vi.waitFor(() => expect(runs).toBeGreaterThan(0), 10_000)
  await jobs.close()
  expect(most).toBe(1)
  expect(runs).toBeLessThan(50)
})

test('a hint that comes during a run is run after it', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const runs: string[] = []
  const jobs = jobsAndWorkers({
    async send(id) {
      runs.push(id)
      if (runs.length === 1) await held
      return {}
    },
  })
  jobs.hint('send', 'chat')
  await vi.waitFor(() => expect(runs).toHaveLength(1), 10_000)
  jobs.hint('send', 'chat')
  jobs.hint('send', 'other')
  await vi.waitFor(() => expect(runs).toEqual(['chat', 'other']), 10_000)
  release()
  await vi.waitFor(() => expect(runs).toEqual(['chat', 'other', 'chat']), 10_000)
})

test('a run that names a time comes again then, and a hint before it is not held back', async () => {
  const runs: number[] = []
  const jobs = jobsAndWorkers({
    async mailbox() {
      runs.push(Date.now())
      return runs.length === 1 ? { again: new Date(Date.now() + 400) } : {}
    },
  })
  jobs.hint('mailbox', 'chat')
  await vi.waitFor(() => expect(runs).toHaveLength(1), 10_000)
  jobs.hint('mailbox', 'chat')
  await vi.waitFor(() => expect(runs).toHaveLength(3), 10_000)
  const [first = 0, second = 0, third = 0] = runs
  expect(second - first).toBeLessThan(350)
  expect(third - first).toBeGreaterThanOrEqual(390)
})

test('a hint to a Redis that is gone is lost quietly', async () => {
  const jobs = createJobs({ redisUrl: 'redis://127.0.0.1:1', prefix: 'gone', now: () => new Date(), log })
  jobs.hint('mailbox', 'chat')
  await expect(jobs.close()).resolves.toBeUndefined()
})

test('chats that are hinted in one moment go in one job, each run once; files have a job each', async () => {
  const runs: string[] = []
  const work = (kind: string) => async (id: string) => {
    runs.push(`${kind} ${id}`)
    return {}
  }
  const jobs = jobsAndWorkers({ mailbox: work('mailbox'), media: work('media') })
  const added = vi.spyOn(
    jobs.queues.find((queue) => queue.name === 'mailbox')!,
    'addBulk',
  )
  const names = Array.from({ length: 30 }, (_, i) => `c${i}`)
  for (const id of [...names, ...names]) jobs.hint('mailbox', id)
  for (const id of names) jobs.hint('media', id)
  await vi.waitFor(() => expect(runs).toHaveLength(60), 10_000)
  expect(added.mock.calls.flatMap(([all]) => all)).toHaveLength(1)
  expect(runs.filter((one) => one.startsWith('mailbox')).toSorted()).toEqual(
    names.map((id) => `mailbox ${id}`).toSorted(),
  )
})
