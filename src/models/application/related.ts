import type { Connection } from 'mongoose'
import { applications } from './kept.ts'
import type { ApplicationDocument } from './kept.ts'
import { fileModel } from '../file/files.ts'

/** By what an application is related to another: the pupil's NIK, the KK number, or the very same picture of the KK. */
export type Relation = 'nik' | 'kk' | 'file'
type RelatedRow = Pick<ApplicationDocument, '_id' | 'ticket' | 'stage' | 'stageAt' | 'npsn' | 'pupil' | 'reason'>
export type Related = { row: RelatedRow; by: Relation }

const ROW = { ticket: 1, stage: 1, stageAt: 1, npsn: 1, pupil: 1, reason: 1 } as const
const MOST = 20

/**
 * Submitted applications of the same pupil and of brothers and sisters, the newest first, `MOST` of each relation. A
 * purged one has no hashes any more and is not found.
 */
export async function relatedApplications(
  database: Connection,
  of: Pick<ApplicationDocument, '_id' | 'nikHash' | 'kkHash' | 'documents'>,
): Promise<readonly Related[]> {
  const model = applications(database)
  const find = (filter: Readonly<Record<string, unknown>>): Promise<RelatedRow[]> =>
    model
      .find({ ...filter, stage: { $ne: 'draft' } }, ROW)
      .sort({ _id: -1 })
      .limit(MOST)
      .lean<RelatedRow[]>()
      .exec()
  const sharing = await sharingFamilyCard(database, of)
  const [nik, kk, file] = await Promise.all([
    of.nikHash === undefined ? [] : find({ nikHash: of.nikHash }),
    of.kkHash === undefined ? [] : find({ kkHash: of.kkHash }),
    sharing.length === 0 ? [] : find({ _id: { $in: sharing } }),
  ])
  const seen = new Set([of._id])
  const all = [
    ...nik.map((row) => ({ row, by: 'nik' as const })),
    ...kk.map((row) => ({ row, by: 'kk' as const })),
    ...file.map((row) => ({ row, by: 'file' as const })),
  ]
  return all.filter(({ row }) => {
    const fresh = !seen.has(row._id)
    seen.add(row._id)
    return fresh
  })
}

/** Applications whose school sent the same bytes as this one's family card, or uses that very file. */
async function sharingFamilyCard(
  database: Connection,
  { _id, documents }: Pick<ApplicationDocument, '_id' | 'documents'>,
): Promise<string[]> {
  const cards = documents.filter((one) => one.kind === 'family_card' && one.supersededAt === undefined)
  if (cards.length === 0) return []
  const model = fileModel(database)
  const own = await model.find({ _id: { $in: cards.map((one) => one.id) } }, { sha256: 1 }).lean()
  const contents = own.flatMap((file) => file.sha256 ?? [])
  if (contents.length === 0) return []
  const same = await model.find({ sha256: { $in: contents } }, { applications: 1 }).lean()
  return [...new Set(same.flatMap((file) => file.applications))].filter((id) => id !== _id)
}
