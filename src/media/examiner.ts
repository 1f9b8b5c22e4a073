import type { PortraitRules } from '../config/portrait-schema.ts'
import type { Log } from '../config/log.ts'
import type { LookRefusal, PortraitEdit } from '../models/file/look.ts'
import { MEDIA_PARTS } from '../models/file/media-part.ts'
import type { MediaPart } from '../models/file/media-part.ts'
import { Refusal } from '../models/store/errors.ts'
import { createAssembly } from './assembly.ts'
import type { Examined } from './assembly.ts'
import { MissingPart } from './worker/parts.ts'
import type { Job, News } from './worker/protocol.ts'
import type { Seat } from './worker/seat.ts'
import { createTurns } from './worker/turns.ts'
import { createWorker, LIMITS } from './worker/worker.ts'
import type { Ending, Limits } from './worker/worker.ts'

/** Tries with looking before pages are only drawn; a process may be killed from outside as well, and that is not the file. */
const TRIES = { died: 1, crashed: 2 } as const

export type Examiner = ReturnType<typeof createExaminer>

/**
 * Looks at files in a process of its own, one at a time, in the order they come; portraits that an operator waits for go
 * first. A file that kills the process is drawn without looking, and is refused only where that kills it again.
 */
export function createExaminer({
  log,
  portrait,
  limits = LIMITS,
  seat,
}: {
  log: Log
  portrait: PortraitRules
  limits?: Limits
  seat?: Seat
}) {
  const worker = createWorker({ log, limits, ...(seat && { seat }) })
  const inTurn = createTurns()
  let closed = false

  async function run(job: Job, onNews: (news: News) => void): Promise<Ending> {
    if (closed) throw new Error('the examiner is closed')
    const ending = await worker.run(job, (news) => {
      if (news.news === 'fault') log.warn({ fault: news.fault }, 'a part of looking failed')
      else onNews(news)
    })
    // a closing examiner kills its worker: that says nothing about the file
    if (closed) throw new Error('the examiner is closed')
    if (ending.news === 'failed') log.warn({ fault: ending.fault }, 'looking failed')
    return ending
  }

  /**
   * Whatever is wrong with the file is in its look. Throws `MissingPart` where what it takes is not installed here, else
   * only when the examiner is closed meanwhile.
   */
  function examine({ bytes, mediaType }: { bytes: Uint8Array; mediaType: string }): Promise<Examined> {
    return inTurn('later', async () => {
      const assembly = createAssembly()
      let [deaths, crashes] = [0, 0]
      for (;;) {
        const look = deaths < TRIES.died && crashes < TRIES.crashed
        const job = { kind: 'examine', bytes, mediaType, from: assembly.next(), look, portrait } as const
        const ending = await run(job, (news) => {
          if (news.news === 'opened') assembly.opened(news.total)
          else if (news.news === 'page') assembly.add(news)
        })
        if (ending.news === 'missing') throw new MissingPart(ending.part)
        if (ending.news !== 'died') return assembly.examined(ending.news === 'refused' ? ending.refusal : 'broken')
        if (!look) return assembly.examined(ending.of === 'crash' ? 'broken' : 'too-large')
        if (ending.of === 'crash') crashes += 1
        else deaths += 1
      }
    })
  }

  /**
   * The portrait by an edit, at the office's size and kilobytes. Throws Refusal `invalid` with `problem` where the file
   * cannot be opened or drawn.
   */
  function render(of: { bytes: Uint8Array; mediaType: string; edit: PortraitEdit }): Promise<Uint8Array> {
    return inTurn('next', async () => {
      let jpeg: Uint8Array | undefined
      const ending = await run({ kind: 'portrait', ...of, rules: portrait }, (news) => {
        if (news.news === 'portrait') jpeg = news.jpeg
      })
      if (jpeg) return jpeg
      if (ending.news === 'missing') {
        throw new Refusal('invalid', 'portraits are not drawn here', { problem: 'not-drawn' })
      }
      const problem: LookRefusal = ending.news === 'refused' ? ending.refusal : 'broken'
      throw new Refusal('invalid', 'the portrait cannot be drawn', { problem })
    })
  }

  /** Which parts do not load on this platform: all of them where loading them kills the process each time. */
  async function probe(): Promise<readonly MediaPart[]> {
    let found: readonly MediaPart[] | undefined
    for (let tries = 0; tries < TRIES.crashed && !found; tries++) {
      await inTurn('next', () =>
        run({ kind: 'probe' }, (news) => {
          if (news.news === 'parts') found = news.missing
        }),
      )
    }
    const missing = found ?? MEDIA_PARTS
    if (missing.length > 0) log.warn({ missing }, 'parts of looking are missing: operators look instead')
    return missing
  }

  async function close(): Promise<void> {
    closed = true
    await worker.close()
  }

  return {
    examine,
    render,
    probe,
    /** Of the worker, while there is one. */
    pid: () => worker.pid(),
    close,
  }
}
