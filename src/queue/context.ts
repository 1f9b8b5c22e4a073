import type { Log } from '../config/log.ts'
import type { CurrentOffice } from '../config/office-settings.ts'
import type { Actor, DocumentKind, QueueState, Stage } from '../models/application/application.ts'
import type { Finding } from '../models/application/findings.ts'
import type { Action, Role } from '../models/application/transitions.ts'
import { Refusal } from '../models/store/errors.ts'
import type { PortraitEdit } from '../models/file/look.ts'
import { applicationById, transition } from '../models/application/changes.ts'
import type { Changes, Move } from '../models/application/changes.ts'
import type { ApplicationDocument } from '../models/application/kept.ts'
import { entriesOf } from '../models/application/history.ts'
import type { Database } from '../models/store/connect.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { Calendar } from './calendar.ts'

/** What happened to an application, for consoles that are open. Ids and codes only. */
export type QueueEvent = {
  application: string
  action: Action
  from: Stage
  stage: Stage
  state: QueueState
}

export type QueueOptions = {
  database: Database
  sealer: Sealer
  office: CurrentOffice
  now: () => Date
  log: Log
  /** Tells open consoles; must not fail and is never waited for. */
  publish: (event: QueueEvent) => void
  /** Pupils enrolled at a school, for the policy `sqrt-enrolment`; null where it is not known. */
  enrolment: (npsn: string) => Promise<number | null>
}
export type QueueContext = QueueOptions & {
  calendar: () => Calendar
  /** Work off the hot path; waited for when the queue is closed. */
  later: (work: Promise<unknown>) => void
}

/** An operator who acts, with the roles that count. */
export type Worker = { id: string; roles: readonly Role[] }

export function operatorOf(worker: Worker): Actor {
  return { kind: 'operator', id: worker.id }
}
export const SYSTEM: Actor = { kind: 'system', id: 'system' }

const TRIES = 12

/**
 * Reads the application and lets `move` write on that reading; null from `move` (somebody was first) reads again.
 * Every refusal in `move` is then about the newest state. Refusals: not-found, conflict (never got its turn).
 */
export async function change<T>(
  context: QueueContext,
  id: string,
  move: (application: ApplicationDocument) => Promise<T | null>,
): Promise<T> {
  for (let i = 0; i < TRIES; i++) {
    const application = await applicationById(context.database, id)
    if (!application) throw new Refusal('not-found', 'no such application', { application: id })
    const result = await move(application)
    if (result !== null) return result
  }
  throw new Refusal('conflict', 'the application keeps changing', { application: id })
}

/** `transition`, of which the consoles hear. Null where somebody was first. */
export async function write(
  context: Pick<QueueContext, 'database' | 'publish'>,
  application: ApplicationDocument,
  move: Move,
  changes: Changes = {},
): Promise<ApplicationDocument | null> {
  const written = await transition(context.database, application, move, changes)
  if (written) announce(context, written)
  return written
}

/** True where this transaction has been done already. */
export function done(application: ApplicationDocument, transactionId: string): boolean {
  return application.history.some((e) => e.transactionId === transactionId)
}

/** `change` by a transaction: one that has been done already changes nothing. */
export function changeOnce(
  context: QueueContext,
  id: string,
  transactionId: string,
  move: (application: ApplicationDocument) => Promise<ApplicationDocument | null>,
): Promise<ApplicationDocument> {
  return change(context, id, async (application) =>
    done(application, transactionId) ? application : move(application),
  )
}

/** Tells the consoles of the latest history entry of `application`. */
export function announce(context: Pick<QueueContext, 'publish'>, application: ApplicationDocument): void {
  const entry = entriesOf(application).at(-1)
  if (!entry) return
  context.publish({
    application: application._id,
    action: entry.action,
    from: entry.from,
    stage: application.stage,
    state: application.state,
  })
}

/** A file that an operator put elsewhere; no place where it came from, or went to, another pupil's application. */
export type MovedFile = { document: string; from?: DocumentPlace; to?: DocumentPlace; other?: string }
type DocumentPlace = { kind: DocumentKind; page: number }

/** What a history entry's sealed field holds. */
export type SealedEntry = {
  note?: string | undefined
  moved?: readonly MovedFile[]
  portrait?: { document: string; edit: PortraitEdit }
  /** A finding that an operator has looked into; `again`: it is open again. */
  examined?: { finding: Finding; again: boolean }
  before?: Readonly<Record<string, unknown>>
  after?: Readonly<Record<string, unknown>>
}
export function sealEntry(context: QueueContext, entry: SealedEntry): Buffer | undefined {
  const empty = Object.values(entry).every((value) => value === undefined)
  return empty ? undefined : context.sealer.sealJson(entry)
}
