import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { mongo } from 'mongoose'
import type { Database } from '../models/store/connect.ts'
import { DATA_VERSION, markRestored, markRestoring, NewerData } from '../models/store/data-version.ts'
import { ensureIndexes } from '../models/store/indexes.ts'
import { openSealer } from '../models/store/keyring.ts'
import { BackupError, BLOBS, collectionNames, copyBlobs, FACTS, readBackup, readCollection } from './backup.ts'
import type { Manifest } from './backup.ts'

const BATCH = 500

/**
 * Puts the backup of `directory` into an empty database and folder of blobs, with indexes, and notes that what was
 * purged since then is to be purged again. `force` replaces what is there. Interrupted, it leaves a mark by which the
 * service refuses to start. The service must not run meanwhile. Throws `BackupError`, `NewerData`, `WrongDataKey`;
 * all three before anything was changed.
 */
export async function restoreBackup(options: {
  database: Database
  blobs: string
  directory: string
  key: Buffer
  previous: readonly Buffer[]
  force: boolean
  now: () => Date
}): Promise<Manifest> {
  const { database, force, now } = options
  const directory = resolve(options.directory)
  const manifest = await readBackup(directory)
  if (manifest.dataVersion > DATA_VERSION) throw new NewerData(manifest.dataVersion)
  if (manifest.collections['keyring']) {
    for await (const row of readCollection(directory, 'keyring')) {
      openSealer(Buffer.from((row['sealed'] as mongo.Binary).buffer), options.key, options.previous)
    }
  }
  if (!force && !(await isEmpty(database, options.blobs))) {
    throw new BackupError('the database is not empty: give --force to replace all that is in it')
  }

  await markRestoring(database, now())
  for (const name of await collectionNames(database)) {
    if (name === FACTS) await database.collection(FACTS).deleteMany({ _id: { $ne: 'restoring' as never } })
    else await database.dropCollection(name)
  }
  for (const name of Object.keys(manifest.collections)) await putCollection(database, directory, name)
  await replaceBlobs(join(directory, BLOBS), resolve(options.blobs))
  await ensureIndexes(database)
  await markRestored(database, now())
  return manifest
}

async function putCollection(database: Database, directory: string, name: string): Promise<void> {
  const collection = database.collection(name)
  let batch: mongo.BSON.Document[] = []
  const put = async (): Promise<void> => {
    if (batch.length > 0) await collection.insertMany(batch, { ordered: false })
    batch = []
  }
  for await (const document of readCollection(directory, name)) {
    // marks of an earlier restore say nothing about this one
    if (name === FACTS && document['_id'] !== 'data') continue
    batch.push(document)
    if (batch.length === BATCH) await put()
  }
  await put()
}

async function replaceBlobs(from: string, to: string): Promise<void> {
  const work = `${to}.part`
  await rm(work, { recursive: true, force: true })
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await copyBlobs(from, work)
  await rm(to, { recursive: true, force: true })
  await rename(work, to)
}

async function isEmpty(database: Database, blobs: string): Promise<boolean> {
  for (const name of await collectionNames(database)) {
    if (await database.collection(name).findOne({}, { projection: { _id: 1 } })) return false
  }
  const files = await readdir(blobs, { recursive: true, withFileTypes: true }).catch(() => [])
  return !files.some((entry) => entry.isFile())
}
