import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { mongo } from 'mongoose'
import { beforeEach, describe, expect, test } from 'vitest'
import { FILE_BYTES } from '../../src/media/ingest.ts'
import type { FetchMedia } from '../../src/media/ingest.ts'
import { fileModel } from '../../src/models/file/files.ts'
import { ingestWorld, message, registered, serving } from './ingest-world.ts'
import type { IngestWorld } from './ingest-world.ts'
import { gifFile, isoFile, pdfFile, phonePicture, plainPicture, svgFile, zipFile } from './pictures.ts'

let world: IngestWorld
beforeEach(async () => {
  world = await ingestWorld()
})

describe('registering', () => {
  test('makes one waiting row for each file, however often it is done', async () => {
    const ingest = world.ingestOf(serving())
    const ids = await registered(world, message(3))
    await registered(world, message(3))
    expect(await fileModel(world.database).countDocuments()).toBe(3)
    expect((await ingest.due(world.now(), 10)).sort()).toEqual(ids)
  })

  test('a message that comes again never makes a stored file wait again', async () => {
    const ingest = world.ingestOf(serving(pdfFile))
    const [id] = await registered(world, message(1))
    await ingest.run(id!)
    await registered(world, message(1))
    expect((await world.files.byId(id!))?.state).toBe('stored')
    expect(await ingest.due(world.now(), 10)).toEqual([])
  })

  test('the conversation sees name, caption and state, in the order it asks for', async () => {
    const ingest = world.ingestOf(serving(pdfFile, gifFile))
    const ids = await registered(world, message(2, { name: 'akta Rekaan.pdf', caption: 'berkas Anak Rekaan' }))
    await Promise.all(ids.map((id) => ingest.run(id)))
    expect(await world.files.asTurnFiles([ids[1]!, 'unknown-file', ids[0]!])).toEqual([
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
    const ingest = world.ingestOf(serving(...sent))
    const ids = await registered(world, message(sent.length))
    for (const [i, id] of ids.entries()) {
      await ingest.run(id)
      expect((await world.blobs.get(id))?.equals(sent[i]!)).toBe(true)
    }
    expect(world.settled.map((file) => file.state === 'stored' && file.mediaType)).toEqual([
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
    const ingest = world.ingestOf(serving(bytes))
    const [id] = await registered(world, message(1, { name: 'foto.jpg', mime: 'image/jpeg', bytes: 1000 }))
    expect(await ingest.run(id!)).toEqual({
      settled: { id, chat: 'chat-a', message: 'inboxinboxinbox', state: 'failed', failure },
    })
    expect(await world.blobs.size(id!)).toBeUndefined()
    expect(await ingest.due(world.now(), 10)).toEqual([])
  })

  test('exactly 20 MB is taken', async () => {
    const large = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(FILE_BYTES - 3)])
    const ingest = world.ingestOf(serving(large))
    const [id] = await registered(world, message(1, { name: 'wrong-extension.exe' }))
    await ingest.run(id!)
    expect(world.settled).toMatchObject([{ state: 'stored', bytes: FILE_BYTES, mediaType: 'image/jpeg' }])
    expect((await world.blobs.get(id!))?.equals(large)).toBe(true)
  })

  test('equal bytes are found by their keyed hash, which is not the hash of the bytes', async () => {
    const ingest = world.ingestOf(serving(pdfFile, pdfFile, isoFile('heic', ['mif1'])))
    const ids = await registered(world, message(3))
    await Promise.all(ids.map((id) => ingest.run(id)))
    const [a, b, c] = await Promise.all(ids.map(async (id) => (await world.files.byId(id))?.sha256))
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
    const ingest = world.ingestOf(fetchMedia)
    const [id] = await registered(world, message(1))
    const runs = await Promise.all([ingest.run(id!), world.ingestOf(fetchMedia).run(id!)])
    expect(opened).toBe(1)
    expect(runs.some((run) => 'settled' in run)).toBe(true)
    expect((await world.files.byId(id!))?.attempts).toBe(1)
  })

  test('a file that is settled is told again, and not downloaded again', async () => {
    let opened = 0
    const ingest = world.ingestOf(() => {
      opened += 1
      return Promise.resolve(Readable.from([pdfFile]))
    })
    const [id] = await registered(world, message(1))
    expect(await ingest.run(id!)).toEqual(await ingest.run(id!))
    expect(opened).toBe(1)
    expect(world.settled).toHaveLength(2)
  })

  test('an unknown file is nothing to do', async () => {
    expect(await world.ingestOf(serving()).run('nobodys-file-0')).toEqual({ retryAt: null })
    expect(world.settled).toEqual([])
  })
})

test('nothing readable lies in the database, on disk or in the log', async () => {
  const secret = Buffer.concat([pdfFile, Buffer.from('Anak Rekaan 6311010101150001')])
  let attempt = 0
  const ingest = world.ingestOf(() => {
    attempt += 1
    return attempt === 1
      ? Promise.reject(new Error('GET https://api/file/SECRET-REF/KK Rekaan.pdf'))
      : Promise.resolve(Readable.from([secret]))
  })
  const sent = message(1, { ref: 'SECRET-REF', name: 'KK Rekaan.pdf', caption: 'KK Anak Rekaan' })
  const [id] = await registered(world, sent)
  await ingest.run(id!)
  const waiting = await fileModel(world.database).collection.find().toArray()
  world.wait(60_000)
  await ingest.run(id!)
  expect(world.settled).toMatchObject([{ state: 'stored' }])
  const stored = await fileModel(world.database).collection.find().toArray()
  const seen = Buffer.concat([
    Buffer.from(JSON.stringify([waiting, stored]) + world.lines.join('')),
    ...(await contents()),
  ])
  // BSON binaries print as base64: look at their bytes
  const rows = [...waiting, ...stored]
  const buffers = rows.flatMap((row) =>
    Object.values(row).flatMap((v: unknown) => (v instanceof mongo.Binary ? [Buffer.from(v.buffer)] : [])),
  )
  expect(buffers).toHaveLength(5)
  for (const text of [seen, ...buffers]) {
    for (const word of ['Rekaan', 'SECRET', '6311010101150001', 'PDF-1.4']) expect(text.includes(word)).toBe(false)
  }
  expect(world.lines.join('')).toContain(id)
})

async function contents(): Promise<Buffer[]> {
  const entries = await readdir(world.root, { recursive: true, withFileTypes: true })
  return Promise.all(entries.filter((e) => e.isFile()).map((e) => readFile(join(e.parentPath, e.name))))
}

describe('matching', () => {
  test('a file may serve two applications, and lets go of each by itself', async () => {
    const [id] = await registered(world, message(1))
    expect(await world.files.match('application-a', [id!])).toBe(1)
    expect(await world.files.match('application-a', [id!])).toBe(1)
    await world.files.match('application-b', [id!])
    expect((await world.files.byId(id!))?.applications).toEqual(['application-a', 'application-b'])
    await world.files.release('application-a')
    expect((await world.files.byId(id!))?.applications).toEqual(['application-b'])
  })

  test('a file that is being purged can be matched no more', async () => {
    const [id] = await registered(world, message(1))
    await fileModel(world.database).updateOne({ _id: id! }, { $set: { purgeAt: world.now() } })
    expect(await world.files.match('application-a', [id!, 'unknown-file'])).toBe(0)
  })
})

test('files become documents of an application, waiting ones too; what the purge took is left out', async () => {
  const ingest = world.ingestOf(serving(pdfFile))
  const [stored, waiting, purged] = await registered(world, message(3))
  await ingest.run(stored!)
  await fileModel(world.database).updateOne({ _id: purged! }, { $set: { purgeAt: world.now() } })
  const finding = { code: 'PORTRAIT_BLURRED', severity: 'check' as const }
  const documents = await world.files.take('application-a', [
    { id: waiting!, kind: 'portrait', page: 1, findings: [finding] },
    { id: purged!, kind: 'family_card', page: 1 },
    { id: stored!, kind: 'birth_certificate', page: 2 },
  ])
  const octets = 'application/octet-stream'
  expect(documents).toEqual([
    { id: waiting, kind: 'portrait', page: 1, mediaType: octets, blob: waiting, at: world.now(), findings: [finding] },
    {
      id: stored,
      kind: 'birth_certificate',
      page: 2,
      mediaType: 'application/pdf',
      blob: stored,
      at: world.now(),
      findings: [],
    },
  ])
  expect((await world.files.byId(waiting!))?.applications).toEqual(['application-a'])
})
