import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import { ticketOf } from './ticket.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** Numbers given out so far. A number whose submission was cut off is never given again: gaps are harmless. */
type CounterDocument = { _id: string; given: number }

const schema = keptIn<CounterDocument>('counters')
export const counters = modelOf('Counter', schema)

/** The next ticket number of the office, as `B417-6`. */
export async function nextTicket(database: Connection): Promise<string> {
  const counter = await guarded('ticket.next', () =>
    counters(database)
      .findOneAndUpdate({ _id: 'tickets' }, { $inc: { given: 1 } }, { upsert: true, returnDocument: 'after' })
      .lean(),
  )
  return ticketOf(counter.given - 1)
}
