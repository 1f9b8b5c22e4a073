import { guarded } from '../store/failpoint.ts'
import { newId } from '../store/ids.ts'
import type { Database } from '../store/connect.ts'
import { keptIn, modelOf } from '../store/kept.ts'

const OFFICE_ACTS = [
  'operator-add',
  'operator-change',
  'operator-password',
  'operator-invite',
  'operator-sessions-end',
  'operator-second-factor-off',
  'settings-change',
  'alarm-seen',
  'conversation-take-over',
  'batch-take-over',
  'school-save',
  'school-invitation',
  'coordinator-approve',
  'coordinator-suspend',
  'coordinator-reinstate',
  'coordinator-move',
  'coordinator-replace',
] as const
export type OfficeActName = (typeof OFFICE_ACTS)[number]

/** What supervisors do to the office itself, beside the histories of applications. Ids and codes only. */
type OfficeActDocument = {
  _id: string
  at: Date
  by: string
  act: OfficeActName
  /** Id or NPSN of the operator, setting, alarm, chat, coordinator or school that it was done to. */
  subject: string
  detail?: string
}

const schema = keptIn<OfficeActDocument>('officeActs')
schema.index({ at: -1 }, { name: 'latest' })

export const officeActs = modelOf('OfficeAct', schema)

export type OfficeAct = Omit<OfficeActDocument, '_id'> & { id: string }

export async function logAct(database: Database, act: Omit<OfficeAct, 'id'>): Promise<void> {
  await guarded('act.log', () =>
    officeActs(database).collection.insertOne({ _id: newId(act.at.getTime()), ...act } as never),
  )
}

/** The latest first. */
export async function actsBetween(
  database: Database,
  { from, to, operator, limit }: { from: Date; to: Date; operator?: string | undefined; limit: number },
): Promise<OfficeAct[]> {
  const found = await officeActs(database)
    .find({ at: { $gte: from, $lt: to }, ...(operator === undefined ? {} : { by: operator }) })
    .hint('latest')
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean()
  return found.map(({ _id, ...act }) => ({ ...act, id: _id }))
}
