import type { Connection } from 'mongoose'
import type { Stage } from '../application.ts'
import type { ApplicationRow } from './application-lists.ts'
import { applications } from './application-schema.ts'
import type { ApplicationDocument } from './application-schema.ts'

/** What a row of a list shows; documents, answers and histories stay where they are. */
const ROW = {
  ticket: 1,
  stage: 1,
  state: 1,
  key: 1,
  start: 1,
  npsn: 1,
  pupil: 1,
  findingCodes: 1,
  claim: 1,
  submittedAt: 1,
  stageAt: 1,
  attention: 1,
} as const
/** Nobody needs the exact number of more than that. */
const MOST_COUNTED = 10_000

export type ApplicationSearch = {
  stage?: Stage | undefined
  npsn?: string | undefined
  ticket?: string | undefined
}

/** Submitted applications, the latest in their stage first, from behind `after` on; `total` stops at 10,000. */
export async function searchApplications(
  database: Connection,
  search: ApplicationSearch,
  page: { after?: string | undefined; limit: number },
): Promise<{ total: number; rows: ApplicationRow[] }> {
  const model = applications(database)
  const filter = {
    stage: search.stage ?? { $ne: 'draft' as const },
    ...(search.npsn === undefined ? {} : { npsn: search.npsn }),
    ...(search.ticket === undefined ? {} : { ticket: search.ticket }),
  }
  // the index of a stage gives its own order; without a stage the ids do
  const byStage = search.stage !== undefined
  const last = page.after === undefined ? null : await model.findById(page.after, { stageAt: 1 }).lean()
  const behind = last
    ? byStage
      ? { $or: [{ stageAt: { $lt: last.stageAt } }, { stageAt: last.stageAt, _id: { $lt: last._id } }] }
      : { _id: { $lt: last._id } }
    : {}
  const [total, rows] = await Promise.all([
    model.countDocuments(filter, { limit: MOST_COUNTED }),
    model
      .find({ ...filter, ...behind }, ROW)
      .sort(byStage ? { stageAt: -1, _id: -1 } : { _id: -1 })
      .limit(page.limit)
      .lean<ApplicationRow[]>()
      .exec(),
  ])
  return { total, rows }
}

/** What the queue's own rows leave out of a list: the sealed pupil and the virtual start. */
export async function sealedRows(
  database: Connection,
  ids: readonly string[],
): Promise<Map<string, Pick<ApplicationDocument, 'pupil' | 'start'>>> {
  const found = await applications(database)
    .find({ _id: { $in: [...ids] } }, { pupil: 1, start: 1 })
    .lean()
  return new Map(found.map((row) => [row._id, row]))
}
