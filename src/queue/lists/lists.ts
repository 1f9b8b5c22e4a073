import { CLAIM_STAGES, isClaimStage } from '../../models/application/application.ts'
import type {
  ApplicationReason,
  Attention,
  ClaimStage,
  DocumentKind,
  Finding,
  Pupil,
  QueueState,
  Stage,
} from '../../models/application/application.ts'
import { Refusal } from '../../models/store/errors.ts'
import {
  countAhead,
  countClaimed,
  countForAttention,
  countListed,
  countReadySince,
  countStage,
  handledBy,
  oldestInStage,
  queuedKeys,
  rowsForAttention,
  rowsOfCoordinator,
  rowsOfStage,
  schoolsListed,
  startAfter,
} from '../../models/application/lists.ts'
import type { ApplicationRow, Narrow } from '../../models/application/lists.ts'
import { applicationById } from '../../models/application/changes.ts'
import type { Place } from '../../models/store/behind.ts'
import { virtualTime } from '../../models/application/clock.ts'
import { caseOf, pupilOf } from '../case.ts'
import type { Case } from '../case.ts'
import type { QueueContext } from '../context.ts'
import { estimate } from '../fairness/estimate.ts'
import type { Estimate } from '../fairness/estimate.ts'
import { roundOf } from '../fairness/fairness.ts'
import { fresh } from './fresh.ts'
import { tally } from './tally.ts'
import type { Tally } from './tally.ts'

export type QueueRow = {
  id: string
  ticket: string
  stage: Stage
  state: QueueState
  /** From 1; null unless queued. */
  position: number | null
  /** The pupil's name; empty once purged. */
  pupil: string
  npsn: string
  submittedAt: Date
  stageAt: Date
  findings: readonly { code: string; severity: Finding['severity'] }[]
  claimedBy?: string
  attention?: Attention
}
/** A coordinator's own application, with the pupil opened for the conversation; null once purged. */
export type StatusRow = Omit<QueueRow, 'pupil'> & {
  pupil: Pupil | null
  reason: ApplicationReason
  returnReasons: readonly string[]
  round: number | null
  /** What its files are, one for each that was not replaced. */
  documents: readonly DocumentKind[]
}
export type StageCounts = Record<ClaimStage, { waiting: number; claimed: number }> & {
  ready: number
  returned: number
  handed_over: number
  /** What waits for a supervisor, in any stage. */
  attention: number
  /** Since when the oldest of a stage has been in it. */
  oldest: Partial<Record<Stage, Date>>
}
export type WhereInQueue = {
  stage: Stage
  state: QueueState
  /** From 1: queued before it in its stage, and one. 0 where it does not wait in a queue. */
  position: number
  round: number
}

export type Lists = {
  /**
   * Queued and claimed rows by stage, then in the order of service; `total` may be 2 s old; `after` is the last id seen.
   * `narrow`ed ones have the positions that they have among all, 2 s old at most, and are counted alone.
   */
  list(
    query: { stage?: ClaimStage | undefined; after?: string | undefined; limit: number },
    narrow?: Narrow,
  ): Promise<{ total: number; items: readonly QueueRow[] }>
  /** How many rows of a stage's list each school has, by NPSN. */
  schoolsOf(stage: ClaimStage): Promise<ReadonlyMap<string, number>>
  /** May be 2 s old; what is not worked by claims is counted up to 10,000. */
  counts(): Promise<StageCounts>
  /**
   * What only a supervisor can resolve, the longest in its stage first; counted up to 10,000. `after` is a place and no
   * id: the row that a page ended with is resolved meanwhile, and stands elsewhere.
   */
  attention(page: {
    after?: Place<Date> | undefined
    limit: number
  }): Promise<{ total: number; items: readonly QueueRow[] }>
  /** Refusals: not-found. */
  get(id: string): Promise<Case>
  /** All that a coordinator has submitted, newest first. */
  statusOf(coordinator: string): Promise<readonly StatusRow[]>
  /** Refusals: not-found. */
  placeOf(id: string): Promise<WhereInQueue>
  /** When a card at this place is likely to be ready; null where the office's pace is not known yet. */
  estimateFor(place: WhereInQueue): Promise<Estimate | null>
  /** "Sekarang dilayani putaran …". */
  servedRound(): Promise<number>
  /** What the operator has decided on this day of the office. */
  tallyOf(operator: string): Promise<Tally>
}

