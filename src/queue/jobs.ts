import { randomUUID } from 'node:crypto'
import { Queue, Worker } from 'bullmq'
import type { JobsOptions } from 'bullmq'
import { Redis } from 'ioredis'
import type { Log } from '../config/log.ts'
import { createLanes } from './lanes.ts'

export const JOB_KINDS = ['mailbox', 'media', 'look', 'send'] as const
export type JobKind = (typeof JOB_KINDS)[number]
/** Chats: whoever works them runs each once at a time by itself, so that one job may name all of a moment. */
const CHATS: ReadonlySet<JobKind> = new Set<JobKind>(['mailbox', 'send'])
/** So many chats a job names at the most. */
const MOST_CHATS = 500

/**
 * Jobs are hints: each names one chat or file that has something to do, and losing one costs only the time until the
 * sweeper says it again. They carry ids, nothing else.
 */
export type Jobs = {
  /** For the board of jobs, which only looks. */
  queues: readonly Queue[]
  /** Work of this kind is done in this process: hints are calls from now on, and Redis hears nothing of them. */
  serve(kind: JobKind, work: (id: string, ms: number) => void): void
  /** Says that `id` has work now, or within `ms`. Never throws and never blocks on a lost Redis. */
  hint(kind: JobKind, id: string, ms?: number): void
  /** `hint`, whatever became of an earlier one: a job that hangs passes for active until it is told lost. */
  remind(kind: JobKind, id: string): void
  /** Says that `id` has work at `at`. */
  hintAt(kind: JobKind, id: string, at: Date): void
  close(): Promise<void>
}

export function createJobs({
  redisUrl,
  prefix,
  now,
  log,
}: {
  redisUrl: string
  prefix: string
  now: () => Date
  log: Log
}): Jobs {
  // a producer that waits for a lost Redis would hold up the inbox: fail fast, the sweeper repeats the hint
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: true, commandTimeout: 5000 })
  connection.on('error', (error) => log.warn({ err: error }, 'redis connection of the job hints failed'))
  const queues = Object.fromEntries(JOB_KINDS.map((kind) => [kind, queueOf(kind)])) as Record<JobKind, Queue>
  function queueOf(kind: JobKind): Queue {
    const queue = new Queue(kind, { connection, prefix, skipWaitingForReady: true })
    queue.on('error', (error) => log.warn({ err: error, kind }, 'queue of job hints met an error'))
    return queue
  }
  type Hint = { name: string; data: { ids: readonly string[] }; opts: { delay: number } & JobsOptions }
  /** What is to be said next, by kind and deduplication id: while a command is on its way, hints gather for the next. */
  const gathered = Object.fromEntries(JOB_KINDS.map((kind) => [kind, new Map<string, Hint>()])) as Record<
    JobKind,
    Map<string, Hint>
  >
  const underway = new Map<JobKind, Promise<void>>()
  // each process has lanes of its own: the job that a killed one was at passes for active until its lock is over, and
  // would keep back what is said by the next
  const self = randomUUID().slice(0, 8)

  function add(kind: JobKind, id: string, lane: 'now' | 'again' | 'later', delay: number): void {
    const name = `${lane}-${self}-${id}`
    const soonest = Math.min(delay, gathered[kind].get(name)?.opts.delay ?? delay)
    gathered[kind].set(name, {
      name: lane,
      data: { ids: [id] },
      opts: {
        delay: soonest,
        removeOnComplete: true,
        removeOnFail: true,
        // one active and one waiting at most: a hint that comes during a run is kept for after it
        deduplication: { id: name, keepLastIfActive: true },
      },
    })
    if (!underway.has(kind)) underway.set(kind, say(kind))
  }
  /** What has gathered, as jobs: chats that have work now go together. */
  function gather(kind: JobKind): Hint[] {
    const hints = [...gathered[kind].values()]
    gathered[kind].clear()
    if (!CHATS.has(kind)) return hints
    const now = hints.filter((hint) => hint.opts.delay === 0).flatMap((hint) => hint.data.ids)
    const later = hints.filter((hint) => hint.opts.delay > 0)
    const opts = { delay: 0, removeOnComplete: true, removeOnFail: true }
    for (let i = 0; i < now.length; i += MOST_CHATS)
      later.push({ name: 'chats', data: { ids: [...new Set(now.slice(i, i + MOST_CHATS))] }, opts })
    return later
  }
  /** Says what has gathered until nothing is left. Never throws. */
  async function say(kind: JobKind): Promise<void> {
    // hints of the same moment go together
    await Promise.resolve()
    while (gathered[kind].size > 0) {
      const hints = gather(kind)
      try {
        await queues[kind].addBulk(hints)
      } catch (error) {
        log.warn({ err: error, kind, hints: hints.length }, 'job hints lost; the sweeper repeats them')
      }
    }
    underway.delete(kind)
  }
  const served: Partial<Record<JobKind, (id: string, ms: number) => void>> = {}
  return {
    queues: Object.values(queues),
    serve(kind, work) {
      served[kind] = work
    },
    hint(kind, id, ms = 0) {
      const own = served[kind]
      if (own) own(id, ms)
      else add(kind, id, 'now', ms)
    },
    remind(kind, id) {
      const own = served[kind]
      if (own) own(id, 0)
      else add(kind, id, 'again', 0)
    },
    hintAt: (kind, id, at) => add(kind, id, 'later', Math.max(1, at.getTime() - now().getTime())),
    async close() {
      // a Redis that is gone would be waited for; what was not said is said by the sweeper
      if (connection.status === 'ready') {
        await Promise.allSettled(underway.values())
        await Promise.allSettled(Object.values(queues).map((queue) => queue.close()))
      }
      connection.disconnect()
    },
  }
}

