import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import type { MediaPart } from './media-part.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** What the process that looks at files has found on its machine; the one row is replaced at each of its starts. */
type MediaPartsDocument = { _id: string; missing: MediaPart[]; at: Date }
const FOUND = 'found'

const schema = keptIn<MediaPartsDocument>('media-parts')
export const mediaParts = modelOf('MediaParts', schema)

/** Tells every process of the service, that with the console among them, which parts do not load. */
export async function reportMissingParts(database: Connection, missing: readonly MediaPart[], at: Date): Promise<void> {
  await guarded('media-parts.report', () =>
    mediaParts(database).updateOne({ _id: FOUND }, { $set: { missing: [...missing], at } }, { upsert: true }),
  )
}

/** Parts that do not load; undefined before anybody has tried. */
export async function missingMediaParts(database: Connection): Promise<readonly MediaPart[] | undefined> {
  return (await mediaParts(database).findById(FOUND).lean<MediaPartsDocument>())?.missing
}
