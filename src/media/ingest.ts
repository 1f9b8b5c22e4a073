import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Log } from '../config/log.ts'
import type { SendFailure } from '../models/notice/delivery.ts'
import { guarded } from '../models/store/failpoint.ts'
import type { ChannelName, MediaRef } from '../models/chat/message.ts'
import type { Database } from '../models/store/connect.ts'
import { createFiles } from '../models/file/files.ts'
import type { FileDocument, FileOutcome, Files } from '../models/file/files.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { FileFailure } from '../models/chat/turn.ts'
import type { Blobs } from './blobs.ts'
import { collect, CollectError } from './collect.ts'
import { admitted } from './kind.ts'

/** Telegram gives bots no more; the same for every channel. */
export const FILE_BYTES = 20 * 1024 * 1024
/** No piece of a file for so long: the line is dead, or the platform is. */
const IDLE_MS = 15_000
/** A killed process holds a file for so long; a living one renews it every third of that. */
const LEASE_MS = 5_000
/** Waits after each failed attempt, in seconds. About an hour in all: by then the school is better told. */
const BACKOFF_SECONDS = [1, 4, 15, 60, 180, 600, 900, 900, 900] as const

/** Opens a file at the platform. May throw errors shaped like `ChannelError`; anything else is tried again. */
export type FetchMedia = (channel: ChannelName, media: MediaRef) => Promise<Readable>

/** A message with files, as the inbox has it; each file with the id that it has for good. */
export type FilesMessage = {
  id: string
  chat: string
  channel: ChannelName
  files: readonly { id: string; media: MediaRef; caption?: string }[]
}

export type SettledFile = { id: string; chat: string; message: string } & (
  | { state: 'stored'; mediaType: string; bytes: number }
  | { state: 'failed'; failure: FileFailure }
)

/** Makes the waiting rows of a message; repeating it changes nothing. */
export async function registerFiles(files: Pick<Files, 'register'>, message: FilesMessage): Promise<void> {
  const { id, chat, channel, files: sent } = message
  await Promise.all(sent.map((file) => files.register({ ...file, chat, channel, message: id })))
}

/** What one run came to: `retryAt` when it is to be run again, null when nothing is left to do here. */
export type IngestRun = { settled: SettledFile } | { retryAt: Date | null }

/**
 * Fetches what people send, at once and as it came. `onSettled` hears of every file that was stored or failed for good,
 * at least once, and again after a crash: it must be harmless to repeat. Later verdicts about a stored file are told
 * the same way, as a `system` turn of their own.
 */
