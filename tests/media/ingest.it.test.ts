import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { mongo } from 'mongoose'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { ChannelError } from '../../src/bots/channel.ts'
import { createLog } from '../../src/config/log.ts'
import { createBlobs } from '../../src/media/blobs.ts'
import type { Blobs } from '../../src/media/blobs.ts'
import { createIngest, FILE_BYTES } from '../../src/media/ingest.ts'
import type { FetchMedia, Ingest, SettledFile } from '../../src/media/ingest.ts'
import { armFailpoints } from '../../src/models/failpoint.ts'
import type { MediaRef } from '../../src/models/message.ts'
import type { Database } from '../../src/models/mongo/connect.ts'
import { createFiles, fileModel } from '../../src/models/mongo/files.ts'
import type { Files } from '../../src/models/mongo/files.ts'
import type { Sealer } from '../../src/models/sealing.ts'
import { testDatabase, testSealer } from '../support/stores.ts'
import { gifFile, isoFile, pdfFile, phonePicture, plainPicture, svgFile, zipFile } from './pictures.ts'

let database: Database
let sealer: Sealer
let root: string
let blobs: Blobs
let files: Files
let settled: SettledFile[]
let lines: string[]
let clock: number
const now = () => new Date(clock)

beforeEach(async () => {
  database = await testDatabase()
  await fileModel(database).createIndexes()
  sealer = testSealer()
  root = await mkdtemp(join(tmpdir(), 'ingest-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  clock = Date.parse('2026-11-24T01:00:00Z')
  blobs = createBlobs({ root, sealer, now })
  files = createFiles({ database, sealer, now })
  settled = []
  lines = []
})
afterEach(() => armFailpoints(undefined))

function ingestOf(fetchMedia: FetchMedia, idleMs = 5_000): Ingest {
  const log = createLog('debug', { write: (line) => void lines.push(line) })
  const onSettled = (file: SettledFile) => Promise.resolve(void settled.push(file))
  return createIngest({ database, sealer, blobs, fetchMedia, now, log, onSettled, idleMs })
}
const serving = (...contents: readonly Buffer[]): FetchMedia => {
  return (_, media) => Promise.resolve(Readable.from(contents[Number(media.ref)] ?? Buffer.alloc(0)))
}
/** A message with as many files; the first has the caption. */
function message(count: number, more: Partial<MediaRef> & { caption?: string } = {}, id = 'inboxinboxinbox') {
  const { caption, ...media } = more
  const files = Array.from({ length: count }, (_, i) => ({
    id: `${id}-${i}`,
    media: { kind: 'document' as const, ref: String(i), ...media },
    ...(i === 0 && caption !== undefined && { caption }),
  }))
  return { id, chat: 'chat-a', channel: 'telegram' as const, files }
}
/** Registers the message and gives back the ids of its files. */
async function registered(ingest: Ingest, sent: ReturnType<typeof message>): Promise<string[]> {
  await ingest.register(sent)
  return sent.files.map((file) => file.id)
}

describe('registering', () => {
  test('makes one waiting row for each file, however often it is done', async () => {
    const ingest = ingestOf(serving())
    const ids = await registered(ingest, message(3))
    await ingest.register(message(3))
    expect(await fileModel(database).countDocuments()).toBe(3)
    expect((await ingest.due(10)).sort()).toEqual(ids)
  })

  test('a message that comes again never makes a stored file wait again', async () => {
    const ingest = ingestOf(serving(pdfFile))
    const [id] = await registered(ingest, message(1))
    await ingest.run(id!)
    await ingest.register(message(1))
    expect((await files.byId(id!))?.state).toBe('stored')
    expect(await ingest.due(10)).toEqual([])
  })

  test('the conversation sees name, caption and state, in the order it asks for', async () => {
    const ingest = ingestOf(serving(pdfFile, gifFile))
    const ids = await registered(ingest, message(2, { name: 'akta Rekaan.pdf', caption: 'berkas Anak Rekaan' }))
    await Promise.all(ids.map((id) => ingest.run(id)))
    expect(await files.asTurnFiles([ids[1]!, 'unknown-file', ids[0]!])).toEqual([
      { id: ids[1], name: 'akta Rekaan.pdf', state: 'failed', failure: 'unsupported-type' },
      {
        id: ids[0],
        name: 'akta Rekaan.pdf',
        caption: 'berkas Anak Rekaan',
        state: 'stored',
        mediaType: 'application/pdf',
      },
    ])
  })
})

describe('downloading', () => {
  test('every kind on the list is kept byte for byte', async () => {
    const sent = [
      await phonePicture({ width: 640, height: 480 }, 6),
      await plainPicture('png'),
      await plainPicture('webp'),
      isoFile('heic', ['mif1', 'heic']),
      pdfFile,
    ]
    const ingest = ingestOf(serving(...sent))
    const ids = await registered(ingest, message(sent.length))
    for (const [i, id] of ids.entries()) {
      await ingest.run(id)
      expect((await blobs.get(id))?.equals(sent[i]!)).toBe(true)
    }
    expect(settled.map((file) => file.state === 'stored' && file.mediaType)).toEqual([
      'image/jpeg',
      'image/png',
      'image/webp',
      'image/heic',
      'application/pdf',
    ])
  })

  test.each([
    ['a GIF that calls itself a JPEG', gifFile, 'unsupported-type'],
    ['an SVG', svgFile, 'unsupported-type'],
    ['a zip', zipFile, 'unsupported-type'],
    ['an empty file', Buffer.alloc(0), 'empty'],
    ['20 MB and one byte', Buffer.alloc(FILE_BYTES + 1, 0xff), 'too-big'],
  ] as const)('%s is refused by its content, and nothing of it is kept', async (_, bytes, failure) => {
    const ingest = ingestOf(serving(bytes))
    const [id] = await registered(ingest, message(1, { name: 'foto.jpg', mime: 'image/jpeg', bytes: 1000 }))
    expect(await ingest.run(id!)).toEqual({
      settled: { id, chat: 'chat-a', message: 'inboxinboxinbox', state: 'failed', failure },
    })
    expect(await blobs.size(id!)).toBeUndefined()
    expect(await ingest.due(10)).toEqual([])
  })

  test('exactly 20 MB is taken', async () => {
    const large = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(FILE_BYTES - 3)])
    const ingest = ingestOf(serving(large))
    const [id] = await registered(ingest, message(1, { name: 'wrong-extension.exe' }))
    await ingest.run(id!)
    expect(settled).toMatchObject([{ state: 'stored', bytes: FILE_BYTES, mediaType: 'image/jpeg' }])
    expect((await blobs.get(id!))?.equals(large)).toBe(true)
  })

  test('equal bytes are found by their keyed hash, which is not the hash of the bytes', async () => {
    const ingest = ingestOf(serving(pdfFile, pdfFile, isoFile('heic', ['mif1'])))
    const ids = await registered(ingest, message(3))
    await Promise.all(ids.map((id) => ingest.run(id)))
    const [a, b, c] = await Promise.all(ids.map(async (id) => (await files.byId(id))?.sha256))
    expect(a).toBeDefined()
    expect(a).toBe(b)
    expect(a).not.toBe(c)
  })

  test('two processes at once download a file once', async () => {
    let opened = 0
    const fetchMedia: FetchMedia = () => {
      opened += 1
      return Promise.resolve(Readable.from([pdfFile]))
    }
    const ingest = ingestOf(fetchMedia)
    const [id] = await registered(ingest, message(1))
    const runs = await Promise.all([ingest.run(id!), ingestOf(fetchMedia).run(id!)])
    expect(opened).toBe(1)
    expect(runs.some((run) => 'settled' in run)).toBe(true)
    expect((await files.byId(id!))?.attempts).toBe(1)
  })

  test('a file that is settled is told again, and not downloaded again', async () => {
    let opened = 0
    const ingest = ingestOf(() => {
      opened += 1
      return Promise.resolve(Readable.from([pdfFile]))
    })
    const [id] = await registered(ingest, message(1))
    expect(await ingest.run(id!)).toEqual(await ingest.run(id!))
    expect(opened).toBe(1)
    expect(settled).toHaveLength(2)
  })

  test('an unknown file is nothing to do', async () => {
    expect(await ingestOf(serving()).run('nobodys-file-0')).toEqual({ retryAt: null })
    expect(settled).toEqual([])
  })
})

