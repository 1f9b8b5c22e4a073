import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mongo } from 'mongoose'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { applications } from '../../src/models/application/kept.ts'
import type { Database } from '../../src/models/store/connect.ts'
import {
  checkDataVersion,
  databaseFacts,
  DATA_VERSION,
  HalfRestored,
  NewerData,
  restoredAt,
} from '../../src/models/store/data-version.ts'
import { openKeyring, WrongDataKey } from '../../src/models/store/keyring.ts'
import { makeBackup } from '../../src/stores/backup.ts'
import type { Manifest } from '../../src/stores/backup.ts'
import { restoreBackup } from '../../src/stores/restore.ts'
import { testDatabase } from '../support/stores.ts'

const NOW = new Date('2026-07-01T02:00:00Z')
const now = (): Date => NOW
const key = randomBytes(32)
const SECRET = 'Anak Rekaan bin Contoh'

let folder: string
let database: Database
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smart-kids-backup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  database = await filledDatabase()
})

/** One of every kind of value, a sealed application, and a blob in `folder/blobs`. */
async function filledDatabase(): Promise<Database> {
  const filled = await testDatabase()
  await checkDataVersion(filled)
  const sealer = await openKeyring(filled, key)
  await filled.collection<{ _id: string }>('applications').insertOne({
    _id: 'a1',
    rev: new mongo.Int32(3),
    start: new mongo.Double(2),
    long: mongo.Long.fromString('9007199254740993'),
    pupil: sealer.sealJson({ name: SECRET }),
    history: [{ at: NOW, sealed: sealer.seal(SECRET), reasons: ['RR_BLURRED'], note: null }],
    text: 'baris\nbaru “kutip” \u2028 😀',
    'key.with.dots': true,
  } as { _id: string })
  await filled
    .collection<{ _id: string }>('deliveries')
    .insertMany(Array.from({ length: 1_200 }, (_, n) => ({ _id: `d${n}`, chat: 'c', n })))
  await mkdir(join(folder, 'blobs', 'ab'), { recursive: true })
  await writeFile(join(folder, 'blobs', 'ab', 'blob-one'), sealer.seal(SECRET))
  await writeFile(join(folder, 'blobs', 'ab', 'blob-two.123.part'), 'half')
  return filled
}
/** Every document as its bytes, by collection. */
async function bytesOf(one: Database): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {}
  for (const { name } of await one.listCollections()) {
    if (name === 'facts') continue
    const rows = await one
      .collection(name)
      .find({}, { raw: true, sort: { _id: 1 } })
      .toArray()
    if (rows.length > 0) content[name] = rows.map((row) => (row as unknown as Buffer).toString('hex'))
  }
  return content
}
async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
function backup(from: Database = database): Promise<Manifest> {
  return makeBackup({ database: from, blobs: join(folder, 'blobs'), directory: join(folder, 'backup'), now })
}
function restore(into: Database, more: { force?: boolean; key?: Buffer; previous?: Buffer[] } = {}): Promise<Manifest> {
  const target = { database: into, blobs: join(folder, 'restored'), directory: join(folder, 'backup') }
  return restoreBackup({ ...target, key, previous: [], force: false, now, ...more })
}

