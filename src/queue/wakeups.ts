import type { Talk } from '../conversation/talk/talk.ts'
import { eachOf } from '../config/each-of.ts'
import type { Log } from '../config/log.ts'
import type { Inbox } from '../models/chat/inbox.ts'
import type { Turns } from '../models/chat/turns.ts'
import type { LifeSign } from '../models/store/life-sign.ts'
import type { Jobs } from './jobs.ts'

export type WakeupDeps = {
  inbox: Inbox
  turns: Turns
  talk: Pick<Talk, 'wake' | 'resume' | 'forgetIdle'>
  life: Pick<LifeSign, 'self' | 'isAlive'>
  jobs: Jobs
  /** Messages whose files have no rows, and files that are due for a download. */
  registerFiles(message: string): Promise<void>
  dueFiles(before: Date, limit: number): Promise<string[]>
  recheckFiles(files: readonly string[]): Promise<void>
  dueDeliveries(before: Date, limit: number): Promise<string[]>
  now: () => Date
  log: Log
}

/** So long after its time work counts as forgotten: it has a hint of its own. */
const PATIENCE_MS = 1500
const BATCH = 500

/** Takes up again what a crash or a lost Redis may have swallowed. Safe in several processes at once. */
export function createWakeups(deps: WakeupDeps): { run: () => Promise<void> } {
  const { inbox, turns, talk, life, jobs, now, log } = deps
  const forgotten = (): Date => new Date(now().getTime() - PATIENCE_MS)

  async function files(): Promise<void> {
    await eachOf(
      await inbox.unregistered(forgotten(), BATCH),
      { log, what: 'files of a message were not registered', ids: (message) => ({ message }) },
      (message) => deps.registerFiles(message),
    )
    for (const file of await deps.dueFiles(forgotten(), BATCH)) jobs.remind('media', file)
    await deps.recheckFiles(await turns.awaitedFiles(BATCH))
  }
  async function messages(): Promise<void> {
    for (const chat of await inbox.forgottenChats(forgotten(), BATCH)) void talk.wake(chat)
  }
  async function unfinished(): Promise<void> {
    for (const { _id, chat, by, latest } of await turns.overdue(BATCH)) {
      if (!latest) turns.done(_id)
      else if (by === undefined || by === life.self || !(await life.isAlive(by))) void talk.resume(chat)
    }
  }
  async function sends(): Promise<void> {
    for (const chat of new Set(await deps.dueDeliveries(forgotten(), BATCH))) jobs.remind('send', chat)
  }

  return {
    async run() {
      const step = { log, what: 'a step of the sweeper failed', ids: ({ name }: { name: string }) => ({ step: name }) }
      await eachOf([files, messages, unfinished, sends], step, (work) => work())
      talk.forgetIdle()
    },
  }
}
