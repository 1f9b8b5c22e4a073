import type { Connection } from 'mongoose'
import type { Actor, Stage } from './application.ts'
import { guarded } from '../store/failpoint.ts'
import { applications } from './kept.ts'
import type { ApplicationDocument } from './kept.ts'
import { entryOf, transition } from './changes.ts'
import { fileModel } from '../file/files.ts'
import { pleas } from '../plea/pleas.ts'
import { views } from '../operator/views.ts'

const PURGE: Actor = { kind: 'system', id: 'purge' }
const BATCH = 200

/** Applications of one stage that entered it before `before`, the oldest first, read in small batches. */
export function agedApplications(
  database: Connection,
  stage: Stage,
  before: Date,
  more: Readonly<Record<string, unknown>> = {},
): AsyncIterable<ApplicationDocument> {
  return applications(database)
    .find({ ...more, stage, stageAt: { $lte: before } })
    .sort({ stageAt: 1 })
    .lean<ApplicationDocument[]>()
    .cursor({ batchSize: BATCH }) as unknown as AsyncIterable<ApplicationDocument>
}

/** Notes that a reminder was announced. Null where the application has changed since it was read. */
export function noteReminder(
  database: Connection,
  application: ApplicationDocument,
  at: Date,
): Promise<ApplicationDocument | null> {
  const move = { action: 'remind', by: PURGE, to: application.stage, at } as const
  return transition(
    database,
    application,
    move,
    application.stage === 'draft'
      ? { where: { stage: 'draft' }, paths: { 'draft.remindedAt': at } }
      : {
          where: { stage: 'returned' },
          set: { remindedAt: at, reminders: startedReminders(application) + 1 },
        },
  )
}
function startedReminders({ remindedAt, stageAt, reminders }: ApplicationDocument): number {
  return remindedAt && remindedAt >= stageAt ? (reminders ?? 0) : 0
}

/** A draft that nobody went on with: closed and emptied by one write. Its files follow, then the row. */
export async function giveUpDraft(database: Connection, draft: ApplicationDocument, at: Date): Promise<boolean> {
  const move = { action: 'cancel', by: PURGE, to: 'cancelled', at } as const
  const closed = await transition(database, draft, move, {
    where: { stage: 'draft' },
    set: { state: 'idle' },
    unset: ['draft', 'pupil', 'nikHash', 'nameKeys', 'openKey', 'findings'],
  })
  return closed !== null
}

/** A return that nobody corrected. The relay tells the school, the values stay as long as those of any cancellation. */
export function cancelReturned(
  database: Connection,
  application: ApplicationDocument,
  at: Date,
): Promise<ApplicationDocument | null> {
  const move = { action: 'cancel', by: PURGE, to: 'cancelled', at } as const
  return transition(database, application, move, {
    where: { stage: 'returned' },
    set: { state: 'idle', relayDue: at },
    unset: ['openKey', 'undo', 'attention'],
  })
}

/**
 * Empties an application of personal values, in one write; ticket, school, stages, times and who did what stay. What
 * lies about it elsewhere is `purgeLeft` until `finishPurge`, and so is the list of its documents.
 */
export async function emptyApplication(
  database: Connection,
  application: ApplicationDocument,
  at: Date,
): Promise<boolean> {
  const entry = entryOf(application, { action: 'purge', by: PURGE, to: application.stage, at })
  const history = application.history.map((past) => {
    const kept = { ...past }
    delete kept.sealed
    return kept
  })
  const emptied = await guarded('application.purge', () =>
    applications(database).updateOne(
      { _id: application._id, rev: application.rev, purgedAt: { $exists: false } },
      {
        $set: { history: [...history, entry], findingCodes: [], requests: [], purgedAt: at, purgeLeft: true },
        $unset: {
          pupil: 1,
          nikHash: 1,
          nameKeys: 1,
          kkHash: 1,
          portrait: 1,
          openKey: 1,
          findings: 1,
          returnReasons: 1,
          returnNote: 1,
          draft: 1,
          undo: 1,
        },
        $inc: { rev: 1, seq: 1 },
      },
    ),
  )
  return emptied.modifiedCount === 1
}

