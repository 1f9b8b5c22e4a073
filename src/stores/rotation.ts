import { isDeepStrictEqual } from 'node:util'
import { mongo } from 'mongoose'
import type { Log } from '../config/log.ts'
import { toBuffer } from '../models/store/binary.ts'
import type { Database } from '../models/store/connect.ts'
import type { Sealer } from '../models/store/sealing.ts'
import { collectionNames } from './backup.ts'
import { LOOKUPS } from './lookups.ts'
import type { ReadBlob } from './lookups.ts'

/** What the rotation asks of the blob store. */
export type SealedBlobs = { ids(): AsyncIterable<string>; reseal(id: string): Promise<boolean>; get: ReadBlob }
/** How much was sealed or built anew. `foreign` counts values that no key at hand opens: they are left as they are. */
export type Rotation = { documents: number; values: number; lookups: number; blobs: number; foreign: number }

type Found = { path: string; stored: mongo.Binary }
type Row = Readonly<Record<string, unknown>> & { _id: string }

/**
 * Seals everything that lies under an earlier key under the current one, documents, blobs and the keyring alike, and
 * builds the keyed look-ups anew. Whatever is done is done for good: run again after a kill it goes on. The service must
 * not run meanwhile, since it would look up under the earlier key.
 */
export async function rotateKeys(options: {
  database: Database
  sealer: Sealer
  blobs: SealedBlobs
  log: Log
}): Promise<Rotation> {
  const { database, sealer, blobs, log } = options
  const done: Rotation = { documents: 0, values: 0, lookups: 0, blobs: 0, foreign: 0 }
  for await (const id of blobs.ids()) if (await blobs.reseal(id)) done.blobs += 1
  for (const name of await collectionNames(database)) {
    const collection = database.collection<Row>(name)
    for await (const row of collection.find({}, { projection: { _id: 1 } })) {
      await rotateRow(collection as unknown as mongo.Collection<Row>, name, row._id, { sealer, blobs, done })
    }
    log.info({ collection: name, ...done }, 'collection is under the current key')
  }
  return done
}

/** One conditional write a document; where somebody else wrote meanwhile, it is read again. */
async function rotateRow(
  collection: mongo.Collection<Row>,
  name: string,
  id: string,
  { sealer, blobs, done }: { sealer: Sealer; blobs: SealedBlobs; done: Rotation },
): Promise<void> {
  for (;;) {
    const row = (await collection.findOne({ _id: id }, { promoteBuffers: false })) as Row | null
    if (!row) return
    const expected: Record<string, unknown> = { _id: id }
    const set: Record<string, unknown> = {}
    let foreign = 0
    for (const { path, stored } of sealedValues(row, '')) {
      const sealed = toBuffer(stored)
      if (!sealer.isStale(sealed)) continue
      const plain = tryOpen(sealer, sealed)
      if (!plain) {
        foreign += 1
        continue
      }
      expected[path] = stored
      set[path] = sealer.seal(plain)
    }
    const values = Object.keys(set).length
    const fresh = (await LOOKUPS[name]?.(row, sealer, blobs.get)) ?? {}
    for (const [path, value] of Object.entries(fresh)) {
      if (isDeepStrictEqual(row[path], value)) continue
      expected[path] = row[path]
      set[path] = value
    }
    const written = Object.keys(set).length
    if (written > 0) {
      const result = await collection.updateOne(expected as mongo.Filter<Row>, { $set: set as Partial<Row> })
      if (result.matchedCount === 0) continue
      done.documents += 1
    }
    done.values += values
    done.lookups += written - values
    done.foreign += foreign
    return
  }
}

/** Every binary value of a document with its path, as `history.3.sealed`. */
function* sealedValues(value: unknown, path: string): Generator<Found> {
  if (value instanceof mongo.Binary) yield { path, stored: value }
  else if (Array.isArray(value)) for (const [i, one] of value.entries()) yield* sealedValues(one, `${path}.${i}`)
  else if (isPlain(value)) {
    for (const [key, one] of Object.entries(value)) yield* sealedValues(one, path === '' ? key : `${path}.${key}`)
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
function tryOpen(sealer: Sealer, sealed: Buffer): Buffer | undefined {
  try {
    return sealer.open(sealed)
  } catch {
    return undefined
  }
}
