import { isDuplicateKey } from '../store/errors.ts'
import { guarded } from '../store/failpoint.ts'
import type { Database } from '../store/connect.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** What supervisors have changed of the office file, whole; one document. `rev` counts the changes. */
type OfficeSettingsDocument = { _id: string; rev: number; by: string; at: Date; settings: unknown }
const ID = 'office'

const schema = keptIn<OfficeSettingsDocument>('officeSettings')

export const officeSettings = modelOf('OfficeSettings', schema)

export type StoredSettings = { rev: number; by?: string; at?: Date; settings: unknown }

/** `rev` 0 and nothing where nobody has changed anything yet. */
export async function readSettings(database: Database): Promise<StoredSettings> {
  const found = await officeSettings(database).findById(ID).lean()
  return found ? { rev: found.rev, by: found.by, at: found.at, settings: found.settings } : { rev: 0, settings: {} }
}

/** Stores what follows on `rev`; false where somebody else has changed them meanwhile. */
export async function changeSettings(
  database: Database,
  rev: number,
  change: { by: string; at: Date; settings: unknown },
): Promise<boolean> {
  return guarded('settings.change', async () => {
    try {
      const { modifiedCount, upsertedCount } = await officeSettings(database).updateOne(
        { _id: ID, ...(rev === 0 ? { rev: { $exists: false } } : { rev }) },
        { $set: { ...change, rev: rev + 1 } },
        { upsert: rev === 0 },
      )
      return modifiedCount + upsertedCount === 1
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
  })
}
