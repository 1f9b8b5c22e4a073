import type { Connection } from 'mongoose'
import type { StoredDocument } from '../application/application.ts'
import type { Finding } from '../application/findings.ts'
import { guarded } from '../store/failpoint.ts'
import type { ChannelName, MediaRef } from '../chat/message.ts'
import type { Sealer } from '../store/sealing.ts'
import type { DraftFile, FileFailure, FileState, TurnFile } from '../chat/turn.ts'
import { toBuffer } from '../store/binary.ts'
import { insertOnce } from '../store/insert-once.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** One file that a person sent, from the moment its message is ours. `_id` is `<inbox id>-<i>` and names its blob too. */
export type FileDocument = {
  _id: string
  chat: string
  channel: ChannelName
  /** Inbox id of the message that it came with. */
  message: string
  state: FileState
  failure?: FileFailure
  /** Downloads begun, those of killed processes too: names the one that holds the lease. */
  attempts: number
  /** Downloads that failed at the platform. */
  failures?: number
  /** When somebody may begin (again): a due time and a lease at once. Only while waiting. */
  nextAttemptAt?: Date
  /** Sealed `MediaRef`; only while waiting, since nobody opens it later. */
  ref?: Buffer
  /** Sealed. */
  name?: Buffer
  /** Sealed. */
  caption?: Buffer
  mediaType?: string
  bytes?: number
  /** Keyed hash of the content: equal files of one office have equal ones. */
  sha256?: string
  /** Blob id; set once it is stored. */
  blob?: string
  /** Applications that use it: none until it is matched, several where twins share a family card. */
  applications: string[]
  findings: Pick<Finding, 'code' | 'severity'>[]
  receivedAt: Date
  settledAt?: Date
  /** When somebody may look at it (again): a due time and a lease at once. Only while stored and not looked at. */
  lookAt?: Date
  /** Looks begun. */
  lookAttempts?: number
  /** Its blob is being purged: nobody may match it any more. */
  purgeAt?: Date
}

const schema = keptIn<FileDocument>('files')
schema.index({ nextAttemptAt: 1 }, { name: 'due', partialFilterExpression: { nextAttemptAt: { $exists: true } } })
schema.index({ applications: 1, receivedAt: 1 }, { name: 'applications' })
schema.index({ sha256: 1 }, { name: 'content', partialFilterExpression: { sha256: { $exists: true } } })
schema.index({ lookAt: 1 }, { name: 'look', partialFilterExpression: { lookAt: { $exists: true } } })
schema.index({ purgeAt: 1 }, { name: 'purging', partialFilterExpression: { purgeAt: { $exists: true } } })

export const fileModel = modelOf('File', schema)

/** Stands for the message of a file that the office sends. */
const OUTGOING = 'outgoing'
/** RFC 2046, of what nobody has looked at yet. */
const UNKNOWN_TYPE = 'application/octet-stream'

/** How a download ended, once and for all. */
export type FileOutcome =
  | { state: 'stored'; mediaType: string; bytes: number; sha256: string; blob: string }
  | { state: 'failed'; failure: FileFailure }

export type NewFile = {
  id: string
  chat: string
  channel: ChannelName
  message: string
  media: MediaRef
  caption?: string
}

export type Files = ReturnType<typeof createFiles>

