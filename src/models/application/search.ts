import type { Connection } from 'mongoose'
import { STAGES } from './application.ts'
import type { Stage } from './application.ts'
import type { ApplicationRow } from './lists.ts'
import { applications } from './kept.ts'
import type { ApplicationDocument } from './kept.ts'
import { behind } from '../store/behind.ts'
import type { Place } from '../store/behind.ts'

/** What a row of a list shows; documents, answers and histories stay where they are. */
const ROW = {
  ticket: 1,
  stage: 1,
  state: 1,
  key: 1,
  start: 1,
  flow: 1,
  npsn: 1,
  pupil: 1,
  findingCodes: 1,
  claim: 1,
  submittedAt: 1,
  stageAt: 1,
  attention: 1,
} as const
/** Nobody needs the exact number of more than that. */
const MOST_COUNTED = 10_000

/** Drafts are their coordinator's own. */
const SUBMITTED = STAGES.filter((stage) => stage !== 'draft')
/** Nobody reads further into a list of namesakes; more words narrow it. */
const MOST_NAMED = 200

export type ApplicationSearch = {
  stage?: Stage | undefined
  npsn?: string | undefined
  ticket?: string | undefined
  nikHash?: string | undefined
  coordinator?: string | undefined
  /** For each word of a name the keys of which one has to be there. */
  names?: readonly (readonly string[])[] | undefined
  /** Submitted from then on, and before then. */
  from?: Date | undefined
  to?: Date | undefined
}

/**
 * Submitted applications from behind `after` on, the newest first; `total` stops at 10,000. Where nothing but a stage is
 * given the latest in it come first, and of a span the latest submitted. Named ones are at most 200 and come at once.
 * `next` is where the next page begins: a place, since a row may have left its stage by then.
 */
export async function searchApplications(
  database: Connection,
  search: ApplicationSearch,
  page: { after?: Place<Date> | undefined; limit: number },
): Promise<{ total: number; rows: ApplicationRow[]; next?: Place<Date> }> {
  const model = applications(database)
  const { stage, npsn, ticket, nikHash, coordinator, names, from, to } = search
  const spanned = from !== undefined || to !== undefined
  const filter = {
    // named one by one, so that an index that has the stage before the id still gives the order of the ids
    stage: stage ?? { $in: SUBMITTED },
    ...given({ npsn, ticket, nikHash, coordinator }),
    ...(names && { $and: names.map((keys) => ({ nameKeys: { $in: [...keys] } })) }),
    ...(spanned && { submittedAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
  }
  const pointed = [npsn, ticket, nikHash, coordinator, names].some((one) => one !== undefined)
  // the index of a stage gives its own order; without a stage the ids do
  const by: 'stageAt' | 'submittedAt' | undefined = pointed
    ? undefined
    : stage !== undefined
      ? 'stageAt'
      : spanned
        ? 'submittedAt'
        : undefined
  const { after, limit } = page
  const rest = by === undefined ? after && { _id: { $lt: after.id } } : behind(by, after, -1)
  const rows = model
    .find({ $and: [filter, { ...rest }] }, ROW)
    .sort(by === undefined ? { _id: -1 } : { [by]: -1, _id: -1 })
    .limit(names ? MOST_NAMED : limit)
    .lean<ApplicationRow[]>()
    .exec()
  if (names) return { total: (await rows).length, rows: await rows }
  const [total, found] = await Promise.all([model.countDocuments(filter, { limit: MOST_COUNTED }), rows])
  const last = found.length < limit ? undefined : found.at(-1)
  const next = last && { at: (by === 'submittedAt' && last.submittedAt) || last.stageAt, id: last._id }
  return { total, rows: found, ...(next && { next }) }
}

function given(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((one): one is [string, string] => one[1] !== undefined))
}

/** What the queue's own rows leave out of a list: the sealed pupil, the virtual start and the flow. */
export async function sealedRows(
  database: Connection,
  ids: readonly string[],
): Promise<Map<string, Pick<ApplicationDocument, 'pupil' | 'key' | 'start' | 'flow'>>> {
  const found = await applications(database)
    .find({ _id: { $in: [...ids] } }, { pupil: 1, key: 1, start: 1, flow: 1 })
    .lean()
  return new Map(found.map((row) => [row._id, row]))
}

/** The chat that the application of this ticket came from. */
export async function chatOfTicket(database: Connection, ticket: string): Promise<string | undefined> {
  return (await applications(database).findOne({ ticket }, { chat: 1 }).lean())?.chat
}
