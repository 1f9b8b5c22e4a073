import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** The queue's virtual time `V` and the sequence number of batches. One document, `_id` `queue`. */
export type ClockDocument = { _id: string; V: number; seq: number }
const CLOCK = 'queue'

const schema = keptIn<ClockDocument>('clock')
export const clocks = modelOf('Clock', schema)

/** Takes the next sequence number and reads the virtual time with it, in one operation. */
export async function tick(database: Connection): Promise<{ V: number; seq: number }> {
  const clock = await guarded('clock.tick', () =>
    clocks(database)
      .findOneAndUpdate(
        { _id: CLOCK },
        { $inc: { seq: 1 }, $setOnInsert: { V: 0 } },
        { upsert: true, returnDocument: 'after' },
      )
      .lean(),
  )
  return { V: clock.V, seq: clock.seq }
}

/** V := max(V, S). The virtual time never goes back. */
export async function raiseVirtualTime(database: Connection, S: number): Promise<void> {
  await guarded('clock.raise', () =>
    clocks(database).updateOne({ _id: CLOCK }, { $max: { V: S }, $setOnInsert: { seq: 0 } }, { upsert: true }),
  )
}

/** The virtual time now; 0 before the first claim. */
export async function virtualTime(database: Connection): Promise<number> {
  return (await clocks(database).findById(CLOCK).lean())?.V ?? 0
}
