import { Schema } from 'mongoose'
import type { Connection, Model } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import { ticketOf } from './ticket.ts'

/** Numbers given out so far. A number whose submission was cut off is never given again: gaps are harmless. */
type CounterDocument = { _id: string; given: number }

const schema = new Schema<CounterDocument>(
  { _id: { type: String, required: true }, given: Number },
  { collection: 'counters', versionKey: false },
)
export function counters(database: Connection): Model<CounterDocument> {
  return (
    (database.models['Counter'] as Model<CounterDocument> | undefined) ??
    database.model<CounterDocument>('Counter', schema)
  )
}

/** The next ticket number of the office, as `B417-6`. */
export async function nextTicket(database: Connection): Promise<string> {
  const counter = await guarded('ticket.next', () =>
    counters(database)
      .findOneAndUpdate({ _id: 'tickets' }, { $inc: { given: 1 } }, { upsert: true, returnDocument: 'after' })
      .lean(),
  )
  return ticketOf(counter.given - 1)
}