describe('when a download fails', () => {
  test('it is tried again later, later each time, and finally has a name', async () => {
    const ingest = ingestOf(() => Promise.reject(new ChannelError('unreachable')))
    const [id] = await registered(ingest, message(1))
    const waits: number[] = []
    for (;;) {
      const run = await ingest.run(id!)
      if ('settled' in run) break
      waits.push((run.retryAt!.getTime() - clock) / 1000)
      expect(await ingest.run(id!)).toEqual(run)
      clock = run.retryAt!.getTime()
      expect(await ingest.due(10)).toEqual([id])
    }
    expect(waits).toEqual([1, 4, 15, 60, 180, 600, 900, 900, 900])
    expect(settled).toMatchObject([{ state: 'failed', failure: 'download-failed' }])
  })

  test('a platform that asks for patience gets it', async () => {
    const ingest = ingestOf(() => Promise.reject(new ChannelError('throttled', { retryAfterMs: 37_000 })))
    const [id] = await registered(ingest, message(1))
    expect(await ingest.run(id!)).toEqual({ retryAt: new Date(clock + 37_000) })
  })

  test.each([
    [new ChannelError('rejected', { reason: 'too-big' }), 'too-big'],
    [new ChannelError('rejected'), 'download-failed'],
    [new ChannelError('blocked'), 'download-failed'],
  ])('%s is final at once', async (error, failure) => {
    const ingest = ingestOf(() => Promise.reject(error))
    const [id] = await registered(ingest, message(1))
    await ingest.run(id!)
    expect(settled).toMatchObject([{ state: 'failed', failure }])
  })

  test('a line that breaks in the middle, or falls silent, leaves nothing and succeeds the next time', async () => {
    let attempt = 0
    const fetchMedia: FetchMedia = () => {
      attempt += 1
      const stream = new PassThrough()
      stream.write(pdfFile.subarray(0, 10))
      if (attempt === 1) setImmediate(() => stream.destroy(new Error('ECONNRESET')))
      if (attempt === 3) stream.end(pdfFile.subarray(10))
      return Promise.resolve(stream)
    }
    const ingest = ingestOf(fetchMedia, 30)
    const [id] = await registered(ingest, message(1))
    for (const expected of ['waiting', 'waiting', 'stored']) {
      await ingest.run(id!)
      expect((await files.byId(id!))?.state).toBe(expected)
      clock += 60_000
    }
    expect((await blobs.get(id!))?.equals(pdfFile)).toBe(true)
  })
})

