import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { createBlobs } from '../../src/media/blobs.ts'
import { createIngest, registerFiles } from '../../src/media/ingest.ts'
import type { FetchMedia, SettledFile } from '../../src/media/ingest.ts'
import type { MediaRef } from '../../src/models/chat/message.ts'
import { createFiles } from '../../src/models/file/files.ts'
import { testDatabase, testSealer } from '../support/stores.ts'

export type IngestWorld = Awaited<ReturnType<typeof ingestWorld>>

/** Stores, blobs, a clock that is moved by hand, and what the ingest said. */
export async function ingestWorld() {
  const database = await testDatabase()
  const sealer = testSealer()
  const root = await mkdtemp(join(tmpdir(), 'ingest-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  let clock = Date.parse('2026-11-24T01:00:00Z')
  const now = () => new Date(clock)
  const blobs = createBlobs({ root, sealer, now })
  const settled: SettledFile[] = []
  const lines: string[] = []
  const log = createLog('debug', { write: (line) => void lines.push(line) })
  const onSettled = (file: SettledFile) => Promise.resolve(void settled.push(file))

  return {
    database,
    root,
    now,
    blobs,
    files: createFiles({ database, sealer, now }),
    settled,
    lines,
    ingestOf: (fetchMedia: FetchMedia, idleMs = 5_000) =>
      createIngest({ database, sealer, blobs, fetchMedia, now, log, onSettled, idleMs }),
    wait: (ms: number) => void (clock += ms),
  }
}

/** A platform that has these files under the refs 0, 1, 2 … */
export function serving(...contents: readonly Buffer[]): FetchMedia {
  return (_, media) => Promise.resolve(Readable.from(contents[Number(media.ref)] ?? Buffer.alloc(0)))
}

/** A message with as many files; the first has the caption. */
export function message(count: number, more: Partial<MediaRef> & { caption?: string } = {}, id = 'inboxinboxinbox') {
  const { caption, ...media } = more
  const files = Array.from({ length: count }, (_, i) => ({
    id: `${id}-${i}`,
    media: { kind: 'document' as const, ref: String(i), ...media },
    ...(i === 0 && caption !== undefined && { caption }),
  }))
  return { id, chat: 'chat-a', channel: 'telegram' as const, files }
}
/** Registers the message and gives back the ids of its files. */
export async function registered(
  { files }: Pick<IngestWorld, 'files'>,
  sent: ReturnType<typeof message>,
): Promise<string[]> {
  await registerFiles(files, sent)
  return sent.files.map((file) => file.id)
}
