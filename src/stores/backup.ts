import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { mongo } from 'mongoose'
import type { Database } from '../models/store/connect.ts'
import { DATA_VERSION } from '../models/store/data-version.ts'

const { EJSON } = mongo.BSON

/** `backup.json` beside the collections: what a whole backup consists of. */
export type Manifest = {
  format: 1
  dataVersion: number
  madeAt: string
  /** By collection: lines of `<collection>.jsonl` and the SHA-256 of the file, in hex. */
  collections: Record<string, { documents: number; sha256: string }>
  blobs: number
}
const MANIFEST = 'backup.json'
export const BLOBS = 'blobs'
/** The collection that holds the version and the marks of restores. */
export const FACTS = 'facts'

// Causes before effects: a turn that is done in the backup has its effects in it too; one that is not is done again,
// and each effect has its natural key.
const FIRST = ['inbox', 'turns', 'sessions', 'applications', 'deliveries']

/** A backup cannot be made or put in as asked; the message is one sentence for whoever runs the command. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/**
 * Writes every collection as canonical Extended JSON, one document a line, as `mongoimport` reads it, and the sealed
 * blobs beside. May run while the service runs. Sealed values stay sealed, DATA_KEY is not in it. `directory` appears
 * only once it is whole. Throws `BackupError` where it exists already.
 */
export async function makeBackup(options: {
  database: Database
  /** Folder of the blobs; it may not exist yet. */
  blobs: string
  directory: string
  now: () => Date
}): Promise<Manifest> {
  const directory = resolve(options.directory)
  if (await exists(directory)) throw new BackupError(`${directory} exists already: name a new folder`)
  const work = `${directory}.part`
  await rm(work, { recursive: true, force: true })
  await mkdir(work, { recursive: true, mode: 0o700 })

  const manifest: Manifest = {
    format: 1,
    dataVersion: DATA_VERSION,
    madeAt: options.now().toISOString(),
    collections: {},
    blobs: 0,
  }
  for (const name of await collectionNames(options.database)) {
    manifest.collections[name] = await writeCollection(options.database, name, join(work, `${name}.jsonl`))
  }
  // last: a document names only blobs that were there before it
  manifest.blobs = await copyBlobs(options.blobs, join(work, BLOBS))
  await writeFile(join(work, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
  await rename(work, directory)
  return manifest
}

/** Reads the manifest of `directory` and checks every file against it. Throws `BackupError`. */
export async function readBackup(directory: string): Promise<Manifest> {
  const text = await readFile(join(directory, MANIFEST), 'utf8').catch((error: unknown) => {
    throw new BackupError(`${directory} holds no whole backup: ${MANIFEST} cannot be read`, { cause: error })
  })
  const manifest = JSON.parse(text) as Manifest
  if (manifest.format !== 1) throw new BackupError(`${directory} has a format that this program does not know`)
  for (const [name, { sha256 }] of Object.entries(manifest.collections)) {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(join(directory, `${name}.jsonl`)) as AsyncIterable<Buffer>)
      hash.update(chunk)
    if (hash.digest('hex') !== sha256)
      throw new BackupError(`${name}.jsonl of ${directory} was changed or is cut short`)
  }
  return manifest
}

/** The documents of one collection of a backup, with the types that they were stored with. */
export async function* readCollection(directory: string, name: string): AsyncGenerator<mongo.BSON.Document> {
  let rest = ''
  const chunks: AsyncIterable<string> = createReadStream(join(directory, `${name}.jsonl`), { encoding: 'utf8' })
  for await (const chunk of chunks) {
    // not readline: it also breaks at U+2028, which JSON leaves as it is inside of texts
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield EJSON.parse(line, { relaxed: false }) as mongo.BSON.Document
  }
  if (rest) yield EJSON.parse(rest, { relaxed: false }) as mongo.BSON.Document
}

/** Collections of ours, causes before effects. */
export async function collectionNames(database: Database): Promise<string[]> {
  const listed = await database.listCollections()
  const names = listed.map(({ name }) => name).filter((name) => !name.startsWith('system.'))
  const rank = (name: string): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return names.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b))
}

/** Copies the files of `from` that are whole; gives back how many. */
export async function copyBlobs(from: string, to: string): Promise<number> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  if (!(await exists(from))) return 0
  let copied = 0
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.part')) continue
    const path = join(entry.parentPath, entry.name)
    const target = join(to, relative(from, path))
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    // one that the purge takes away meanwhile has no document any more either
    if (await unlessMissing(copyFile(path, target).then(() => true))) copied += 1
  }
  return copied
}

async function writeCollection(
  database: Database,
  name: string,
  path: string,
): Promise<{ documents: number; sha256: string }> {
  const hash = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  let documents = 0
  try {
    // unpromoted, a whole number that is stored as a double stays one
    for await (const document of database.collection(name).find({}, { promoteValues: false, sort: { _id: 1 } })) {
      const line = `${EJSON.stringify(document, { relaxed: false })}\n`
      hash.update(line)
      await file.write(line)
      documents += 1
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { documents, sha256: hash.digest('hex') }
}

async function exists(path: string): Promise<boolean> {
  return (await unlessMissing(readdir(path).then(() => true))) ?? false
}
async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
