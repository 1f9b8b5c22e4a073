import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import type { School } from './school.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** A school as it is stored; `_id` is its NPSN. */
export type SchoolDocument = Omit<School, 'npsn'> & { _id: string }

const schema = keptIn<SchoolDocument>('schools')

export const schools = modelOf('School', schema)

/** Creates or replaces schools by NPSN; gives how many were new or changed. Running it again changes nothing. */
export async function storeSchools(database: Connection, list: readonly School[]): Promise<number> {
  if (list.length === 0) return 0
  const result = await guarded('school.store', () =>
    schools(database).bulkWrite(
      list.map(({ npsn, ...school }) => ({
        updateOne: { filter: { _id: npsn }, update: { $set: school }, upsert: true },
      })),
      { ordered: false },
    ),
  )
  return result.upsertedCount + result.modifiedCount
}

/** The school of this NPSN, if the office knows it. */
export async function findSchool(database: Connection, npsn: string): Promise<School | undefined> {
  const found = await schools(database).findById(npsn).lean<SchoolDocument>()
  return found ? open(found) : undefined
}

/** Pupils enrolled, for weights; null where the office has not entered them or does not know the school. */
export async function enrolmentOf(database: Connection, npsn: string): Promise<number | null> {
  return (await findSchool(database, npsn))?.enrolled ?? null
}

/** By NPSN, for lists; schools that are not known are missing. */
export async function schoolsByNpsn(
  database: Connection,
  npsns: readonly string[],
): Promise<ReadonlyMap<string, School>> {
  const found = await schools(database)
    .find({ _id: { $in: [...new Set(npsns)] } })
    .lean<SchoolDocument[]>()
  return new Map(found.map((school) => [school._id, open(school)]))
}

/** Schools in the order of their NPSN, from behind `after`; `q` is the beginning of an NPSN or a part of a name. */
export async function listSchools(
  database: Connection,
  query: { q?: string | undefined; after?: string | undefined; limit: number },
): Promise<School[]> {
  const text = query.q?.trim().replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
  const found = await schools(database)
    .find({
      ...(query.after === undefined ? {} : { _id: { $gt: query.after } }),
      ...(text ? { $or: [{ _id: { $regex: `^${text}` } }, { name: { $regex: text, $options: 'i' } }] } : {}),
    })
    .sort({ _id: 1 })
    .limit(query.limit)
    .lean<SchoolDocument[]>()
  return found.map((school) => open(school))
}

function open({ _id, name, kecamatan, enrolled, sample }: SchoolDocument): School {
  return { npsn: _id, name, kecamatan, enrolled, sample }
}
