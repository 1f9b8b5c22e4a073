import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { guarded } from '../models/store/failpoint.ts'
import type { Sealer } from '../models/store/sealing.ts'

const ID = /^[A-Za-z0-9_-]{8,120}$/
const PART = '.part'
/** No put takes this long: what is older was left by a process that was killed. */
const PART_AGE_MS = 60 * 60_000

export type Blobs = ReturnType<typeof createBlobs>

/**
 * Sealed bytes on disk, `<root>/<2 hex digits>/<id>`: an id is ours, never a name that somebody sent. A blob is whole or
 * absent, never half: it is written under another name, synced, and only then linked to its own. The first put of an
 * id wins; a second replaces nothing. Sealing one blob takes about three times its size in memory for a moment.
 */
export function createBlobs({ root, sealer, now }: { root: string; sealer: Sealer; now: () => Date }) {
  function pathOf(id: string): string {
    if (!ID.test(id)) throw new Error('not an id of a blob')
    return join(root, createHash('sha256').update(id).digest('hex').slice(0, 2), id)
  }

  /** True when this call stored the bytes; false when the id was there before, and stays as it was. */
  async function put(id: string, bytes: Uint8Array): Promise<boolean> {
    const path = pathOf(id)
    const folder = dirname(path)
    await makeFolder(folder)
    const part = `${path}.${randomUUID()}${PART}`
    try {
      await guarded('blob.write', () => writeSynced(part, sealer.seal(bytes)))
      return await guarded('blob.link', () => linkOnce(part, path))
    } finally {
      await rm(part, { force: true })
      await syncFolder(folder)
    }
  }

  async function makeFolder(folder: string): Promise<void> {
    const made = await mkdir(folder, { recursive: true })
    if (made) await syncFolder(dirname(folder))
  }

  /** Undefined when there is no such blob. Throws when it was changed or its key is not at hand. */
  async function get(id: string): Promise<Buffer | undefined> {
    const sealed = await unlessMissing(readFile(pathOf(id)))
    return sealed && sealer.open(sealed)
  }

  /** The number of bytes that are taken on disk; undefined when there is no such blob. */
  async function size(id: string): Promise<number | undefined> {
    return (await unlessMissing(stat(pathOf(id))))?.size
  }

  /** Deleting what is not there is harmless. */
  async function remove(id: string): Promise<void> {
    const path = pathOf(id)
    const gone = await guarded('blob.delete', () => unlessMissing(unlink(path).then(() => true)))
    if (gone) await syncFolder(dirname(path))
  }

  /** Every id, in no order, for the backup and the key rotation. */
  async function* ids(): AsyncGenerator<string> {
    for (const { name } of await files()) if (!name.endsWith(PART)) yield name
  }

  /** Seals a blob again when it lies under an earlier key; true when it did. */
  async function reseal(id: string): Promise<boolean> {
    const path = pathOf(id)
    const sealed = await unlessMissing(readFile(path))
    if (!sealed || !sealer.isStale(sealed)) return false
    const part = `${path}.${randomUUID()}${PART}`
    await writeSynced(part, sealer.seal(sealer.open(sealed)))
    await rename(part, path)
    await syncFolder(dirname(path))
    return true
  }

  /** Removes what killed processes left half written; gives back how many. */
  async function tidy(): Promise<number> {
    let removed = 0
    for (const { name, path } of await files()) {
      if (!name.endsWith(PART)) continue
      const age = await unlessMissing(stat(path))
      if (!age || now().getTime() - age.mtimeMs < PART_AGE_MS) continue
      await rm(path, { force: true })
      removed += 1
    }
    return removed
  }

  async function files(): Promise<{ name: string; path: string }[]> {
    const entries = await unlessMissing(readdir(root, { recursive: true, withFileTypes: true }))
    return (entries ?? []).flatMap((e) => (e.isFile() ? [{ name: e.name, path: join(e.parentPath, e.name) }] : []))
  }

  return { put, get, size, delete: remove, ids, reseal, tidy }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A link, not a rename: a rename would replace what a second process has stored meanwhile. */
async function linkOnce(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** A file's name is durable only once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}