export function createIngest(needs: {
  database: Database
  sealer: Sealer
  blobs: Pick<Blobs, 'get' | 'put'>
  fetchMedia: FetchMedia
  now: () => Date
  log: Log
  onSettled: (file: SettledFile) => Promise<void>
  /** Milliseconds without news after which a download is given up. */
  idleMs?: number
  /** Whether stored files are to be looked at. */
  look?: boolean
}) {
  const { sealer, blobs, log } = needs
  const files = createFiles(needs)

  /** Downloads one file, unless it is settled (then `onSettled` hears it again), not due or held by another process. */
  async function run(id: string): Promise<IngestRun> {
    const begun = await files.begin(id, LEASE_MS)
    if (begun) {
      const outcome = await attempt(begun)
      if (outcome instanceof Date) return { retryAt: outcome }
      if (await files.settle(id, outcome, needs.look)) return told({ ...begun, ...outcome })
    }
    // another process has it, or has settled it first: its outcome is the one that stands
    const row = await files.byId(id)
    return row ? told(row) : { retryAt: null }
  }

  async function told(row: FileDocument): Promise<IngestRun> {
    const settled = settledFile(row)
    if (!settled) return { retryAt: row.nextAttemptAt ?? null }
    await needs.onSettled(settled)
    return { settled }
  }

  /** The outcome, or when to try again. */
  async function attempt(file: FileDocument): Promise<FileOutcome | Date> {
    const keepLease = setInterval(() => {
      files.renew(file._id, file.attempts, LEASE_MS).catch((error: unknown) => {
        log.warn({ file: file._id, err: error }, 'could not keep the lease of a download')
      })
    }, LEASE_MS / 3)
    try {
      return await store(file, (await blobs.get(file._id)) ?? (await download(file)))
    } catch (error) {
      const failure = describe(error)
      const wait = BACKOFF_SECONDS[file.failures ?? 0]
      if (failure.final || wait === undefined) {
        log.warn({ file: file._id, failure: failure.code, attempts: file.attempts }, 'file failed')
        return { state: 'failed', failure: failure.final ?? 'download-failed' }
      }
      log.info({ file: file._id, failure: failure.code, attempts: file.attempts, err: error }, 'file postponed')
      return files.postpone(file._id, file.attempts, Math.max(wait * 1000, failure.retryAfterMs))
    } finally {
      clearInterval(keepLease)
    }
  }

  async function download(file: FileDocument): Promise<Buffer> {
    const media = files.mediaRef(file)
    return collect(
      guarded('media.fetch', () => needs.fetchMedia(file.channel, media)),
      { limit: FILE_BYTES, idleMs: needs.idleMs ?? IDLE_MS },
    )
  }

  /** Keeps the bytes as they came; what nobody may keep fails here, before it is on disk. */
  async function store(file: FileDocument, bytes: Buffer): Promise<FileOutcome> {
    const admission = admitted(bytes)
    if ('failure' in admission) return { state: 'failed', failure: admission.failure }
    const mine = await blobs.put(file._id, bytes)
    // an earlier attempt's bytes stand: describe those, not ours
    const kept = mine ? bytes : ((await blobs.get(file._id)) ?? bytes)
    return {
      state: 'stored',
      mediaType: admission.mediaType,
      bytes: kept.length,
      sha256: sealer.lookup('file', createHash('sha256').update(kept).digest('hex')),
      blob: file._id,
    }
  }

  return {
    run,
    /** For the job of that file. */
    async job(id: string): Promise<{ again?: Date }> {
      const outcome = await run(id)
      return 'retryAt' in outcome && outcome.retryAt ? { again: outcome.retryAt } : {}
    },
    /** For the sweeper: ids whose download has been due since before `before`. */
    due: (before: Date, limit: number) => files.due(before, limit),
  }
}

function settledFile(row: FileDocument): SettledFile | undefined {
  const file = { id: row._id, chat: row.chat, message: row.message }
  if (row.state === 'failed' && row.failure) return { ...file, state: 'failed', failure: row.failure }
  if (row.state !== 'stored' || row.mediaType === undefined || row.bytes === undefined) return undefined
  return { ...file, state: 'stored', mediaType: row.mediaType, bytes: row.bytes }
}

/** Channels name their failures (`ChannelError`); by shape, since a leaf does not import another. */
type ChannelFailure = { failure: SendFailure; reason?: unknown; retryAfterMs?: unknown }
function isChannelFailure(error: unknown): error is ChannelFailure {
  return error instanceof Error && error.name === 'ChannelError' && 'failure' in error
}

/** `final` is set where another attempt would end the same way. */
function describe(error: unknown): { code: string; final?: FileFailure; retryAfterMs: number } {
  if (error instanceof CollectError) {
    return error.problem === 'too-big'
      ? { code: 'too-big', final: 'too-big', retryAfterMs: 0 }
      : { code: 'stalled', retryAfterMs: 0 }
  }
  if (!isChannelFailure(error)) return { code: 'unknown', retryAfterMs: 0 }
  if (error.reason === 'too-big') return { code: 'too-big', final: 'too-big', retryAfterMs: 0 }
  const retryAfterMs = typeof error.retryAfterMs === 'number' ? error.retryAfterMs : 0
  return error.failure === 'blocked' || error.failure === 'rejected'
    ? { code: error.failure, final: 'download-failed', retryAfterMs }
    : { code: error.failure, retryAfterMs }
}