const COUNTS_FRESH_MS = 2_000
const PACE_FRESH_MS = 60_000
/** Days over which the office's pace is measured. */
const PACE_DAYS = 7
const DAY = 86_400_000
/** From so many rows on, reading all keys once is cheaper than counting for each. */
const COUNT_EACH_UP_TO = 4
const STATUS_ROWS = 1_000
/** Nobody reads a larger number from a badge. */
const MOST_COUNTED = 10_000
/** Stages in which somebody waits for something. */
const TIMED: readonly Stage[] = [...CLAIM_STAGES, 'ready', 'returned']

export function createLists(context: QueueContext): Lists {
  const { database, sealer, office, calendar, now } = context
  const counts = fresh(COUNTS_FRESH_MS, now, countAll)
  const keys = new Map(
    CLAIM_STAGES.map((stage) => [stage, fresh(COUNTS_FRESH_MS, now, () => queuedKeys(database, stage))]),
  )
  const pace = fresh(PACE_FRESH_MS, now, async () => {
    const since = new Date(now().getTime() - PACE_DAYS * DAY)
    return { completed: await countReadySince(database, since), workingMs: calendar.workingTimeBetween(since, now()) }
  })

  async function countAll(): Promise<StageCounts> {
    const stages = CLAIM_STAGES.map(async (stage) => {
      const [listed, claimed] = await Promise.all([countListed(database, stage), countClaimed(database, stage)])
      return [stage, { waiting: Math.max(0, listed - claimed), claimed }] as const
    })
    const [ready, returned, handedOver, attention] = await Promise.all([
      countStage(database, 'ready', MOST_COUNTED),
      countStage(database, 'returned', MOST_COUNTED),
      countStage(database, 'handed_over', MOST_COUNTED),
      countForAttention(database, MOST_COUNTED),
    ])
    const byStage = Object.fromEntries(await Promise.all(stages)) as Record<
      ClaimStage,
      { waiting: number; claimed: number }
    >
    const ages = TIMED.map(async (stage) => [stage, await oldestInStage(database, stage)] as const)
    const oldest = Object.fromEntries((await Promise.all(ages)).filter(([, at]) => at !== undefined))
    return { ...byStage, ready, returned, handed_over: handedOver, attention, oldest }
  }

  function rowOf(row: ApplicationRow, position: number | null): QueueRow {
    return {
      id: row._id,
      ticket: row.ticket ?? '',
      stage: row.stage,
      state: row.state,
      position,
      pupil: pupilOf(row, sealer)?.name ?? '',
      npsn: row.npsn,
      submittedAt: row.submittedAt ?? row.stageAt,
      stageAt: row.stageAt,
      findings: row.findingCodes,
      ...(row.claim ? { claimedBy: row.claim.by } : {}),
      ...(row.attention ? { attention: row.attention } : {}),
    }
  }

  /** Rows of one stage, in order, with positions counted on from the first queued one. */
  async function numbered(stage: ClaimStage, rows: readonly ApplicationRow[], fromStart: boolean): Promise<QueueRow[]> {
    const first = rows.find((r) => r.state === 'queued')
    let position = first?.key === undefined || fromStart ? 0 : await countAhead(database, stage, first.key)
    return rows.map((row) => rowOf(row, row.state === 'queued' ? (position += 1) : null))
  }

  async function totalOf(stages: readonly ClaimStage[], narrow?: Narrow): Promise<number> {
    if (narrow) {
      const each = await Promise.all(stages.map((stage) => countListed(database, stage, narrow)))
      return each.reduce((sum, n) => sum + n, 0)
    }
    const all = await counts()
    return stages.reduce((sum, stage) => sum + all[stage].waiting + all[stage].claimed, 0)
  }

  async function placedAmongAll(stage: ClaimStage, rows: readonly ApplicationRow[]): Promise<QueueRow[]> {
    const all = rows.some((row) => row.state === 'queued') ? await keys.get(stage)!() : []
    const positionOf = ({ state, key }: ApplicationRow) =>
      state === 'queued' && key !== undefined ? 1 + lowerBound(all, key) : null
    return rows.map((row) => rowOf(row, positionOf(row)))
  }

  return {
    async list({ stage, after, limit }, narrow = {}) {
      const from = after === undefined ? undefined : await startAfter(database, after)
      const some = narrow.npsn !== undefined || narrow.findings || narrow.corrected
      const stages = stage ? [stage] : from ? CLAIM_STAGES.slice(CLAIM_STAGES.indexOf(from.stage)) : CLAIM_STAGES
      const items: QueueRow[] = []
      for (const one of stages) {
        if (items.length >= limit) break
        const behind = from && (stage !== undefined || one === from.stage) ? from : undefined
        const rows = await rowsOfStage(database, one, behind, limit - items.length, narrow)
        items.push(...(some ? await placedAmongAll(one, rows) : await numbered(one, rows, behind === undefined)))
      }
      const counted: readonly ClaimStage[] = stage ? [stage] : CLAIM_STAGES
      return { total: await (some ? totalOf(counted, narrow) : totalOf(counted)), items }
    },
    schoolsOf: (stage) => schoolsListed(database, stage),
    counts,
    async attention({ after, limit }) {
      const [total, rows] = await Promise.all([
        countForAttention(database, MOST_COUNTED),
        rowsForAttention(database, after, limit),
      ])
      return { total, items: rows.map((row) => rowOf(row, null)) }
    },
    async get(id) {
      const application = await applicationById(database, id)
      if (!application) throw new Refusal('not-found', 'no such application', { application: id })
      return caseOf(application, sealer)
    },
    async statusOf(coordinator) {
      const rows = await rowsOfCoordinator(database, coordinator, STATUS_ROWS)
      const keys = new Map<Stage, readonly string[]>()
      for (const stage of CLAIM_STAGES) {
        const waiting = rows.filter((r) => r.stage === stage && r.state === 'queued')
        if (waiting.length > COUNT_EACH_UP_TO) keys.set(stage, await queuedKeys(database, stage))
      }
      const positionOf = async (row: ApplicationRow) => {
        if (row.state !== 'queued' || row.key === undefined) return null
        const all = keys.get(row.stage)
        return 1 + (all ? lowerBound(all, row.key) : await countAhead(database, row.stage, row.key))
      }
      return Promise.all(
        rows.map(async (row) => ({
          ...rowOf(row, await positionOf(row)),
          pupil: pupilOf(row, sealer),
          reason: row.reason,
          returnReasons: row.returnReasons ?? [],
          documents: row.documents.flatMap(({ kind, supersededAt }) => (supersededAt ? [] : [kind])),
          round: row.start === undefined ? null : roundOf(row.start, office.fairness.stride),
        })),
      )
    },
    async placeOf(id) {
      const application = await applicationById(database, id)
      if (!application) throw new Refusal('not-found', 'no such application', { application: id })
      const { stage, state, key, start } = application
      const position = state === 'queued' && key !== undefined ? 1 + (await countAhead(database, stage, key)) : 0
      return { stage, state, position, round: roundOf(start ?? (await virtualTime(database)), office.fairness.stride) }
    },
    async estimateFor({ stage, position }) {
      const all = await counts()
      // cards of the later stages will be ready before it, too
      const later: readonly ClaimStage[] = isClaimStage(stage)
        ? CLAIM_STAGES.slice(CLAIM_STAGES.indexOf(stage) + 1)
        : []
      const ahead = position + later.reduce((sum, s) => sum + all[s].waiting + all[s].claimed, 0)
      return estimate(calendar, now(), ahead, await pace())
    },
    async tallyOf(operator) {
      const at = now()
      const handled = await handledBy(database, operator, new Date(at.getTime() - DAY))
      return tally(handled, operator, (then) => calendar.dayOf(then) === calendar.dayOf(at))
    },
    async servedRound() {
      return roundOf(await virtualTime(database), office.fairness.stride)
    },
  }
}

/** How many of the sorted `keys` are smaller than `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}
