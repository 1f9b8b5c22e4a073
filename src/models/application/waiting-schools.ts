import type { Connection } from 'mongoose'
import { applications } from './kept.ts'

/** The schools of what waits for verification, file by file, in the order in which it came. */
export async function waitingSchools(database: Connection, limit: number): Promise<string[]> {
  const rows = await applications(database)
    .find({ stage: 'verification', state: 'queued' }, { npsn: 1, submittedAt: 1 })
    .hint('claim')
    .limit(limit)
    .lean<{ npsn: string; submittedAt?: Date }[]>()
    .exec()
  return rows
    .toSorted((a, b) => (a.submittedAt?.getTime() ?? 0) - (b.submittedAt?.getTime() ?? 0))
    .map((row) => row.npsn)
}
