import { inboxModel } from './inbox.ts'
import type { Database } from '../store/connect.ts'

/** Whether the person has written in this chat since then. */
export async function wroteSince(database: Database, chat: string, since: Date): Promise<boolean> {
  const written = await inboxModel(database).exists({
    chat,
    receivedAt: { $gt: since },
    kind: { $nin: ['system', 'placeholder'] },
  })
  return written !== null
}
