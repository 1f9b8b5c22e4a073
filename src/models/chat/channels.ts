import { chats } from './kept.ts'
import type { ChannelName } from './message.ts'
import type { Database } from '../store/connect.ts'

/** The channels that these chats are on, each once. */
export async function channelsOf(database: Database, ids: readonly string[]): Promise<ChannelName[]> {
  const found = await chats(database)
    .find({ _id: { $in: [...ids] } }, { channel: 1 })
    .lean()
  return [...new Set(found.map((chat) => chat.channel))]
}