describe('after a crash', () => {
  test.each(['file.begin', 'media.fetch', 'blob.write', 'blob.link', 'file.settle'])(
    'before or after %s the file is stored once, whole, by the next run',
    async (failpoint) => {
      for (const moment of ['before', 'after'] as const) {
        const ingest = ingestOf(serving(pdfFile))
        const [id] = await registered(ingest, message(1, {}, `${moment}-the-message`))
        // what the process could still have done after the crash is cut off as well
        let dead = false
        armFailpoints((name, at) => {
          if (name === failpoint && at === moment) dead = true
          if (dead) throw new Error('killed')
        })
        await ingest.run(id!).catch(() => undefined)
        armFailpoints(undefined)
        clock += 20_000
        await ingest.run(id!)
        expect((await files.byId(id!))?.state).toBe('stored')
        expect((await blobs.get(id!))?.equals(pdfFile)).toBe(true)
      }
    },
  )

  test('bytes that are on disk are not asked for again', async () => {
    const ingest = ingestOf(() => Promise.reject(new ChannelError('rejected')))
    const [id] = await registered(ingest, message(1))
    await blobs.put(id!, pdfFile)
    await ingest.run(id!)
    expect(settled).toMatchObject([{ state: 'stored', bytes: pdfFile.length }])
  })
})

