import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import type { Database } from '../store/connect.ts'
import { inboxModel } from './inbox.ts'
import type { InboxBody, InboxDocument } from './inbox.ts'
import { messageOf } from './sender-changes.ts'

/** What a person wrote to the files of one message. */
export type Caption = { at: Date; text: string }

/** By the message's id; none where nothing was written, where the sender took it back, and once the message is purged. */
export async function captionsOf(
  { database, sealer }: { database: Database; sealer: Sealer },
  files: readonly string[],
): Promise<ReadonlyMap<string, Caption>> {
  if (files.length === 0) return new Map()
  const rows = await inboxModel(database)
    .find(
      {
        _id: { $in: [...new Set(files.map(messageOf))] },
        kind: 'files',
        body: { $exists: true },
        deletedAt: { $exists: false },
      },
      { at: 1, body: 1 },
    )
    .lean<Pick<InboxDocument, '_id' | 'at' | 'body'>[]>()
  return new Map(
    rows.flatMap(({ _id, at, body }) => {
      const opened = body && sealer.openJson<InboxBody>(toBuffer(body))
      return opened?.kind === 'files' && opened.caption ? [[_id, { at, text: opened.caption }] as const] : []
    }),
  )
}
