import { applications, WITH_FINDINGS } from './kept.ts'
import type { Connection } from 'mongoose'
import { ATTENTIONS, CLAIM_STAGES, isClaimStage, STAGES } from './application.ts'
import type { ClaimStage, Stage } from './application.ts'
import type { ApplicationDocument } from './kept.ts'
import type { BatchStage } from '../printing/print-batch.ts'
import { behind } from '../store/behind.ts'
import type { Place } from '../store/behind.ts'

const LISTED = ['queued', 'claimed'] as const
/** What a row of a list shows; documents, answers and histories stay where they are. */
const ROW = {
  ticket: 1,
  stage: 1,
  state: 1,
  key: 1,
  start: 1,
  flow: 1,
  npsn: 1,
  reason: 1,
  pupil: 1,
  findingCodes: 1,
  claim: 1,
  submittedAt: 1,
  stageAt: 1,
  returnReasons: 1,
  attention: 1,
} as const
export type ApplicationRow = Pick<ApplicationDocument, '_id' | Extract<keyof typeof ROW, keyof ApplicationDocument>>
const WITH_KINDS = { ...ROW, 'documents.kind': 1, 'documents.supersededAt': 1, 'requests.kind': 1 } as const
/** As a row, with what of each document tells what it is and whether it counts, and what kinds of requests there are. */
export type RowWithKinds = ApplicationRow & {
  documents: readonly Pick<ApplicationDocument['documents'][number], 'kind' | 'supersededAt'>[]
  requests: readonly Pick<ApplicationDocument['requests'][number], 'kind'>[]
}

/** What a list of the queue is narrowed to: one school, rows with findings, rows that came back after a return. */
export type Narrow = { npsn?: string | undefined; findings?: boolean; corrected?: boolean }

function narrowed(stage: Stage, { npsn, findings, corrected }: Narrow) {
  return {
    filter: {
      stage,
      state: { $in: LISTED },
      ...(npsn !== undefined && { npsn }),
      ...(corrected && { corrected: true }),
      ...(findings && WITH_FINDINGS),
    },
    // a school has few rows in a stage: they are sorted sooner than those of all schools are passed over
    index: npsn !== undefined ? 'school' : findings ? 'list-found' : corrected ? 'list-corrected' : 'list',
  }
}

/** Queued and claimed applications of one stage in the order of service, from behind `after` on. */
export function rowsOfStage(
  database: Connection,
  stage: ClaimStage,
  after: Place<string> | undefined,
  limit: number,
  narrow: Narrow = {},
): Promise<ApplicationRow[]> {
  return inOrder<ApplicationRow>(database, narrowed(stage, narrow), after, limit, ROW)
}

/** The same of a stage that is worked in batches, with what tells whether a card may be printed. */
export function rowsForBatches(
  database: Connection,
  stage: BatchStage,
  after: Place<string> | undefined,
  limit: number,
): Promise<RowWithKinds[]> {
  return inOrder<RowWithKinds>(database, narrowed(stage, {}), after, limit, WITH_KINDS)
}

function inOrder<Row>(
  database: Connection,
  { filter, index }: ReturnType<typeof narrowed>,
  after: Place<string> | undefined,
  limit: number,
  fields: typeof ROW | typeof WITH_KINDS,
): Promise<Row[]> {
  return applications(database)
    .find({ ...filter, ...behind('key', after) }, fields)
    .hint(index)
    .sort({ key: 1, _id: 1 })
    .limit(limit)
    .lean<Row[]>()
    .exec()
}

/**
 * Where the list of the queue goes on behind this row. One that has left the queue meanwhile still says where it was in
 * its order.
 */
export async function startAfter(
  database: Connection,
  id: string,
): Promise<(Place<string> & { stage: ClaimStage }) | undefined> {
  const last = await applications(database)
    .findById(id, { stage: 1, key: 1 })
    .lean<Pick<ApplicationDocument, 'stage' | 'key'>>()
  if (!last?.key) return undefined
  return { stage: isClaimStage(last.stage) ? last.stage : CLAIM_STAGES[0], at: last.key, id }
}

/** Queued applications of the stage that are served before `key`. */
export function countAhead(database: Connection, stage: Stage, key: string): Promise<number> {
  return applications(database)
    .countDocuments({ stage, state: 'queued', key: { $lt: key } })
    .hint('claim')
    .exec()
}

/** All queued keys of the stage in order, from the index alone. */
export async function queuedKeys(database: Connection, stage: Stage): Promise<string[]> {
  const rows = await applications(database)
    .find({ stage, state: 'queued' }, { _id: 0, key: 1 })
    .hint('claim')
    .sort({ key: 1 })
    .lean<{ key: string }[]>()
    .exec()
  return rows.map((r) => r.key)
}

