import type { Connection, mongo } from 'mongoose'
import type { DeliveryState, DeliverySubject, SendFailure } from './delivery.ts'
import { keptIn, modelOf, rowsOf } from '../store/kept.ts'

/** One message of ours to one chat, from its decision to its receipt. `_id` is its natural key (design §2). */
export type DeliveryDocument = {
  _id: string
  chat: string
  /** Order within the chat, from 1, without doubles. */
  n: number
  state: DeliveryState
  /** Sealed text. */
  text: Buffer
  /** Sealed `Choice[]`. */
  choices?: Buffer
  /** Sealed list of `{ name, mediaType, blob }`. */
  files?: Buffer
  subject: DeliverySubject
  /** Ids of all applications that it is about, where it is about any. */
  applications?: string[]
  /** Waits while the chat has notices off (BERHENTI); answers do not. */
  notice: boolean
  /** Not before then, without holding back what comes later in the chat (quiet hours, groups). */
  notBefore: Date
  /** After a failed attempt: not before then, and the chat waits, so that order holds. */
  retryAt?: Date
  /** When somebody is to look at it: due, lease over. Only while unfinished and not parked. */
  nextAttemptAt?: Date
  /** A notice that met a chat with notices off. */
  parked?: boolean
  /** Who is sending it now; late writers show a token that is no longer this one. */
  lease?: { token: string; until: Date }
  attempts: number
  /** Attempts whose outcome nobody knows: each may show the message once more. */
  interrupted: number
  failure?: SendFailure
  /** What the channel adds to the failure, as `never-wrote`, or that it was given up. */
  reason?: string
  /** The message id that all attempts carry, on channels where the sender chooses it. */
  chosenId: string
  /** `sealer.identify('sent', channel, platform id)`, for receipts. */
  receipt?: string
  createdAt: Date
  sentAt?: Date
  deliveredAt?: Date
  readAt?: Date
  failedAt?: Date
}

/** The reason of a delivery that waited until its text was to go: it is not sent any more. */
export const GIVEN_UP = 'given-up'

const schema = keptIn<DeliveryDocument>('deliveries')
const unfinished = { nextAttemptAt: { $exists: true } }
schema.index({ chat: 1, n: 1 }, { name: 'chat-order', unique: true })
// a chat's history grows for months: what is unfinished has an index of its own
schema.index({ chat: 1, nextAttemptAt: 1 }, { name: 'unfinished', partialFilterExpression: unfinished })
schema.index({ nextAttemptAt: 1 }, { name: 'due', partialFilterExpression: unfinished })
schema.index({ applications: 1 }, { name: 'applications' })
schema.index({ receipt: 1 }, { name: 'receipt', partialFilterExpression: { receipt: { $exists: true } } })
schema.index({ createdAt: 1 }, { name: 'created' })

export const deliveries = modelOf('Delivery', schema)
/** Rows of deliveries for the way of every reply. */
export function deliveryRows(database: Connection): mongo.Collection<DeliveryDocument> {
  return rowsOf(deliveries(database))
}
