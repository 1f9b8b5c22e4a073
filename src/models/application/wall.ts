import type { Connection } from 'mongoose'
import { CLAIM_STAGES } from './application.ts'
import { applications } from './kept.ts'

/** Cards that became ready since then, whatever has become of them after. */
export async function readySince(
  database: Connection,
  since: Date,
): Promise<{ npsn: string; readyAt: Date; completeAt?: Date }[]> {
  return applications(database)
    .find({ readyAt: { $gte: since } }, { _id: 0, npsn: 1, readyAt: 1, completeAt: 1 })
    .hint('ready')
    .lean<{ npsn: string; readyAt: Date; completeAt?: Date }[]>()
    .exec()
}

/** What is in the office's work, by school, and how many of it a supervisor has moved to the front. */
export async function inWorkBySchool(
  database: Connection,
): Promise<{ npsn: string; waiting: number; moved: number }[]> {
  // as `isForward`
  const moved = { $cond: [{ $and: [{ $gt: ['$key', null] }, { $lte: ['$start', null] }] }, 1, 0] }
  const rows = await applications(database).aggregate<{ _id: string; waiting: number; moved: number }>(
    [
      { $match: { stage: { $in: [...CLAIM_STAGES] } } },
      { $group: { _id: '$npsn', waiting: { $sum: 1 }, moved: { $sum: moved } } },
    ],
    { hint: 'stage-age' },
  )
  return rows.map(({ _id, ...row }) => ({ npsn: _id, ...row }))
}

/** How many operators hold something now. */
export async function countHolders(database: Connection): Promise<number> {
  return (await applications(database).distinct('claim.by', { state: 'claimed' })).length
}
