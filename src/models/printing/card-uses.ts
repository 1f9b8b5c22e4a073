import { guarded } from '../store/failpoint.ts'
import type { MisprintReason } from './print-batch.ts'
import type { Database } from '../store/connect.ts'
import { insertOnce } from '../store/insert-once.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** A card that was printed, or came out wrong, outside of a print batch; `_id` is the application and the entry's `seq`. */
export type CardUse = {
  _id: string
  application: string
  at: Date
  /** 0: the card was counted when it was printed, and turned out wrong afterwards. */
  blanks: 0 | 1
  misprint?: MisprintReason
}

const schema = keptIn<CardUse>('cardUses')
schema.index({ at: 1 }, { name: 'at' })

export const cardUses = modelOf('CardUse', schema)

/** Counts a card; the same history entry again counts nothing. */
export async function addCardUse(database: Database, use: CardUse): Promise<void> {
  await guarded('card.use', () => insertOnce(cardUses(database), use))
}

/** All cards used outside of batches since the office began to count. */
export async function countCardUses(database: Database): Promise<number> {
  const [sum] = await cardUses(database).aggregate<{ blanks: number }>([
    { $group: { _id: null, blanks: { $sum: '$blanks' } } },
  ])
  return sum?.blanks ?? 0
}

export function cardUsesSince(database: Database, since: Date): Promise<CardUse[]> {
  return cardUses(database)
    .find({ at: { $gte: since } })
    .hint('at')
    .lean<CardUse[]>()
    .exec()
}