/** Nothing of an emptied application is left to do. A draft goes altogether. */
export async function finishPurge(database: Connection, application: ApplicationDocument): Promise<void> {
  const model = applications(database)
  await guarded('application.finish-purge', async () => {
    if (application.ticket === undefined) {
      await model.deleteOne({ _id: application._id, stage: 'cancelled', ticket: { $exists: false } })
    } else {
      await model.updateOne(
        { _id: application._id, purgedAt: { $exists: true } },
        { $set: { documents: [] }, $unset: { purgeLeft: 1 } },
      )
    }
  })
}

/** Why somebody looked, in their own words, goes with the case; who looked and when stays. */
export async function emptyViews(database: Connection, application: string): Promise<void> {
  await guarded('view.purge', () =>
    views(database).updateMany({ application, reason: { $exists: true } }, { $unset: { reason: 1 } }),
  )
}

/** Marks the files that only this application uses; lets go of those that others use too. */
export async function markFiles(
  database: Connection,
  application: Pick<ApplicationDocument, '_id' | 'documents'>,
  at: Date,
): Promise<void> {
  const { _id: id } = application
  const blobs = application.documents.map((document) => document.blob)
  await guarded('file.purge-mark', () =>
    fileModel(database).updateMany(
      { $or: [{ applications: [id] }, { _id: { $in: blobs }, applications: [] }] },
      { $set: { purgeAt: at, applications: [] } },
    ),
  )
  await guarded('file.purge-release', () =>
    fileModel(database).updateMany({ applications: id }, { $pull: { applications: id } }),
  )
}

/**
 * Marks files that no application ever used and that were received before `before`; none that is being fetched or
 * belongs to a complaint that is still open.
 */
export async function markUnmatched(database: Connection, before: Date, at: Date): Promise<void> {
  const needed = await pleas(database).distinct('files', { state: 'open' })
  await guarded('file.purge-mark', () =>
    fileModel(database).updateMany(
      {
        _id: { $nin: needed },
        applications: [],
        receivedAt: { $lte: before },
        purgeAt: { $exists: false },
        $or: [{ state: { $ne: 'waiting' } }, { nextAttemptAt: { $lte: at } }],
      },
      { $set: { purgeAt: at } },
    ),
  )
}

/** Files of drafts that their owners gave up, and of applications that were purged, belong to nobody: unmatched. */
export async function releaseStale(database: Connection, before: Date): Promise<void> {
  const matched = fileModel(database)
    .find({ 'applications.0': { $exists: true }, receivedAt: { $lte: before } }, { applications: 1 })
    .lean<{ _id: string; applications: string[] }[]>()
    .cursor({ batchSize: BATCH }) as unknown as AsyncIterable<{ _id: string; applications: string[] }>
  let batch: { _id: string; applications: string[] }[] = []
  for await (const file of matched) {
    batch.push(file)
    if (batch.length < BATCH) continue
    await release(batch)
    batch = []
  }
  await release(batch)

  async function release(files: typeof batch): Promise<void> {
    const named = new Set(files.flatMap((file) => file.applications))
    const living = await applications(database)
      .find({ _id: { $in: [...named] }, purgedAt: { $exists: false } }, { _id: 1 })
      .lean<{ _id: string }[]>()
    for (const { _id } of living) named.delete(_id)
    if (named.size === 0) return
    const stale = { $in: [...named] }
    await guarded('file.purge-release', () =>
      fileModel(database).updateMany(
        { _id: { $in: files.map((file) => file._id) }, applications: stale },
        { $pull: { applications: stale } },
      ),
    )
  }
}

/** Marked files, whose blobs go first and whose rows go then. */
export function markedFiles(database: Connection): AsyncIterable<MarkedFile> {
  return fileModel(database)
    .find({ purgeAt: { $exists: true } }, { lookAttempts: 1 })
    .lean<MarkedFile[]>()
    .cursor({ batchSize: BATCH }) as unknown as AsyncIterable<MarkedFile>
}
/** `lookAttempts` is there where something may have been made of the file. */
type MarkedFile = { _id: string; lookAttempts?: number }

export async function dropFile(database: Connection, id: string): Promise<void> {
  await guarded('file.purge-drop', () => fileModel(database).deleteOne({ _id: id, purgeAt: { $exists: true } }))
}

/** Which of these blobs belong to files that live on, in use by somebody else. */
export async function blobsInUse(database: Connection, blobs: readonly string[]): Promise<Set<string>> {
  const rows = await fileModel(database)
    .find({ _id: { $in: [...blobs] }, purgeAt: { $exists: false } }, { _id: 1 })
    .lean<{ _id: string }[]>()
  return new Set(rows.map((row) => row._id))
}
