import type { Connection, mongo } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import { chats } from './kept.ts'
import { coordinators } from '../coordinator/kept.ts'
import { deliveries, GIVEN_UP } from '../notice/kept.ts'
import { inboxModel } from './inbox.ts'
import { formerSessions } from './former-sessions.ts'
import { turnModel } from './turns.ts'
import { webchatMessagesModel } from './webchat.ts'
import { whatsappSent } from '../whatsapp/sent.ts'
import { rowsOf } from '../store/kept.ts'

const BATCH = 200

/** How one kind of message loses its content; the row stays, so that the same message is still known. */
type Emptying = {
  collection: mongo.Collection<{ _id: string }>
  filter: Record<string, unknown>
  change: Record<string, unknown>
}

/** Empties what was said before `before`; sessions that nobody has touched since `idle`. Gives back how many rows. */
export async function emptyMessages(
  database: Connection,
  { before, idle }: { before: Date; idle: Date },
): Promise<number> {
  const there = { $exists: true }
  const text = { text: 1, choices: 1, files: 1 }
  const old = { createdAt: { $lte: before }, text: there }
  const kinds: [{ collection: unknown }, Record<string, unknown>, Record<string, unknown>][] = [
    [inboxModel(database), { receivedAt: { $lte: before }, state: 'turned', body: there }, { $unset: { body: 1 } }],
    [turnModel(database), { closedAt: { $lte: before }, state: 'done', decided: there }, { $unset: { decided: 1 } }],
    [
      turnModel(database),
      { closedAt: { $lte: idle }, state: 'done', session: { $type: 'binData' } },
      { $set: { session: null } },
    ],
    [formerSessions(database), { updatedAt: { $lte: idle }, session: there }, { $unset: { session: 1, flow: 1 } }],
    [deliveries(database), { ...old, state: { $in: ['sent', 'delivered', 'read', 'failed'] } }, { $unset: text }],
    // nobody turned notices on again in all this time: it will not be said any more
    [
      deliveries(database),
      { ...old, state: 'queued', parked: true },
      { $set: { state: 'failed', failure: 'blocked', reason: GIVEN_UP, failedAt: before }, $unset: text },
    ],
    // nor did a channel take it, switched off for good perhaps; what nobody has tried yet is not given up
    [
      deliveries(database),
      { ...old, failure: there, $or: [{ state: 'queued' }, { state: 'sending', 'lease.until': { $lte: before } }] },
      {
        $set: { state: 'failed', reason: GIVEN_UP, failedAt: before },
        $unset: { ...text, lease: 1, nextAttemptAt: 1, retryAt: 1 },
      },
    ],
  ]
  let emptied = 0
  for (const [model, filter, change] of kinds) {
    emptied += await emptyInBatches({ collection: model.collection as Emptying['collection'], filter, change })
  }
  return emptied + (await dropPassedSessions(database))
}

/** Where a chat was before its latest turn is of no use to anybody: the sessions of turns that another one follows. */
async function dropPassedSessions(database: Connection): Promise<number> {
  const rows = rowsOf(turnModel(database))
  let dropped = 0
  for (let last = ''; ;) {
    const found = await rows
      .find({ _id: { $gt: last }, state: 'done', session: { $type: 'binData' } }, { projection: { chat: 1, n: 1 } })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray()
    const following = found.map(({ chat, n }) => `${chat}.${n + 1}`)
    // an open one has no session of its own yet
    const there = await rows
      .find({ _id: { $in: following }, session: { $exists: true } }, { projection: { chat: 1, n: 1 } })
      .toArray()
    const passed = there.map(({ chat, n }) => `${chat}.${n - 1}`)
    if (passed.length > 0) {
      const result = await guarded('turn.forget-session', () =>
        rows.updateMany({ _id: { $in: passed }, state: 'done' }, { $set: { session: null } }),
      )
      dropped += result.modifiedCount
    }
    if (found.length < BATCH) return dropped
    last = found.at(-1)?._id ?? ''
  }
}

async function emptyInBatches({ collection, filter, change }: Emptying): Promise<number> {
  for (let emptied = 0; ;) {
    const rows = await collection.find(filter, { projection: { _id: 1 }, limit: BATCH }).toArray()
    const ids = rows.map((row) => row._id)
    // the filter again: what has changed since it was read is left alone
    const result = await guarded('message.purge', () => collection.updateMany({ ...filter, _id: { $in: ids } }, change))
    emptied += result.modifiedCount
    if (ids.length < BATCH || result.modifiedCount === 0) return emptied
  }
}

/**
 * Deletes both sides' webchat messages from before `before` with the files that wait beside them. A file goes before
 * the row that names it, so that a crash between the two leaves nothing that nobody knows of.
 */
export async function deleteWebchat(
  database: Connection,
  before: Date,
  deleteBlob: (id: string) => Promise<void>,
): Promise<number> {
  const model = webchatMessagesModel(database)
  for (let deleted = 0; ;) {
    const rows = await model
      .find({ at: { $lte: before } }, { refs: 1 })
      .limit(BATCH)
      .lean<{ _id: string; refs: string[] }[]>()
    for (const ref of rows.flatMap((row) => row.refs)) await deleteBlob(ref)
    const ids = rows.map((row) => row._id)
    const result = await guarded('webchat.purge', () => model.deleteMany({ _id: { $in: ids } }))
    deleted += result.deletedCount
    if (rows.length < BATCH) return deleted
  }
}

/** A phone that could not read a message asks within days: so long it is kept as it went out. */
const SENT_DAYS = 14

/** Deletes messages of ours that no phone will ask for again, and those from before `before`. */
export async function deleteWhatsappSent(database: Connection, { before, now }: { before: Date; now: Date }) {
  const asked = new Date(now.getTime() - SENT_DAYS * 86_400_000)
  const end = before > asked ? before : asked
  const result = await guarded('whatsapp-sent.purge', () => whatsappSent(database).deleteMany({ at: { $lte: end } }))
  return result.deletedCount
}

/** Forgets the addresses of people who wrote before `before` and never became coordinators. Gives back how many. */
export async function forgetStrangers(database: Connection, before: Date): Promise<number> {
  const silent = { coordinator: { $exists: false }, lastInboundAt: { $lte: before } }
  const rows = await chats(database).find(silent, { _id: 1 }).lean<{ _id: string }[]>()
  const ids = rows.map((row) => row._id)
  let forgotten = 0
  for (let i = 0; i < ids.length; i += BATCH) {
    const batch = ids.slice(i, i + BATCH)
    // registered, and cut off before the chat was told
    const known = await coordinators(database)
      .find({ chats: { $in: batch } }, { chats: 1 })
      .lean<{ chats: string[] }[]>()
    const kept = new Set(known.flatMap((row) => row.chats))
    const gone = batch.filter((id) => !kept.has(id))
    const result = await guarded('chat.forget', () => chats(database).deleteMany({ ...silent, _id: { $in: gone } }))
    forgotten += result.deletedCount
  }
  return forgotten
}
