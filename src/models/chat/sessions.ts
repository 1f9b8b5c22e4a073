import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import type { Sealer } from '../store/sealing.ts'
import type { Session } from './session.ts'
import { toBuffer } from '../store/binary.ts'
import { writeInGroup } from '../store/write-in-group.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** Where one chat is. `_id` is the chat; `turn` is the number of the turn that wrote it, so that a replay is a no-op. */
export type SessionDocument = { _id: string; turn: number; session?: Buffer; flow?: string; updatedAt: Date }

const schema = keptIn<SessionDocument>('sessions')
// what the purge has emptied is not looked at again
schema.index({ updatedAt: 1 }, { name: 'age', partialFilterExpression: { session: { $exists: true } } })

export const sessionModel = modelOf('Session', schema)

export type Sessions = ReturnType<typeof createSessions>

export function createSessions({ database, sealer, now }: { database: Connection; sealer: Sealer; now: () => Date }) {
  const model = sessionModel(database)
  return {
    async load(chat: string): Promise<Session | null> {
      const row = await model.findById(chat).lean<SessionDocument>()
      return row?.session ? reviveSession(sealer.openJson<Session>(toBuffer(row.session))) : null
    },

    /** Saves what turn `n` led to, unless that or a later turn has saved already. */
    async save(chat: string, n: number, session: Session | null): Promise<void> {
      const at = now()
      const change = session
        ? { $set: { session: sealer.sealJson(session), flow: session.flow, turn: n, updatedAt: at } }
        : { $set: { turn: n, updatedAt: at }, $unset: { session: 1 as const, flow: 1 as const } }
      // a duplicate key: the row is there and not older, this turn's save has happened
      await guarded('session.save', () =>
        writeInGroup(model, {
          updateOne: { filter: { _id: chat, turn: { $lt: n } }, update: change, upsert: true },
        }),
      )
    },
  }
}

/** JSON keeps dates as text; a session has exactly one. */
export function reviveSession(session: Session): Session {
  return { ...session, waitingSince: new Date(session.waitingSince) }
}
