import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connectDatabase } from '../../src/models/store/connect.ts'
import { dropDatabase, freshDatabaseUri } from '../support/stores.ts'
import { samplePupil } from './support/pupil.ts'
import { searchReadable } from './support/readable.ts'

// the crash runs search what they leave behind; here the search itself is tried
test('the search for readable values finds each kind, wherever it lies', async () => {
  const mongodbUri = freshDatabaseUri()
  const database = await connectDatabase(mongodbUri)
  onTestFinished(() => dropDatabase(database))
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-readable-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const clean = await searchReadable({ dataDir, mongodbUri, output: '{"level":30}' })
  expect(clean.found).toEqual([])

  const pupil = await samplePupil(7, { files: 5, way: 'album' })
  await writeFile(join(dataDir, 'picture'), pupil.files[0]!.bytes)
  await writeFile(join(dataDir, 'operators'), 'Qxpetugas Rekaan')
  await writeFile(join(dataDir, 'names'), `${pupil.name} ${pupil.files[0]!.name}`)
  await database
    .db!.collection('rows')
    .insertOne({ nik: pupil.nik, born: pupil.birthDate, note: 'qxpesan qxketerangan' })
  const output = 'sent to 770000004 and 6281299123456'
  const { found } = await searchReadable({ dataDir, mongodbUri, output })
  expect(found.toSorted()).toEqual([
    'birthDate in the collection rows',
    'caption in the collection rows',
    'chatAddress in the logs',
    'fileName in the data folder: names',
    'messageText in the collection rows',
    'name in the data folder: names',
    'name in the data folder: operators',
    'nik in the collection rows',
    'phone in the logs',
    'picture in the data folder: picture',
  ])
})