describe('a backup', () => {
  test('put into an empty database gives back every byte, the blobs and the indexes', async () => {
    const manifest = await backup()
    expect(manifest.collections['deliveries']?.documents).toBe(1_200)
    const other = await testDatabase()
    await restore(other)

    expect(await bytesOf(other)).toEqual(await bytesOf(database))
    expect(await readdir(join(folder, 'restored', 'ab'))).toEqual(['blob-one'])
    const blob = 'ab/blob-one'
    expect(await readFile(join(folder, 'restored', blob))).toEqual(await readFile(join(folder, 'blobs', blob)))
    expect((await applications(other).collection.indexes()).map((index) => index.name)).toContain('one-open')
    await checkDataVersion(other)
    expect(await restoredAt(other)).toEqual(NOW)
    const sealer = await openKeyring(other, key)
    expect(sealer.identify('chat', 'a')).toBe((await openKeyring(database, key)).identify('chat', 'a'))
  })

  test('is one JSON document a line, as mongoimport reads it, for its owner alone', async () => {
    await backup()
    const file = join(folder, 'backup', 'applications.jsonl')
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0]!)).toMatchObject({
      _id: 'a1',
      rev: { $numberInt: '3' },
      start: { $numberDouble: '2.0' },
      long: { $numberLong: '9007199254740993' },
      pupil: { $binary: { subType: '00' } },
      history: [{ at: { $date: { $numberLong: String(NOW.getTime()) } } }],
    })
    for (const one of await filesBelow(join(folder, 'backup'))) {
      if (!one.includes('blobs')) expect((await stat(one)).mode & 0o077).toBe(0)
    }
  })

  test('holds neither the key nor anything readable', async () => {
    await backup()
    const files = await filesBelow(join(folder, 'backup'))
    expect(files.length).toBeGreaterThan(4)
    for (const file of files) {
      const bytes = await readFile(file)
      for (const hidden of [key, key.toString('base64'), key.toString('hex'), SECRET, 'Rekaan']) {
        expect(bytes.includes(hidden), file).toBe(false)
      }
    }
  })

  test('never replaces an earlier one', async () => {
    await backup()
    await expect(backup()).rejects.toThrow('exists already: name a new folder')
  })
})

describe('a restore', () => {
  test('refuses a database that is not empty, and with force replaces all that is in it', async () => {
    await backup()
    const other = await testDatabase()
    await other.collection<{ _id: string }>('applications').insertOne({ _id: 'mine' })
    await mkdir(join(folder, 'restored'))
    await writeFile(join(folder, 'restored', 'old-blob'), 'x')
    const before = await bytesOf(other)
    await expect(restore(other)).rejects.toThrow('the database is not empty: give --force')
    expect(await bytesOf(other)).toEqual(before)

    await restore(other, { force: true })
    expect(await bytesOf(other)).toEqual(await bytesOf(database))
    expect(await readdir(join(folder, 'restored'))).toEqual(['ab'])
  })

  test('under another DATA_KEY is refused before anything is written', async () => {
    await backup()
    const other = await testDatabase()
    await expect(restore(other, { key: randomBytes(32) })).rejects.toThrow(WrongDataKey)
    expect(await bytesOf(other)).toEqual({})
    await restore(other, { key: randomBytes(32), previous: [key] })
  })

  test('of a file that was cut short is refused before anything is written', async () => {
    await backup()
    const file = join(folder, 'backup', 'deliveries.jsonl')
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, -20))
    const other = await testDatabase()
    await expect(restore(other)).rejects.toThrow('deliveries.jsonl')
    expect(await bytesOf(other)).toEqual({})
    await rm(join(folder, 'backup', 'backup.json'))
    await expect(restore(other)).rejects.toThrow('holds no whole backup')
  })

  test('of newer data is refused', async () => {
    await backup()
    const file = join(folder, 'backup', 'backup.json')
    const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest
    await writeFile(file, JSON.stringify({ ...manifest, dataVersion: DATA_VERSION + 1 }))
    await expect(restore(await testDatabase())).rejects.toThrow(NewerData)
  })

  test('that breaks off keeps the service from starting, and can be run again', async () => {
    await backup()
    const file = join(folder, 'backup', 'deliveries.jsonl')
    const good = await readFile(file)
    const broken = Buffer.concat([good, Buffer.from('{"_id":"d1"}\n')])
    const manifestFile = join(folder, 'backup', 'backup.json')
    const manifest = await readFile(manifestFile, 'utf8')
    const [goodHash, brokenHash] = [good, broken].map((bytes) => createHash('sha256').update(bytes).digest('hex'))
    await writeFile(file, broken)
    await writeFile(manifestFile, manifest.replace(goodHash!, brokenHash!))

    const other = await testDatabase()
    await expect(restore(other)).rejects.toThrow('E11000')
    await expect(checkDataVersion(other)).rejects.toThrow(HalfRestored)

    await writeFile(file, good)
    await writeFile(manifestFile, manifest)
    await restore(other, { force: true })
    await checkDataVersion(other)
    expect(await bytesOf(other)).toEqual(await bytesOf(database))
    expect(await databaseFacts(other).countDocuments()).toBe(2)
  })
})
