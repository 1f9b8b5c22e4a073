import type { Connection } from 'mongoose'
import { CLAIM_STAGES, STAGES } from '../application.ts'
import type { Action } from '../application.ts'
import { applications } from './application-schema.ts'
import { entriesOf } from './history.ts'
import type { ApplicationDocument } from './application-schema.ts'

export type AuditEntry = {
  application: string
  ticket: string
  seq: number
  at: Date
  by: { kind: 'operator' | 'coordinator' | 'system'; id: string }
  action: Action
  reasons: readonly string[]
}

const DONE = STAGES.filter((stage) => stage !== 'draft' && !(CLAIM_STAGES as readonly string[]).includes(stage))

/**
 * Entries of all histories between two moments, newest first. What is in work is looked through whole; what has left it
 * entered its stage by such an entry, so that the index of ages finds it.
 */
export async function auditBetween(
  database: Connection,
  how: {
    from: Date
    to: Date
    operator?: string | undefined
    action?: Action | undefined
    ticket?: string | undefined
    limit: number
  },
): Promise<AuditEntry[]> {
  const { from, to, operator, action, ticket, limit } = how
  const entry = {
    at: { $gte: from, $lt: to },
    ...(operator === undefined ? {} : { 'by.id': operator }),
    ...(action === undefined ? {} : { action }),
  }
  const where =
    ticket === undefined
      ? { $or: [{ stage: { $in: [...CLAIM_STAGES] } }, { stage: { $in: [...DONE] }, stageAt: { $gte: from } }] }
      : { ticket }
  const found = await applications(database)
    .find({ ...where, history: { $elemMatch: entry } }, { ticket: 1, history: 1 })
    .limit(limit * 10)
    .lean<Pick<ApplicationDocument, '_id' | 'ticket' | 'history'>[]>()
  return found
    .flatMap((one) =>
      entriesOf(one)
        .filter(
          (line) =>
            line.at >= from &&
            line.at < to &&
            (operator === undefined || line.by.id === operator) &&
            (action === undefined || line.action === action),
        )
        .map(({ seq, at, by, action: done, reasons }): AuditEntry => ({
          application: one._id,
          ticket: one.ticket ?? '',
          seq,
          at,
          by,
          action: done,
          reasons: reasons ?? [],
        })),
    )
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit)
}