test('nothing readable lies in the database, on disk or in the log', async () => {
  const secret = Buffer.concat([pdfFile, Buffer.from('Anak Rekaan 6311010101150001')])
  let attempt = 0
  const ingest = ingestOf(() => {
    attempt += 1
    return attempt === 1
      ? Promise.reject(new Error('GET https://api/file/SECRET-REF/KK Rekaan.pdf'))
      : Promise.resolve(Readable.from([secret]))
  })
  const sent = message(1, { ref: 'SECRET-REF', name: 'KK Rekaan.pdf', caption: 'KK Anak Rekaan' })
  const [id] = await registered(ingest, sent)
  await ingest.run(id!)
  const waiting = await fileModel(database).collection.find().toArray()
  clock += 60_000
  await ingest.run(id!)
  expect(settled).toMatchObject([{ state: 'stored' }])
  const stored = await fileModel(database).collection.find().toArray()
  const seen = Buffer.concat([Buffer.from(JSON.stringify([waiting, stored]) + lines.join('')), ...(await contents())])
  // BSON binaries print as base64: look at their bytes
  const rows = [...waiting, ...stored]
  const buffers = rows.flatMap((row) =>
    Object.values(row).flatMap((v: unknown) => (v instanceof mongo.Binary ? [Buffer.from(v.buffer)] : [])),
  )
  expect(buffers).toHaveLength(5)
  for (const text of [seen, ...buffers]) {
    for (const word of ['Rekaan', 'SECRET', '6311010101150001', 'PDF-1.4']) expect(text.includes(word)).toBe(false)
  }
  expect(lines.join('')).toContain(id)
})

async function contents(): Promise<Buffer[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return Promise.all(entries.filter((e) => e.isFile()).map((e) => readFile(join(e.parentPath, e.name))))
}

describe('matching', () => {
  test('a file may serve two applications, and lets go of each by itself', async () => {
    const ingest = ingestOf(serving(pdfFile))
    const [id] = await registered(ingest, message(1))
    expect(await files.match('application-a', [id!])).toBe(1)
    expect(await files.match('application-a', [id!])).toBe(1)
    await files.match('application-b', [id!])
    expect((await files.byId(id!))?.applications).toEqual(['application-a', 'application-b'])
    await files.unmatch('application-a', [id!])
    expect((await files.byId(id!))?.applications).toEqual(['application-b'])
  })

  test('a file that is being purged can be matched no more', async () => {
    const ingest = ingestOf(serving(pdfFile))
    const [id] = await registered(ingest, message(1))
    await fileModel(database).updateOne({ _id: id! }, { $set: { purgeAt: now() } })
    expect(await files.match('application-a', [id!, 'unknown-file'])).toBe(0)
  })
})

test('files become documents of an application, waiting ones too; what the purge took is left out', async () => {
  const ingest = ingestOf(serving(pdfFile))
  const [stored, waiting, purged] = await registered(ingest, message(3))
  await ingest.run(stored!)
  await fileModel(database).updateOne({ _id: purged! }, { $set: { purgeAt: now() } })
  const finding = { code: 'PORTRAIT_BLURRED', severity: 'check' as const }
  const documents = await files.take('application-a', [
    { id: waiting!, kind: 'portrait', page: 1, findings: [finding] },
    { id: purged!, kind: 'family_card', page: 1 },
    { id: stored!, kind: 'birth_certificate', page: 2 },
  ])
  const octets = 'application/octet-stream'
  expect(documents).toEqual([
    { id: waiting, kind: 'portrait', page: 1, mediaType: octets, blob: waiting, at: now(), findings: [finding] },
    {
      id: stored,
      kind: 'birth_certificate',
      page: 2,
      mediaType: 'application/pdf',
      blob: stored,
      at: now(),
      findings: [],
    },
  ])
  expect((await files.byId(waiting!))?.applications).toEqual(['application-a'])
})
