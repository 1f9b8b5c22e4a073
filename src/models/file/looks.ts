import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import type { Look } from './look.ts'
import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import { fileModel } from './files.ts'
import type { FileDocument } from './files.ts'
import { insertOnce } from '../store/insert-once.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** What looking at one file came to; `_id` is the file's. `failed`: it could not be looked at, so operators look. */
export type LookDocument = {
  _id: string
  chat: string
  state: 'done' | 'failed'
  /** Sealed `Look`. */
  look?: Buffer
  /** Sealed hash of the first page's picture, 16 hex digits: alone, so that many are compared quickly. */
  hash?: Buffer
  /** Pages that have a rendition and a thumbnail of their own. */
  pages: number
  /** Whether a portrait is proposed. */
  proposal: boolean
  at: Date
}
export type FileLook = Omit<LookDocument, '_id' | 'look' | 'hash'> & { id: string; look?: Look }
export type LookOutcome = { state: 'failed' } | { state: 'done'; look: Look; pages: number; proposal: boolean }

const schema = keptIn<LookDocument>('looks')
schema.index({ chat: 1, at: -1 }, { name: 'chat' })

export const lookModel = modelOf('Look', schema)

export type Looks = ReturnType<typeof createLooks>

/**
 * Looks, and which files still wait for one. That a file is to be looked at stands in its own row, so that nothing is
 * forgotten between two writes:
 *
 *   stored    `lookAt` = when it was stored, written by the very write that stores it
 *   begun     `lookAt` = end of the lease: until then nobody else begins, after a kill somebody does
 *   postponed `lookAt` = when to try again
 *   looked at its `LookDocument` is inserted (the first wins), then `lookAt` is taken away
 *
 * A kill between the last two writes is repeated by whoever begins next, who finds the look and only takes `lookAt` away.
 */
export function createLooks({ database, sealer, now }: { database: Connection; sealer: Sealer; now: () => Date }) {
  const model = lookModel(database)
  const files = fileModel(database)

  return {
    /** Begins to look unless another process does or it is not due; null then. */
    async begin(file: string, leaseMs: number): Promise<FileDocument | null> {
      const at = now()
      return guarded('look.begin', () =>
        files
          .findOneAndUpdate(
            { _id: file, lookAt: { $lte: at }, purgeAt: { $exists: false } },
            { $set: { lookAt: new Date(at.getTime() + leaseMs) }, $inc: { lookAttempts: 1 } },
            { returnDocument: 'after' },
          )
          .lean<FileDocument>(),
      )
    },

    /** Keeps a long look; `attempt` is the one that `begin` gave back. */
    async renew(file: string, attempt: number, leaseMs: number): Promise<void> {
      const lookAt = new Date(now().getTime() + leaseMs)
      await files.updateOne({ _id: file, lookAttempts: attempt, lookAt: { $exists: true } }, { $set: { lookAt } })
    },

    async postpone(file: string, attempt: number, delayMs: number): Promise<Date> {
      const lookAt = new Date(now().getTime() + delayMs)
      await guarded('look.postpone', () =>
        files.updateOne({ _id: file, lookAttempts: attempt, lookAt: { $exists: true } }, { $set: { lookAt } }),
      )
      return lookAt
    },

    async has(file: string): Promise<boolean> {
      return (await model.exists({ _id: file })) !== null
    },

    /** The first outcome stands. */
    async settle({ _id, chat }: Pick<FileDocument, '_id' | 'chat'>, outcome: LookOutcome): Promise<void> {
      const row: LookDocument = { _id, chat, state: outcome.state, pages: 0, proposal: false, at: now() }
      if (outcome.state === 'done') {
        const { look, pages, proposal } = outcome
        Object.assign(row, { pages, proposal, look: sealer.sealJson(look) })
        if (look.opened) row.hash = sealer.seal(look.pictureHash)
      }
      await guarded('look.settle', () => insertOnce(model, row))
    },

    /** Nothing is left to look at. False where the file is being purged, so that what was made of it must go too. */
    async close(file: string): Promise<boolean> {
      const closed = await guarded('look.close', () =>
        files.updateOne({ _id: file, purgeAt: { $exists: false } }, { $unset: { lookAt: 1 } }),
      )
      return closed.matchedCount === 1
    },

    /** For the sweeper: files to look at, the longest waiting first. */
    async due(limit: number): Promise<string[]> {
      const rows = await files
        .find({ lookAt: { $lte: now() } }, { _id: 1 })
        .sort({ lookAt: 1 })
        .limit(limit)
        .lean<{ _id: string }[]>()
      return rows.map((row) => row._id)
    },

    /** Of each chat that has files to look at, the one that has waited longest; the longest waiting chat first. */
    async firstOfChats(): Promise<{ file: string; chat: string }[]> {
      return files.aggregate<{ file: string; chat: string }>([
        { $match: { lookAt: { $lte: now() }, purgeAt: { $exists: false } } },
        { $sort: { lookAt: 1, _id: 1 } },
        { $group: { _id: '$chat', file: { $first: '$_id' }, lookAt: { $first: '$lookAt' } } },
        { $sort: { lookAt: 1, _id: 1 } },
        { $project: { _id: 0, chat: '$_id', file: 1 } },
      ])
    },

    /** Which of these files are not looked at yet, those that are still downloading among them. */
    async pending(ids: readonly string[]): Promise<Set<string>> {
      const rows = await files
        .find({ _id: { $in: [...ids] }, $or: [{ lookAt: { $exists: true } }, { state: 'waiting' }] }, { _id: 1 })
        .lean<{ _id: string }[]>()
      return new Set(rows.map((row) => row._id))
    },

    /** Applications that use this file now. */
    async usersOf(file: string): Promise<readonly string[]> {
      return (await files.findById(file, { applications: 1 }).lean<{ applications: string[] }>())?.applications ?? []
    },

    /** What these files came to, opened; those that nobody has looked at are left out. */
    async of(ids: readonly string[]): Promise<FileLook[]> {
      const rows = await model.find({ _id: { $in: [...ids] } }, { hash: 0 }).lean<LookDocument[]>()
      return rows.map(({ _id, look, ...row }) => ({
        ...row,
        id: _id,
        ...(look && { look: sealer.openJson<Look>(toBuffer(look)) }),
      }))
    },

    /** Picture hashes of what these chats sent lately, the latest first. */
    async hashesOf(chats: readonly string[], limit: number): Promise<{ id: string; hash: string }[]> {
      const rows = await model
        .find({ chat: { $in: [...chats] }, hash: { $exists: true } }, { hash: 1 })
        .sort({ at: -1 })
        .limit(limit)
        .lean<{ _id: string; hash: Buffer }[]>()
      return rows.map(({ _id, hash }) => ({ id: _id, hash: sealer.openText(toBuffer(hash)) }))
    },
  }
}

export async function forgetLook(database: Connection, file: string): Promise<void> {
  await guarded('look.forget', () => lookModel(database).deleteOne({ _id: file }))
}