/** All writes of the files noun but the purge's. `now` is its clock. */
export function createFiles({ database, sealer, now }: { database: Connection; sealer: Sealer; now: () => Date }) {
  const model = fileModel(database)

  return {
    /** Makes the waiting row of a file; false when it is there already, in whatever state. */
    async register(file: NewFile): Promise<boolean> {
      const at = now()
      const { name, ...ref } = file.media
      const row: FileDocument = {
        _id: file.id,
        chat: file.chat,
        channel: file.channel,
        message: file.message,
        state: 'waiting',
        attempts: 0,
        nextAttemptAt: at,
        ref: sealer.sealJson(ref),
        ...(name !== undefined && { name: sealer.seal(name) }),
        ...(file.caption !== undefined && { caption: sealer.seal(file.caption) }),
        applications: [],
        findings: [],
        receivedAt: at,
      }
      return guarded('file.register', () => insertOnce(model, row))
    },

    /**
     * A row of a picture that an operator sends; its blob, of the same id, is put after it, so that the purge knows of
     * every blob. Nobody looks at it for a pupil.
     */
    async registerOutgoing(file: { id: string; chat: string; channel: ChannelName; mediaType: string; bytes: number }) {
      const at = now()
      const { id, ...rest } = file
      const row: FileDocument = {
        _id: id,
        ...rest,
        message: OUTGOING,
        state: 'stored',
        attempts: 0,
        blob: id,
        applications: [],
        findings: [],
        receivedAt: at,
        settledAt: at,
      }
      return guarded('file.register', () => insertOnce(model, row))
    },

    async byId(id: string): Promise<FileDocument | null> {
      return model.findById(id).lean<FileDocument>()
    },

    /** As the conversation sees them, in the order of `ids`; unknown ids are left out. */
    async asTurnFiles(ids: readonly string[]): Promise<TurnFile[]> {
      // most turns are about none, and who sweeps asks every second
      if (ids.length === 0) return []
      const rows = await model.find({ _id: { $in: [...ids] } }).lean<FileDocument[]>()
      const byId = new Map(rows.map((row) => [row._id, row]))
      return ids.flatMap((id) => {
        const row = byId.get(id)
        return row ? [turnFile(row)] : []
      })
    },

    /** Begins a download unless another process holds it or it is not due; null then. The lease lasts `leaseMs`. */
    async begin(id: string, leaseMs: number): Promise<FileDocument | null> {
      const at = now()
      return guarded('file.begin', () =>
        model
          .findOneAndUpdate(
            { _id: id, state: 'waiting', nextAttemptAt: { $lte: at }, purgeAt: { $exists: false } },
            { $set: { nextAttemptAt: new Date(at.getTime() + leaseMs) }, $inc: { attempts: 1 } },
            { returnDocument: 'after' },
          )
          .lean<FileDocument>(),
      )
    },

    /** Keeps a long download; `attempt` is the one that `begin` gave back. */
    async renew(id: string, attempt: number, leaseMs: number): Promise<void> {
      const until = new Date(now().getTime() + leaseMs)
      await model.updateOne({ _id: id, state: 'waiting', attempts: attempt }, { $set: { nextAttemptAt: until } })
    },

    /** The download failed: it comes again. */
    async postpone(id: string, attempt: number, delayMs: number): Promise<Date> {
      const next = new Date(now().getTime() + delayMs)
      await guarded('file.postpone', () =>
        model.updateOne(
          { _id: id, state: 'waiting', attempts: attempt },
          { $set: { nextAttemptAt: next }, $inc: { failures: 1 } },
        ),
      )
      return next
    },

    /**
     * The first outcome wins, whoever brings it; false where this one came too late. With `look` the same write says
     * that a stored file is to be looked at.
     */
    async settle(id: string, outcome: FileOutcome, look = false): Promise<boolean> {
      const at = now()
      const lookAt = look && outcome.state === 'stored' ? { lookAt: at } : {}
      const settled = await guarded('file.settle', () =>
        model.updateOne(
          { _id: id, state: 'waiting' },
          { $set: { ...outcome, settledAt: at, ...lookAt }, $unset: { ref: 1, nextAttemptAt: 1 } },
        ),
      )
      return settled.matchedCount > 0
    },

    /**
     * Says that an application uses these files, so that they live as long as it does; repeating it changes nothing.
     * Gives back how many are there to be used: fewer than `ids` where the purge was faster.
     */
    async match(application: string, ids: readonly string[]): Promise<number> {
      const matched = await guarded('file.match', () =>
        model.updateMany(
          { _id: { $in: [...ids] }, purgeAt: { $exists: false } },
          { $addToSet: { applications: application } },
        ),
      )
      return matched.matchedCount
    },

    /**
     * `match`, and the files as documents of that application, in the order of `used`. One that is still waiting has
     * its ids already, and a type once it is stored; one that the purge took is left out.
     */
    async take(application: string, used: readonly DraftFile[]): Promise<StoredDocument[]> {
      const ids = used.map((file) => file.id)
      await this.match(application, ids)
      const rows = await model.find({ _id: { $in: ids }, purgeAt: { $exists: false } }).lean<FileDocument[]>()
      const byId = new Map(rows.map((row) => [row._id, row]))
      return used.flatMap(({ id, kind, page, findings = [] }) => {
        const row = byId.get(id)
        if (!row) return []
        const mediaType = row.mediaType ?? UNKNOWN_TYPE
        return [{ id, kind, page, mediaType, blob: id, at: row.receivedAt, findings }]
      })
    },

    /** Lets go of all files of an application that is no more; unless matched again each is purged as unmatched. */
    async release(application: string): Promise<void> {
      await guarded('file.release', () =>
        model.updateMany({ applications: application }, { $pull: { applications: application } }),
      )
    },

    /** For the sweeper: files whose download has been due since before `before`, the longest waiting first. */
    async due(before: Date, limit: number): Promise<string[]> {
      const rows = await model
        .find({ nextAttemptAt: { $lte: before } }, { _id: 1 })
        .sort({ nextAttemptAt: 1 })
        .limit(limit)
        .lean<{ _id: string }[]>()
      return rows.map((row) => row._id)
    },

    turnFile,

    /** The platform's pointer of a waiting file. Throws for a settled one, which has none any more. */
    mediaRef(row: FileDocument): MediaRef {
      if (!row.ref) throw new Error(`file ${row._id} has no pointer any more`)
      const name = row.name && sealer.openText(toBuffer(row.name))
      return { ...sealer.openJson<MediaRef>(toBuffer(row.ref)), ...(name !== undefined && { name }) }
    },
  }

  function turnFile(row: FileDocument): TurnFile {
    return {
      id: row._id,
      state: row.state,
      ...(row.name && { name: sealer.openText(toBuffer(row.name)) }),
      ...(row.caption && { caption: sealer.openText(toBuffer(row.caption)) }),
      ...(row.mediaType !== undefined && { mediaType: row.mediaType }),
      ...(row.failure !== undefined && { failure: row.failure }),
    }
  }
}
