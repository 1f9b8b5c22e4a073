import { guarded } from '../store/failpoint.ts'
import { behind } from '../store/behind.ts'
import type { Place } from '../store/behind.ts'
import type { Database } from '../store/connect.ts'
import { insertOnce } from '../store/insert-once.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** Somebody has looked at many cases that they do not work on. `_id` names the operator and the span of time. */
type ReadingAlarmDocument = {
  _id: string
  operator: string
  at: Date
  /** Cases within the span. */
  count: number
  minutes: number
  seen?: { by: string; at: Date }
}

const schema = keptIn<ReadingAlarmDocument>('readingAlarms')
schema.index({ 'seen.at': 1, at: -1, _id: -1 }, { name: 'unseen' })

export const readingAlarms = modelOf('ReadingAlarm', schema)

export type ReadingAlarm = Omit<ReadingAlarmDocument, '_id'> & { id: string }

/** True where it is the first alarm of this operator in this span. */
export function raiseAlarm(database: Database, { id, ...alarm }: ReadingAlarm): Promise<boolean> {
  return guarded('alarm.raise', () => insertOnce(readingAlarms(database), { _id: id, ...alarm }))
}

const UNSEEN = { 'seen.at': null }

/** Those that no supervisor has looked into yet, the latest first. */
export async function unseenAlarms(
  database: Database,
  page: { place?: Place<Date> | undefined; limit: number },
): Promise<ReadingAlarm[]> {
  const found = await readingAlarms(database)
    .find({ ...UNSEEN, ...behind('at', page.place, -1) })
    .sort({ at: -1, _id: -1 })
    .limit(page.limit)
    .lean()
  return found.map(({ _id, ...alarm }) => ({ ...alarm, id: _id }))
}

export function countUnseenAlarms(database: Database): Promise<number> {
  return readingAlarms(database).countDocuments(UNSEEN)
}

/** A supervisor has looked into it; the first who did is kept. False where there is no such alarm. */
export async function seeAlarm(database: Database, id: string, by: string, at: Date): Promise<boolean> {
  await guarded('alarm.see', () =>
    readingAlarms(database).updateOne({ _id: id, seen: { $exists: false } }, { $set: { seen: { by, at } } }),
  )
  return (await readingAlarms(database).exists({ _id: id })) !== null
}
