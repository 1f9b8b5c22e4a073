import type { Connection } from 'mongoose'
import { keptIn, modelOf } from './kept.ts'

/**
 * The form of the stored data that this program writes. Raised with every change that an older program would break.
 * 2: operators' names are sealed. 3: a turn holds where its chat is after it, and its effects alone.
 * 4: foreign citizenship is the child's and no reason. 5: consents are rows of their own. What
 * is stored already is brought along by `stores/upgrade.ts`.
 */
export const DATA_VERSION = 5

/** Programs up to this version brought nothing along by themselves. */
const NOT_UPGRADED = 3

/**
 * What is true of the database as a whole: `data` has its version, and up to which one all that is stored was brought;
 * `restoring` is there while a backup is being put into it; `restored` says when one was.
 */
type FactDocument = { _id: 'data' | 'restoring' | 'restored'; version?: number; upgraded?: number; at?: Date }

const schema = keptIn<FactDocument>('facts')

export const databaseFacts = modelOf('DatabaseFact', schema)

/**
 * Marks an empty or earlier database with our version. Throws a sentence where the data are newer than this program, or
 * where a backup was put in only in part.
 */
export async function checkDataVersion(database: Connection): Promise<void> {
  if (await databaseFacts(database).exists({ _id: 'restoring' })) throw new HalfRestored()
  const row = await databaseFacts(database)
    .findOneAndUpdate(
      { _id: 'data' },
      // earlier data are ours from now on: a program of their time would misread what this one writes
      { $max: { version: DATA_VERSION } },
      { upsert: true, returnDocument: 'after' },
    )
    .orFail()
    .lean()
  const version = row.version ?? 0
  if (version > DATA_VERSION) throw new NewerData(version)
}

/** Up to which version what is stored has been brought. */
export async function upgradedTo(database: Connection): Promise<number> {
  const row = await databaseFacts(database).findById('data').lean()
  return row?.upgraded ?? NOT_UPGRADED
}

export async function markUpgraded(database: Connection, version: number): Promise<void> {
  await databaseFacts(database).updateOne({ _id: 'data' }, { $max: { upgraded: version } }, { upsert: true })
}

/** The data were written by a newer program; going on would damage them. */
export class NewerData extends Error {
  override readonly name = 'NewerData'
  constructor(version: number) {
    super(`the data are of version ${version}, this program knows up to ${DATA_VERSION}: start the newer program`)
  }
}

/** A restore was interrupted: what is there is a part of a backup. */
export class HalfRestored extends Error {
  override readonly name = 'HalfRestored'
  constructor() {
    super('a restore was interrupted: run it again with --force before the service starts')
  }
}

/** From now until `markRestored` the database holds a part of a backup only. */
export async function markRestoring(database: Connection, at: Date): Promise<void> {
  await databaseFacts(database).updateOne({ _id: 'restoring' }, { $set: { at } }, { upsert: true })
}

/** Notes that a backup was put in at `at`: what was purged since it was made has come back and is purged again. */
export async function markRestored(database: Connection, at: Date): Promise<void> {
  await databaseFacts(database).updateOne({ _id: 'restored' }, { $set: { at } }, { upsert: true })
  await databaseFacts(database).deleteOne({ _id: 'restoring' })
}

/** When a backup was put in that no purge has followed yet; undefined when there is none. */
export async function restoredAt(database: Connection): Promise<Date | undefined> {
  const row = await databaseFacts(database).findById('restored').lean()
  return row?.at
}

/** The purge after the restore of `at` is done. A later restore stays noted. */
export async function clearRestored(database: Connection, at: Date): Promise<void> {
  await databaseFacts(database).deleteOne({ _id: 'restored', at })
}
