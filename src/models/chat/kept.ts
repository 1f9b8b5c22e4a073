import { Schema } from 'mongoose'
import type { Connection, Model } from 'mongoose'
import type { ChannelName } from './message.ts'

/** One person's chat on one channel. `_id` is `sealer.identify('chat', channel, account, address)`. */
export type ChatDocument = {
  _id: string
  channel: ChannelName
  account: string
  /** Sealed platform address; opened only to send. */
  address: Buffer
  /** Sealed phone, once it is known. */
  phone?: Buffer
  coordinator?: string
  /** False after BERHENTI: answers go on, notices wait until MULAI. */
  notices: boolean
  /** Set when a platform says that the person has blocked us; cleared by their next message. */
  blockedAt?: Date
  lastInboundAt: Date
  createdAt: Date
}

const schema = new Schema<ChatDocument>(
  {
    _id: { type: String, required: true },
    channel: String,
    account: String,
    address: Buffer,
    phone: Buffer,
    coordinator: String,
    notices: Boolean,
    blockedAt: Date,
    lastInboundAt: Date,
    createdAt: Date,
  },
  { collection: 'chats', versionKey: false },
)
schema.index({ lastInboundAt: -1, _id: -1 }, { name: 'recent' })
schema.index({ coordinator: 1 }, { name: 'coordinator', partialFilterExpression: { coordinator: { $exists: true } } })

export type Chats = Model<ChatDocument>
export function chats(database: Connection): Chats {
  return (database.models['Chat'] as Chats | undefined) ?? database.model<ChatDocument>('Chat', schema)
}
