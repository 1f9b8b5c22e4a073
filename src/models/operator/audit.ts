import type { Connection } from 'mongoose'
import { CLAIM_STAGES, STAGES } from '../application/application.ts'
import type { Action } from '../application/transitions.ts'
import { toBuffer } from '../store/binary.ts'
import { applications } from '../application/kept.ts'

export type AuditEntry = {
  application: string
  ticket: string
  seq: number
  at: Date
  by: { kind: 'operator' | 'coordinator' | 'system'; id: string }
  action: Action
  reasons: readonly string[]
  sealed?: Buffer
}

type Found = {
  _id: string
  ticket?: string
  place: number
  history: Omit<AuditEntry, 'application' | 'ticket' | 'seq' | 'reasons'> & { reasons?: string[] }
}

const DONE = STAGES.filter((stage) => stage !== 'draft' && !(CLAIM_STAGES as readonly string[]).includes(stage))

/**
 * Entries of all histories between two moments, newest first, always in the same order. What is in work is looked
 * through whole; what has left it entered its stage by such an entry, so that the index of ages finds it.
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
  const found = await applications(database).aggregate<Found>([
    { $match: { ...where, history: { $elemMatch: entry } } },
    {
      $project: {
        ticket: 1,
        'history.at': 1,
        'history.by': 1,
        'history.action': 1,
        'history.reasons': 1,
        'history.sealed': 1,
      },
    },
    // the place of an entry is its number: not every entry holds one
    { $unwind: { path: '$history', includeArrayIndex: 'place' } },
    { $match: Object.fromEntries(Object.entries(entry).map(([key, value]) => [`history.${key}`, value])) },
    { $sort: { 'history.at': -1, _id: -1, place: -1 } },
    { $limit: limit },
  ])
  return found.map(({ _id, ticket: number, place, history: { at, by, action: done, reasons, sealed } }) => ({
    application: _id,
    ticket: number ?? '',
    seq: Number(place) + 1,
    at,
    by,
    action: done,
    reasons: reasons ?? [],
    ...(sealed && { sealed: toBuffer(sealed) }),
  }))
}
