import { eachOf } from '../config/each-of.ts'
import type { Log } from '../config/log.ts'
import type { Inbox } from '../models/chat/inbox.ts'
import type { Turns } from '../models/chat/turns.ts'
import type { Jobs } from './jobs.ts'

export type WakeupDeps = {
  inbox: Inbox
  turns: Turns
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

/** Says again every hint that a crash or a lost Redis may have swallowed. Safe in several processes at once. */
export function createWakeups(deps: WakeupDeps): { run: () => Promise<void> } {
  const { inbox, turns, jobs, now, log } = deps
  return {
    async run() {
      const before = new Date(now().getTime() - PATIENCE_MS)
      await eachOf(
        await inbox.unregistered(before, BATCH),
        { log, what: 'files of a message were not registered', ids: (message) => ({ message }) },
        (message) => deps.registerFiles(message),
      )
      for (const file of await deps.dueFiles(before, BATCH)) jobs.remind('media', file)
      await eachOf(
        await turns.awaitedFiles(BATCH),
        { log, what: 'a chat was not told of a file', ids: (file) => ({ file }) },
        (file) => deps.recheckFiles([file]),
      )
      const chats = [...(await inbox.forgottenChats(before, BATCH)), ...(await turns.unfinishedChats(before, BATCH))]
      for (const chat of new Set(chats)) jobs.remind('mailbox', chat)
      for (const chat of new Set(await deps.dueDeliveries(before, BATCH))) jobs.remind('send', chat)
    },
  }
}