export type WorkerDeps = {
  redisUrl: string
  prefix: string
  jobs: Jobs
  /** Works one id; `again` says when it has more to do. */
  run: Partial<Record<JobKind, (id: string) => Promise<{ again?: Date }>>>
  /** Jobs of one kind at once; one where it is not said. */
  concurrency: Partial<Record<JobKind, number>>
  log: Log
}

/** Starts a worker for each kind in `run`. `close` lets running jobs end. */
export function startWorkers({ redisUrl, prefix, jobs, run, concurrency, log }: WorkerDeps): {
  close(): Promise<void>
} {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
  connection.on('error', (error) => log.warn({ err: error }, 'redis connection of the workers failed'))
  const workers = JOB_KINDS.flatMap((kind) => {
    const work = run[kind]
    if (!work) return []
    const most = concurrency[kind] ?? 1
    const again = (id: string, at: Date): void => jobs.hintAt(kind, id, at)
    const lanes = CHATS.has(kind) ? createLanes({ work, most, again, log }) : undefined
    const worker = new Worker<{ ids: readonly string[] }>(
      kind,
      async ({ data: { ids } }) => {
        for (const id of ids) {
          if (lanes) lanes.wake(id)
          else {
            const done = await work(id)
            if (done.again) again(id, done.again)
          }
        }
      },
      // a run that is safe to repeat needs no long lock: a killed worker's job comes back soon
      {
        connection,
        prefix,
        concurrency: most,
        lockDuration: 15_000,
        stalledInterval: 5000,
        maxStalledCount: 1000,
      },
    )
    worker.on('error', (error) => log.warn({ err: error, kind }, 'job worker met an error'))
    worker.on('failed', (_job, error) => log.error({ err: error, kind }, 'job failed; the sweeper repeats it'))
    return [
      {
        async close(): Promise<void> {
          await worker.close()
          await lanes?.stop()
        },
      },
    ]
  })
  return {
    async close() {
      await Promise.allSettled(workers.map((worker) => worker.close()))
      connection.disconnect()
    },
  }
}
