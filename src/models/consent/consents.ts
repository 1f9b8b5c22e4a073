import type { Connection } from 'mongoose'
import type { Given } from './consent.ts'
import { consents } from './kept.ts'
import type { ConsentDocument } from './kept.ts'
import { guarded } from '../store/failpoint.ts'
import { insertOnce } from '../store/insert-once.ts'
import type { Sealer } from '../store/sealing.ts'

type Context = { database: Connection; sealer: Sealer }

/** A statement of a coordinator in a chat: `subject` is the application, or they themselves. */
export type Statement = { subject: string; ticket?: string | undefined; given: Given }

/** The row of a statement; run again it is the same one. */
export async function keepStatement({ database, sealer }: Context, statement: Statement): Promise<void> {
  const { at, by, textVersion, evidence } = statement.given
  const { subject, ticket } = statement
  const row: ConsentDocument = {
    _id: `${subject}/statement/${textVersion}`,
    subject,
    kind: 'statement',
    ...(ticket === undefined ? {} : { ticket }),
    by: { role: 'coordinator', id: by },
    at,
    textVersion,
    evidence: sealer.seal(evidence),
    givenVia: 'chat',
  }
  await guarded('consent.keep', () => insertOnce(consents(database), row))
}

/** The consents of an application or a coordinator, the first first. */
export function consentsOf(database: Connection, subject: string): Promise<ConsentDocument[]> {
  return consents(database).find({ subject }).sort({ at: 1, _id: 1 }).lean<ConsentDocument[]>().exec()
}

/**
 * The data of `subject` are about to go: from here on its consents are found by a hash of the NIK, the last one that
 * the application had, and their years begin. Said again, the later moment counts.
 */
export async function outliveSubject(
  { database, sealer }: Context,
  subject: string,
  { nik, at }: { nik: string | undefined; at: Date },
): Promise<void> {
  const key = nik === undefined ? undefined : sealer.identify('consent', nik)
  const hashed = key === undefined ? {} : { subjectHash: consentHash(sealer, key), subjectKey: sealer.seal(key) }
  await guarded('consent.outlive', () =>
    consents(database).updateMany({ subject }, { $set: { ...hashed, processedUntil: at } }),
  )
}

/** `subjectHash` of what `subjectKey` holds: under the key of today. */
export function consentHash(sealer: Sealer, subjectKey: string): string {
  return sealer.lookup('consent', subjectKey)
}

/** Deletes the consents whose data were emptied before `before`. Gives back how many. */
export async function forgetConsents(database: Connection, before: Date): Promise<number> {
  const result = await guarded('consent.purge', () =>
    consents(database).deleteMany({ processedUntil: { $lte: before } }),
  )
  return result.deletedCount
}
