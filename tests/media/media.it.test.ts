import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { createBlobs } from '../../src/media/blobs.ts'
import type { Blobs } from '../../src/media/blobs.ts'
import { createIngest, registerFiles } from '../../src/media/ingest.ts'
import { createFiles } from '../../src/models/file/files.ts'
import { createMedia } from '../../src/media/media.ts'
import type { Database } from '../../src/models/store/connect.ts'
import type { Sealer } from '../../src/models/store/sealing.ts'
import { testDatabase, testSealer } from '../support/stores.ts'
import { pageBlob, proposalBlob } from '../../src/media/derived.ts'
import { bomb, gifFile, isoFile, pdfFile, phonePicture } from './pictures.ts'

const now = () => new Date()
let database: Database
let sealer: Sealer
let blobs: Blobs
let media: ReturnType<typeof createMedia>

beforeEach(async () => {
  database = await testDatabase()
  sealer = testSealer()
  const root = await mkdtemp(join(tmpdir(), 'media-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  blobs = createBlobs({ root, sealer, now })
  media = createMedia({ database, sealer, blobs, now, drawPortrait: () => Promise.reject(new Error('not here')) })
})

/** The document ids of files that were sent and taken. */
async function sent(...contents: readonly Buffer[]): Promise<string[]> {
  const ingest = createIngest({
    database,
    sealer,
    blobs,
    fetchMedia: (_, { ref }) => Promise.resolve(Readable.from([contents[Number(ref)]!])),
    now,
    log: createLog('silent'),
    onSettled: () => Promise.resolve(),
  })
  const media = { kind: 'document' as const }
  const files = contents.map((_, i) => ({ id: `inboxinboxinbox-${i}`, media: { ...media, ref: String(i) } }))
  await registerFiles(createFiles({ database, sealer, now }), {
    id: 'inboxinboxinbox',
    chat: 'chat-a',
    channel: 'webchat',
    files,
  })
  for (const { id } of files) await ingest.run(id)
  return files.map((file) => file.id)
}

describe('what the console may see', () => {
  test('a picture is shown small and without its place, and handed out as it came on demand', async () => {
    const picture = await phonePicture({ width: 3000, height: 1500 }, 6)
    const [id] = await sent(picture)
    const shown = await media.rendition(id!, 'thumbnail')
    expect(shown).toMatchObject({ mediaType: 'image/jpeg', asCame: false })
    expect(await sharp(shown.bytes).metadata()).toMatchObject({ width: 160, height: 320 })
    expect((await sharp(shown.bytes).metadata()).exif).toBeUndefined()
    const original = await media.original(id!)
    expect(original).toMatchObject({ mediaType: 'image/jpeg', asCame: true })
    expect(original.bytes.equals(picture)).toBe(true)
  })

  test('what was drawn when a file was looked at is shown in its place', async () => {
    const [pdf, heic] = await sent(pdfFile, isoFile('heic', ['mif1', 'heic']))
    const drawn = (words: string) => Buffer.from(`a JPEG of ${words}`)
    await blobs.put(pageBlob(pdf!, 2, 'page'), drawn('page 2'))
    await blobs.put(pageBlob(pdf!, 1, 'thumbnail'), drawn('page 1, small'))
    await blobs.put(pageBlob(heic!, 1, 'page'), drawn('a picture'))
    await blobs.put(proposalBlob(heic!), drawn('a portrait'))
    const shown = (bytes: Buffer) => ({ mediaType: 'image/jpeg', bytes, asCame: false })
    expect(await media.rendition(pdf!, 'page', 2)).toEqual(shown(drawn('page 2')))
    expect(await media.rendition(pdf!, 'thumbnail')).toEqual(shown(drawn('page 1, small')))
    expect(await media.rendition(pdf!, 'page')).toMatchObject({ mediaType: 'application/pdf', asCame: true })
    expect(await media.rendition(heic!, 'page')).toEqual(shown(drawn('a picture')))
    expect(await media.proposal(heic!)).toEqual(shown(drawn('a portrait')))
    await expect(media.rendition(pdf!, 'page', 3)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(media.proposal(pdf!)).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('PDF and HEIC that nobody looked at yet come as they came', async () => {
    const files = [pdfFile, isoFile('heic', ['mif1', 'heic'])]
    const ids = await sent(...files)
    for (const [i, id] of ids.entries()) {
      const shown = await media.rendition(id, 'page')
      expect(shown).toMatchObject({ mediaType: i === 0 ? 'application/pdf' : 'image/heic', asCame: true })
      expect(shown.bytes.equals(files[i]!)).toBe(true)
    }
  })

  test('a broken picture and a bomb are refused by name, and the next picture is shown', async () => {
    const whole = await phonePicture({ width: 300, height: 200 })
    const [broken, large, good] = await sent(whole.subarray(0, whole.length / 2), bomb(16_000, 16_000), whole)
    const detail = (problem: string, document?: string) => ({ kind: 'invalid', detail: { problem, document } })
    await expect(media.rendition(broken!, 'page')).rejects.toMatchObject(detail('broken', broken))
    await expect(media.rendition(large!, 'page')).rejects.toMatchObject(detail('too-large', large))
    expect((await media.rendition(good!, 'page')).mediaType).toBe('image/jpeg')
    expect((await media.original(broken!)).asCame).toBe(true)
  })

  test('many at once are all answered', async () => {
    const [id] = await sent(await phonePicture({ width: 600, height: 400 }))
    const shown = await Promise.all(Array.from({ length: 9 }, () => media.rendition(id!, 'thumbnail')))
    expect(shown.every(({ bytes }) => bytes.equals(shown[0]!.bytes))).toBe(true)
  })

  test('an unknown file, one that was refused and one whose bytes are purged are not found', async () => {
    const [refused, purged] = await sent(gifFile, pdfFile)
    await blobs.delete(purged!)
    for (const id of ['nobodys-file-0', refused!, purged!]) {
      await expect(media.rendition(id, 'page')).rejects.toMatchObject({ kind: 'not-found' })
      await expect(media.original(id)).rejects.toMatchObject({ kind: 'not-found' })
    }
  })
})
