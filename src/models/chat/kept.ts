import type { ChannelName } from './message.ts'
import { keptIn, modelOf } from '../store/kept.ts'

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

const schema = keptIn<ChatDocument>('chats')
schema.index({ lastInboundAt: -1, _id: -1 }, { name: 'recent' })
schema.index({ coordinator: 1 }, { name: 'coordinator', partialFilterExpression: { coordinator: { $exists: true } } })

export const chats = modelOf('Chat', schema)
