import type { Log } from '../config/log.ts'
import type { Database } from '../models/store/connect.ts'
import { createLooks, forgetLook } from '../models/file/looks.ts'
import type { LookOutcome } from '../models/file/looks.ts'
import type { FileDocument } from '../models/file/files.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { Examined } from './assembly.ts'
import type { Blobs } from './blobs.ts'
import { derivedBlobs, pageBlob, proposalBlob } from './derived.ts'
import { MissingPart } from './worker/parts.ts'

/** A killed process holds a file for so long; a living one renews it every third of that. */
const LEASE_MS = 6_000
/** Waits after each failed attempt, in seconds; after the last of them operators look at the file themselves. */
const BACKOFF_SECONDS = [2, 20] as const

/** Looks at one file. Throws where it could not, for whatever reason; then it is tried again, unless a part is missing. */
export type Examine = (file: { bytes: Buffer; mediaType: string }) => Promise<Examined>

/**
 * Looks at stored files, one after another, chats in turn, and keeps what was found: the look sealed in `looks`, renditions and the
 * proposed portrait as sealed blobs. Its states are those of `createLooks`. `onLooked` hears of every file that was
 * looked at, at least once unless killed right then; it must be harmless to repeat, and whoever needs to hear for sure
 * asks the stores.
 */
export function createLooking(needs: {
  database: Database
  sealer: Sealer
  blobs: Pick<Blobs, 'get' | 'put' | 'delete'>
  examine: Examine
  now: () => Date
  log: Log
  /** Called before the file counts as looked at. */
  onLook: (file: FileDocument) => Promise<void>
  onLooked: (file: FileDocument) => Promise<void>
}) {
  const { blobs, log } = needs
  const looks = createLooks(needs)
  let stopping = false
  /** Chats that have files waiting and when each had its last turn, counted up. */
  const served = new Map<string, number>()
  let turns = 0

  /**
   * Looks at one file: chats take turns, so that hundreds of files from one school do not keep another's five beyond
   * the minute in which they are told about.
   */
  async function runNext(): Promise<{ again?: Date }> {
    const waiting = await looks.firstOfChats()
    const chats = new Set(waiting.map(({ chat }) => chat))
    for (const chat of served.keys()) if (!chats.has(chat)) served.delete(chat)
    const turnOf = (chat: string): number => served.get(chat) ?? 0
    // sorting is stable: of those whose turn it is, who has waited longest
    const [next] = waiting.toSorted((a, b) => turnOf(a.chat) - turnOf(b.chat))
    if (!next) return {}
    served.set(next.chat, (turns += 1))
    return run(next.file)
  }

  /** Looks at one file, unless that is done, not due or another process does. `again`: when to come back. */
  async function run(id: string): Promise<{ again?: Date }> {
    const file = await looks.begin(id, LEASE_MS)
    if (!file) return {}
    const attempt = file.lookAttempts ?? 1
    const keepLease = setInterval(() => {
      looks.renew(id, attempt, LEASE_MS).catch((error: unknown) => {
        log.warn({ file: id, err: error }, 'could not keep the lease of a look')
      })
    }, LEASE_MS / 3)
    try {
      // killed after its look was stored: only the rest is left to do
      if (!(await looks.has(id))) {
        const outcome = await look(file)
        if (outcome instanceof Date) return { again: outcome }
        await looks.settle(file, outcome)
      }
    } finally {
      clearInterval(keepLease)
    }
    await needs.onLook(file)
    if (await looks.close(id)) await needs.onLooked(file)
    else await undo(id)
    return {}
  }

  /** The outcome, or when to try again. */
  async function look(file: FileDocument): Promise<LookOutcome | Date> {
    const { _id: id, mediaType, lookAttempts: attempt = 1 } = file
    try {
      const bytes = await blobs.get(id)
      if (!bytes || mediaType === undefined) throw new Error('the file has no bytes')
      const { look: found, renditions, proposal } = await needs.examine({ bytes, mediaType })
      for (const { page, size, jpeg } of renditions) await blobs.put(pageBlob(id, page, size), jpeg)
      if (proposal) await blobs.put(proposalBlob(id), proposal)
      log.info({ file: id, pages: renditions.length / 2, attempts: attempt }, 'looked at')
      const pages = renditions.filter((one) => one.size === 'page').length
      return { state: 'done', look: found, pages, proposal: proposal !== undefined }
    } catch (error) {
      // whoever looked was sent home: that says nothing about the file
      if (stopping) return looks.postpone(id, attempt, 0)
      const wait = error instanceof MissingPart ? undefined : BACKOFF_SECONDS[attempt - 1]
      log.warn({ file: id, attempts: attempt, err: error }, wait === undefined ? 'look given up' : 'look postponed')
      return wait === undefined ? { state: 'failed' } : looks.postpone(id, attempt, wait * 1000)
    }
  }

  /** The purge came first: nothing that was made of the file stays. */
  async function undo(id: string): Promise<void> {
    await forgetLook(needs.database, id)
    for (const blob of derivedBlobs(id)) await blobs.delete(blob)
  }

  return {
    run,
    runNext,
    due: (limit: number) => looks.due(limit),
    /** From now on a look that fails was interrupted. */
    stop(): void {
      stopping = true
    },
  }
}
