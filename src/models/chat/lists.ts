import type { Connection } from 'mongoose'
import { chats } from './kept.ts'
import type { ChatDocument } from './kept.ts'
import { behind } from '../store/behind.ts'
import type { Place } from '../store/behind.ts'
import { inboxModel } from './inbox.ts'
import { pleas } from '../plea/pleas.ts'
import { openTakeovers } from './takeovers.ts'

/**
 * Chats by when the person wrote last, the newest first, from behind `after`: a moment, since the chat that a page ended
 * with may have moved to the front by then.
 */
export function recentChats(
  database: Connection,
  { among, after, limit }: { among?: readonly string[] | undefined; after?: Place<Date> | undefined; limit: number },
): Promise<ChatDocument[]> {
  return chats(database)
    .find({ ...(among && { _id: { $in: [...among] } }), ...behind('lastInboundAt', after, -1) })
    .sort({ lastInboundAt: -1, _id: -1 })
    .limit(limit)
    .lean<ChatDocument[]>()
    .exec()
}

export type Asked = { chat: string; since: Date; number: string }

/** Chats that called for a person, with their first open call; the longest waiting first. */
export async function askingChats(database: Connection, among?: readonly string[]): Promise<Asked[]> {
  const open = await pleas(database)
    .find({ state: 'open', kind: 'help', ...(among && { chat: { $in: [...among] } }) }, { chat: 1, at: 1, number: 1 })
    .sort({ at: 1, _id: 1 })
    .limit(1000)
    .lean<{ chat: string; at: Date; number: string }[]>()
  const first = new Map<string, Asked>()
  for (const { chat, at, number } of open) if (!first.has(chat)) first.set(chat, { chat, since: at, number })
  return [...first.values()]
}

/** Chats that wait for an operator, answered ones not among them. */
export async function countAsking(database: Connection): Promise<number> {
  const [asking, taken] = await Promise.all([askingChats(database), openTakeovers(database)])
  const held = new Set(taken.map((one) => one.chat))
  return asking.filter((one) => !held.has(one.chat)).length
}

/** Chats in which the person wrote between two moments, as far as their messages are kept. */
export async function chatsOfSpan(database: Connection, from: Date, to: Date): Promise<string[]> {
  const found = await inboxModel(database)
    .find({ receivedAt: { $gte: from, $lt: to }, body: { $exists: true } }, { chat: 1, channel: 1 })
    .limit(20_000)
    .lean<{ chat: string; channel: string }[]>()
  return [...new Set(found.filter((row) => row.channel !== 'system').map((row) => row.chat))]
}
