import type { Connection } from 'mongoose'
import type { ApplicationRow } from './application-lists.ts'
import { applications } from './application-schema.ts'

const ROW = {
  ticket: 1,
  stage: 1,
  state: 1,
  key: 1,
  start: 1,
  npsn: 1,
  reason: 1,
  pupil: 1,
  findingCodes: 1,
  claim: 1,
  submittedAt: 1,
  stageAt: 1,
  attention: 1,
} as const

/** The rows of these applications by id, wherever they are. */
export async function rowsById(database: Connection, ids: readonly string[]): Promise<Map<string, ApplicationRow>> {
  const rows = await applications(database)
    .find({ _id: { $in: [...ids] } }, ROW)
    .lean<ApplicationRow[]>()
    .exec()
  return new Map(rows.map((row) => [row._id, row]))
}
