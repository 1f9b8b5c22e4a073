import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { mongo } from 'mongoose'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { createBlobs } from '../../src/media/blobs.ts'
import type { Blobs } from '../../src/media/blobs.ts'
import { proposalBlob } from '../../src/media/derived.ts'
import { consentHash } from '../../src/models/consent/consents.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { openKeyring, WrongDataKey } from '../../src/models/store/keyring.ts'
import type { Sealer } from '../../src/models/store/sealing.ts'
import { rotateKeys } from '../../src/stores/rotation.ts'
import type { Rotation } from '../../src/stores/rotation.ts'
import { nameKeys } from '../../src/models/identity/name-keys.ts'
import { testDatabase } from '../support/stores.ts'

type Row = { _id: string; [field: string]: unknown }

const NIK = '6311010101150001'
const [earlier, key] = [randomBytes(32), randomBytes(32)]
const log = createLog('silent')
const blobId = 'blob-of-a-file'
const picture = randomBytes(50_000)

let database: Database
let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'smart-kids-rotation-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  database = await testDatabase()
  const old = await openKeyring(database, earlier)
  const nikHash = old.lookup('nik', NIK)
  await rows('applications').insertMany([
    {
      _id: 'open',
      nikHash,
      openKey: `69900001/${nikHash}/NEW`,
      pupil: old.sealJson({ name: 'Anak Rekaan', nik: NIK, birthDate: '2015-01-01' }),
      documents: [{ id: 'x', deep: { note: old.seal('catatan') } }],
      history: [{ seq: 1 }, { seq: 2, sealed: old.seal('alasan') }],
    },
    { _id: 'closed', nikHash, pupil: old.sealJson({ name: 'Anak Contoh', nik: NIK, birthDate: '2015-01-01' }) },
    { _id: 'purged', history: [{ seq: 1 }] },
  ])
  await rows('inbox').insertMany(Array.from({ length: 20 }, (_, n) => ({ _id: `m${n}`, body: old.seal(`pesan ${n}`) })))
  const subjectKey = old.identify('consent', NIK)
  const hashed = { subjectHash: consentHash(old, subjectKey), subjectKey: old.seal(subjectKey) }
  await rows('consents').insertOne({ _id: 'purged/statement/1', ...hashed, evidence: old.seal('kirim') })
  const sha256 = old.lookup('file', createHash('sha256').update(picture).digest('hex'))
  await rows('files').insertOne({ _id: 'file', name: old.seal('akta rekaan.jpg'), sha256, blob: blobId })
  await rows('looks').insertOne({ _id: 'file', look: old.sealJson({ lines: ['ANAK REKAAN'] }), hash: old.seal('00ff') })
  await blobsUnder(old).put(blobId, picture)
  await blobsUnder(old).put(proposalBlob('file'), picture)
})

function rows(name: string) {
  return database.collection<Row>(name)
}
function blobsUnder(sealer: Sealer): Blobs {
  return createBlobs({ root, sealer, now: () => new Date() })
}
function rotate(sealer: Sealer): Promise<Rotation> {
  return rotateKeys({ database, sealer, blobs: blobsUnder(sealer), log })
}
function text(sealer: Sealer, binary: unknown): string {
  return sealer.openText(Buffer.from((binary as mongo.Binary).buffer))
}

describe('a key rotation', () => {
  test('seals everything anew, so that the earlier key opens nothing and is needed nowhere', async () => {
    const before = await openKeyring(database, earlier)
    const done = await rotate(await openKeyring(database, key, [earlier]))
    expect(done).toEqual({ documents: 26, values: 30, lookups: 7, blobs: 2, foreign: 0 })

    await expect(openKeyring(database, earlier)).rejects.toThrow(WrongDataKey)
    const alone = await openKeyring(database, key)
    expect(alone.identify('chat', 'a')).toBe(before.identify('chat', 'a'))
    const [open] = await rows('applications').find({ _id: 'open' }).toArray()
    const deep = open as unknown as {
      documents: [{ deep: { note: unknown } }]
      history: [unknown, { sealed: unknown }]
    }
    expect(text(alone, deep.documents[0].deep.note)).toBe('catatan')
    expect(text(alone, deep.history[1].sealed)).toBe('alasan')
    for (const row of await rows('inbox').find({}).toArray()) expect(text(alone, row['body'])).toMatch(/^pesan \d+$/)
    // what was read on a file and what was drawn of it as well
    const [look] = await rows('looks').find({}).toArray()
    expect(text(alone, look?.['look'])).toContain('ANAK REKAAN')
    expect(text(alone, look?.['hash'])).toBe('00ff')
    expect(await blobsUnder(alone).get(proposalBlob('file'))).toEqual(picture)
    expect(await blobsUnder(alone).get(blobId)).toEqual(picture)
  })

  test('builds the look-ups anew, so that a pupil and a file are found again', async () => {
    await rotate(await openKeyring(database, key, [earlier]))
    const alone = await openKeyring(database, key)
    const nikHash = alone.lookup('nik', NIK)
    const found = await rows('applications')
      .find({ nikHash }, { sort: { _id: 1 } })
      .toArray()
    expect(found.map((row) => [row._id, row['openKey']])).toEqual([
      ['closed', undefined],
      ['open', `69900001/${nikHash}/NEW`],
    ])
    // names are found by the words' keys of the new key, and by none of the old
    const named = await database
      .collection('applications')
      .countDocuments({ nameKeys: { $all: nameKeys(alone, 'Anak Contoh') } })
    expect(named).toBe(1)
    // whoever has the NIK finds the proof, although nothing of ours has it any more
    const subjectHash = consentHash(alone, alone.identify('consent', NIK))
    expect(await rows('consents').countDocuments({ subjectHash })).toBe(1)
    const sha256 = alone.lookup('file', createHash('sha256').update(picture).digest('hex'))
    expect(await rows('files').countDocuments({ sha256 })).toBe(1)
  })

  test('run again changes nothing', async () => {
    await rotate(await openKeyring(database, key, [earlier]))
    const again = await rotate(await openKeyring(database, key, [earlier]))
    expect(again).toEqual({ documents: 0, values: 0, lookups: 0, blobs: 0, foreign: 0 })
  })

  test.each([0, 1, 2, 7, 20, 26])('that breaks off after %i seals goes on where it was', async (seals) => {
    const sealer = await openKeyring(database, key, [earlier])
    let left = seals
    const dying: Sealer = {
      ...sealer,
      seal: (plain) => {
        if (left-- === 0) throw new Error('killed')
        return sealer.seal(plain)
      },
    }
    await expect(rotate(dying)).rejects.toThrow('killed')
    await rotate(sealer)
    const after = await rotate(await openKeyring(database, key))
    expect(after).toEqual({ documents: 0, values: 0, lookups: 0, blobs: 0, foreign: 0 })
  })

  test('leaves what no key opens as it is, and counts it', async () => {
    const strange = randomBytes(60)
    await rows('inbox').insertOne({ _id: 'strange', body: strange })
    const done = await rotate(await openKeyring(database, key, [earlier]))
    expect(done.foreign).toBe(1)
    const [row] = await rows('inbox').find({ _id: 'strange' }).toArray()
    expect(Buffer.from((row!['body'] as mongo.Binary).buffer)).toEqual(strange)
  })
})
