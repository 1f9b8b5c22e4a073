import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Log } from '../../config/log.ts'
import type { Job, News } from './protocol.ts'
import { createSeat } from './seat.ts'
import type { Seat } from './seat.ts'
import { usageOf } from './usage.ts'
import type { Usage } from './usage.ts'

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url))
const MEBIBYTE = 1024 * 1024

/** Bounds of the child: past one of them it is killed, and a new one takes the next job. */
export type Limits = {
  /** Milliseconds of processor time without a word from it; it tells each page. A busy machine is no hanging file. */
  stepMs: number
  /** Milliseconds of processor time for a job in all. */
  jobMs: number
  /** Milliseconds by the clock without a word. */
  silenceMs: number
  /** Resident memory in bytes. */
  bytes: number
  /** Resident memory between jobs that is not worth keeping: WebAssembly never gives any back. */
  restingBytes: number
  /** Milliseconds without a job after which it ends; the next job waits for a new one, a fraction of a second. */
  idleMs: number
}
export const LIMITS: Limits = {
  stepMs: 30_000,
  jobMs: 180_000,
  silenceMs: 120_000,
  bytes: 900 * MEBIBYTE,
  restingBytes: 700 * MEBIBYTE,
  idleMs: 60_000,
}
const POLL_MS = 100

/** How a job ended: as the child said, or with the child. */
export type Ending = Extract<News, { news: Said }> | { news: 'died'; of: DeathCause }
const SAID = ['done', 'refused', 'missing', 'failed'] as const
type Said = (typeof SAID)[number]
export type DeathCause = 'memory' | 'time' | 'crash'

/**
 * One process for what may hang, swell or crash. It is started with the first job, knows no keys and no addresses, ends
 * with its parent, and is replaced when it dies. One job at a time: callers wait for the ending before the next `run`.
 * Where the machine has room for one only, it waits for its `seat` and gives it up between jobs as others want it.
 */
export function createWorker({ log, limits, seat = createSeat() }: { log: Log; limits: Limits; seat?: Seat }) {
  let child: ChildProcess | undefined
  let idle: NodeJS.Timeout | undefined
  let [busy, closed] = [false, false]
  /** The end of the last child: the next one does not start before it. */
  let ended = Promise.resolve()
  seat.onWanted(() => void (busy ? undefined : stop()))

  /**
   * `onNews` hears what the child tells on the way, in order, and nothing after the ending. Throws only where the machine
   * does not let anybody ask for the seat.
   */
  async function run(job: Job, onNews: (news: News) => void): Promise<Ending> {
    clearTimeout(idle)
    busy = true
    try {
      await ended
      const seated = await seat.take()
      const ending: Ending =
        seated && !closed ? await attend((child ??= start()), job, onNews) : { news: 'died', of: 'crash' }
      if (ending.news === 'died') log.warn({ of: ending.of }, 'media worker died')
      return ending
    } finally {
      busy = false
      await rest()
    }
  }

  function start(): ChildProcess {
    const started = fork(CHILD, [], {
      // arenas of glibc hold half a gigabyte over many pictures, at equal speed
      env: { MALLOC_ARENA_MAX: '2' },
      // it reads models and packages: it has no business with writing, or with programs
      execArgv: ['--permission', '--allow-fs-read=*', '--allow-addons', '--allow-worker', '--max-old-space-size=256'],
      serialization: 'advanced',
      // libraries print there what is wrong with a file, and so what is in it
      stdio: ['ignore', 'ignore', 'ignore', 'ipc', ...seat.held()],
    })
    const gone = () => {
      if (child === started) child = undefined
    }
    started.once('exit', gone)
    started.on('error', (error) => {
      log.warn({ err: error }, 'media worker failed')
      started.kill('SIGKILL')
      gone()
    })
    return started
  }

  function attend(worker: ChildProcess, job: Job, onNews: (news: News) => void): Promise<Ending> {
    return new Promise((resolve) => {
      let cause: DeathCause = 'crash'
      const kill = (of: DeathCause) => {
        cause = of
        worker.kill('SIGKILL')
      }
      const watch = watchUsage(worker, limits, kill)
      const end = (ending: Ending) => {
        watch.stop()
        worker.off('message', hear)
        worker.off('exit', died)
        worker.off('error', died)
        resolve(ending)
      }
      const hear = (message: unknown) => {
        // ours: the child's code is this repository's, and the types are its contract
        const news = message as News
        watch.heard()
        if (isEnding(news)) end(news)
        else onNews(news)
      }
      const died = () => end({ news: 'died', of: cause })
      worker.on('message', hear)
      worker.on('exit', died)
      worker.on('error', died)
      worker.send(job, (error) => (error ? kill('crash') : undefined))
    })
  }

  /** After a job: a swollen child goes at once, and so does one whose seat is wanted; another after a while. */
  async function rest(): Promise<void> {
    const swollen = child && ((await usage(child))?.bytes ?? 0) > limits.restingBytes
    if (!child || swollen || seat.wanted()) await stop()
    else idle = setTimeout(() => void stop(), limits.idleMs).unref()
  }

  /** Ends the process, whatever it does, and leaves its seat to others. */
  function stop(): Promise<void> {
    clearTimeout(idle)
    const one = child
    child = undefined
    ended = ended.then(() => end(one))
    return ended
  }

  async function end(one: ChildProcess | undefined): Promise<void> {
    if (one && one.exitCode === null && one.signalCode === null) {
      const exited = once(one, 'exit')
      one.kill('SIGKILL')
      await exited
    }
    seat.leave()
  }

  /** Ends the process for good; a job that waits for the seat, or comes later, is told as died. */
  function close(): Promise<void> {
    closed = true
    seat.close()
    return stop()
  }

  return { run, close, pid: () => child?.pid }
}

function isEnding(news: News): news is Extract<News, { news: Said }> {
  return SAID.some((said) => said === news.news)
}

/** Looks at what the child takes until it is stopped; calls `exceeded` at most once for each reason it finds. */
function watchUsage(worker: ChildProcess, limits: Limits, exceeded: (of: 'memory' | 'time') => void) {
  const begun = performance.now()
  let heardAt = begun
  /** Processor time at the start of the job and at the last word. */
  let [atBegin, atWord]: (number | undefined)[] = []
  let spoke = false

  async function look(): Promise<void> {
    const now = performance.now()
    const seen = await usage(worker)
    // where the platform does not tell, the clock has to do
    const spent = seen?.processorMs ?? now - begun
    atBegin ??= spent
    if (spoke || atWord === undefined) atWord = spent
    spoke = false
    if (seen && seen.bytes > limits.bytes) exceeded('memory')
    else if (spent - atWord > limits.stepMs || spent - atBegin > limits.jobMs) exceeded('time')
    else if (now - heardAt > limits.silenceMs) exceeded('time')
  }
  const poll = setInterval(() => void look(), POLL_MS)
  return {
    heard(): void {
      heardAt = performance.now()
      spoke = true
    },
    stop: () => clearInterval(poll),
  }
}

async function usage({ pid }: ChildProcess): Promise<Usage | undefined> {
  return pid === undefined ? undefined : usageOf(pid)
}
