import type { Connection } from 'mongoose'
import type { Sealer } from '../store/sealing.ts'
import { reviveSession } from './session.ts'
import type { Session } from './session.ts'
import { toBuffer } from '../store/binary.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/**
 * Where chats were under data version 2, by chat. Read where a chat has said nothing since, and purged; not written any
 * more. A later version drops the collection.
 */
type FormerSession = { _id: string; session?: Buffer; updatedAt: Date }

const schema = keptIn<FormerSession>('sessions')
// what the purge has emptied is not looked at again
schema.index({ updatedAt: 1 }, { name: 'age', partialFilterExpression: { session: { $exists: true } } })

export const formerSessions = modelOf('Session', schema)

export async function formerSession(
  { database, sealer }: { database: Connection; sealer: Sealer },
  chat: string,
): Promise<Session | null> {
  const row = await formerSessions(database).findById(chat).lean<FormerSession>()
  return row?.session ? reviveSession(sealer.openJson<Session>(toBuffer(row.session))) : null
}
