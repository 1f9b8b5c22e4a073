import { randomUUID } from 'node:crypto'
import { Queue, Worker } from 'bullmq'
import type { JobsOptions } from 'bullmq'
import { Redis } from 'ioredis'
import type { Log } from '../config/log.ts'

export const JOB_KINDS = ['mailbox', 'media', 'look', 'send'] as const
export type JobKind = (typeof JOB_KINDS)[number]

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
  type Hint = { name: string; data: { id: string }; opts: { delay: number } & JobsOptions }
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
      data: { id },
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
  /** Says what has gathered until nothing is left. Never throws. */
  async function say(kind: JobKind): Promise<void> {
    // hints of the same moment go together
    await Promise.resolve()
    while (gathered[kind].size > 0) {
      const hints = [...gathered[kind].values()]
      gathered[kind].clear()
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
    const worker = new Worker<{ id: string }>(
      kind,
      async (job) => {
        const { again } = await work(job.data.id)
        if (again) jobs.hintAt(kind, job.data.id, again)
      },
      // a run that is safe to repeat needs no long lock: a killed worker's job comes back soon
      {
        connection,
        prefix,
        concurrency: concurrency[kind] ?? 1,
        lockDuration: 15_000,
        stalledInterval: 5000,
        maxStalledCount: 1000,
      },
    )
    worker.on('error', (error) => log.warn({ err: error, kind }, 'job worker met an error'))
    worker.on('failed', (_job, error) => log.error({ err: error, kind }, 'job failed; the sweeper repeats it'))
    return [worker]
  })
  return {
    async close() {
      await Promise.allSettled(workers.map((worker) => worker.close()))
      connection.disconnect()
    },
  }
}
