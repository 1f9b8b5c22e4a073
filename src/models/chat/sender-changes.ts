import type { Connection } from 'mongoose'
import { inboxModel } from './inbox.ts'
import type { InboxDocument } from './inbox.ts'

/** What the sender did, later, to the message that a file came with. Our copy of the file stays as it is. */
export type SenderChange = { kind: 'edited' | 'deleted'; at: Date }

/** A deletion stands over an edit. By file id; files whose message stands as it was sent are not in it. */
export async function senderChanges(
  database: Connection,
  files: readonly string[],
): Promise<ReadonlyMap<string, SenderChange>> {
  if (files.length === 0) return new Map()
  const rows = await inboxModel(database)
    .find(
      {
        _id: { $in: [...new Set(files.map(messageOf))] },
        $or: [{ deletedAt: { $exists: true } }, { editedAt: { $exists: true } }],
      },
      { editedAt: 1, deletedAt: 1 },
    )
    .lean<Pick<InboxDocument, '_id' | 'editedAt' | 'deletedAt'>[]>()
  const byMessage = new Map(rows.map((row) => [row._id, changeOf(row)]))
  return new Map(
    files.flatMap((file) => {
      const change = byMessage.get(messageOf(file))
      return change ? [[file, change] as const] : []
    }),
  )
}

/** A file's id is its message's with a number behind. */
export function messageOf(file: string): string {
  return file.replace(/-\d+$/, '')
}
function changeOf({ deletedAt, editedAt }: Pick<InboxDocument, 'editedAt' | 'deletedAt'>): SenderChange | undefined {
  if (deletedAt) return { kind: 'deleted', at: deletedAt }
  return editedAt && { kind: 'edited', at: editedAt }
}