/** The schools with queued and claimed applications in the stage, or with cards that are ready, and how many. */
export async function schoolsListed(database: Connection, stage: ClaimStage | 'ready'): Promise<Map<string, number>> {
  const ready = stage === 'ready'
  const groups = await applications(database)
    .aggregate<{ _id: string; n: number }>([
      { $match: { stage, ...(ready ? {} : { state: { $in: LISTED } }) } },
      { $group: { _id: '$npsn', n: { $sum: 1 } } },
    ])
    .hint(ready ? 'stage-age' : 'list')
  return new Map(groups.map((group) => [group._id, group.n]))
}

/** How many queued and claimed applications the stage has, of those that the list is narrowed to. */
export function countListed(database: Connection, stage: ClaimStage, narrow: Narrow = {}): Promise<number> {
  const { filter, index } = narrowed(stage, narrow)
  return applications(database).countDocuments(filter).hint(index).exec()
}
export function countClaimed(database: Connection, stage: ClaimStage): Promise<number> {
  return applications(database).countDocuments({ stage, state: 'claimed' }).hint('lease').exec()
}
/** Stops counting at `most`: finished applications stay for good, and a count reads them all. */
export function countStage(database: Connection, stage: Stage, most: number): Promise<number> {
  return applications(database).countDocuments({ stage }, { limit: most }).hint('stage-age').exec()
}

/** Since when the oldest application of a stage has been in it. */
export async function oldestInStage(database: Connection, stage: Stage): Promise<Date | undefined> {
  const oldest = await applications(database)
    .findOne({ stage }, { stageAt: 1 })
    .hint('stage-age')
    .sort({ stageAt: 1 })
    .lean<{ stageAt: Date }>()
    .exec()
  return oldest?.stageAt
}

/** Those whose history holds something this operator did since then: what moved since has its stage from then on. */
export function handledBy(
  database: Connection,
  operator: string,
  since: Date,
): Promise<Pick<ApplicationDocument, '_id' | 'ticket' | 'history'>[]> {
  return applications(database)
    .find(
      {
        stage: { $in: STAGES },
        stageAt: { $gte: since },
        history: { $elemMatch: { 'by.id': operator, at: { $gte: since } } },
      },
      { ticket: 1, history: 1 },
    )
    .hint('stage-age')
    .lean<Pick<ApplicationDocument, '_id' | 'ticket' | 'history'>[]>()
    .exec()
}

/** Cards that became ready since then: the pace of the office. */
export function countReadySince(database: Connection, since: Date): Promise<number> {
  return applications(database)
    .countDocuments({ readyAt: { $gte: since } })
    .hint('ready')
    .exec()
}

/** A coordinator's applications, newest first, drafts left out. */
export function rowsOfCoordinator(database: Connection, coordinator: string, limit: number): Promise<RowWithKinds[]> {
  return applications(database)
    .find({ coordinator, stage: { $ne: 'draft' }, purgedAt: { $exists: false } }, WITH_KINDS)
    .sort({ _id: -1 })
    .limit(limit)
    .lean<RowWithKinds[]>()
    .exec()
}

// named one by one, so that the index counts them alone, and gives each kind in the order that they are merged in
const FOR_ATTENTION = { attention: { $in: ATTENTIONS } }

/** The supervisors' list: what only they can resolve, the longest in its stage first, from behind `after` on. */
export function rowsForAttention(
  database: Connection,
  after: Place<Date> | undefined,
  limit: number,
): Promise<ApplicationRow[]> {
  return applications(database)
    .find({ ...FOR_ATTENTION, ...behind('stageAt', after) }, ROW)
    .hint('attention')
    .sort({ stageAt: 1, _id: 1 })
    .limit(limit)
    .lean<ApplicationRow[]>()
    .exec()
}

export function countForAttention(database: Connection, most: number): Promise<number> {
  return applications(database).countDocuments(FOR_ATTENTION, { limit: most }).hint('attention').exec()
}

/** The rows of these applications by id, wherever they are. */
export async function rowsById(database: Connection, ids: readonly string[]): Promise<Map<string, RowWithKinds>> {
  const rows = await applications(database)
    .find({ _id: { $in: [...ids] } }, WITH_KINDS)
    .lean<RowWithKinds[]>()
    .exec()
  return new Map(rows.map((row) => [row._id, row]))
}

/** The schools of what waits for verification, file by file, in the order in which it came. */
export async function waitingSchools(database: Connection, limit: number): Promise<string[]> {
  const rows = await applications(database)
    .find({ stage: 'verification', state: 'queued' }, { npsn: 1, submittedAt: 1 })
    .hint('claim')
    .limit(limit)
    .lean<{ npsn: string; submittedAt?: Date }[]>()
    .exec()
  return rows
    .toSorted((a, b) => (a.submittedAt?.getTime() ?? 0) - (b.submittedAt?.getTime() ?? 0))
    .map((row) => row.npsn)
}
