import { CLAIM_STAGES } from '../../models/application/application.ts'
import type { Attention, ClaimStage, QueueState, Stage } from '../../models/application/application.ts'
import type { Finding } from '../../models/application/findings.ts'
import {
  countAhead,
  countClaimed,
  countForAttention,
  countListed,
  countStage,
  handledBy,
  oldestInStage,
  queuedKeys,
  rowsForAttention,
  rowsOfStage,
  schoolsListed,
  startAfter,
} from '../../models/application/lists.ts'
import type { ApplicationRow, Narrow } from '../../models/application/lists.ts'
import type { Place } from '../../models/store/behind.ts'
import type { Sealer } from '../../models/store/sealing.ts'
import { pupilOf } from '../../models/application/sealed.ts'
import type { QueueContext } from '../context.ts'
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
export type StageCounts = Record<ClaimStage, { waiting: number; claimed: number }> & {
  ready: number
  returned: number
  handed_over: number
  /** What waits for a supervisor, in any stage. */
  attention: number
  /** Since when the oldest of a stage has been in it. */
  oldest: Partial<Record<Stage, Date>>
}
export type Lists = ReturnType<typeof createLists>

const COUNTS_FRESH_MS = 2_000
const DAY = 86_400_000
/** Nobody reads a larger number from a badge. */
const MOST_COUNTED = 10_000
/** Stages in which somebody waits for something. */
const TIMED: readonly Stage[] = [...CLAIM_STAGES, 'ready', 'returned']

export function createLists(context: QueueContext) {
  const { database, sealer, calendar, now } = context
  const counts = fresh(COUNTS_FRESH_MS, now, countAll)
  const keys = new Map(
    CLAIM_STAGES.map((stage) => [stage, fresh(COUNTS_FRESH_MS, now, () => queuedKeys(database, stage))]),
  )

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

  /** Rows of one stage, in order, with positions counted on from the first queued one. */
  async function numbered(stage: ClaimStage, rows: readonly ApplicationRow[], fromStart: boolean): Promise<QueueRow[]> {
    const first = rows.find((r) => r.state === 'queued')
    let position = first?.key === undefined || fromStart ? 0 : await countAhead(database, stage, first.key)
    return rows.map((row) => rowOf(row, row.state === 'queued' ? (position += 1) : null, sealer))
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
    return rows.map((row) => rowOf(row, positionOf(row), sealer))
  }

  return {
    /**
     * Queued and claimed rows by stage, then in the order of service; `total` may be 2 s old; `after` is the last id seen.
     * `narrow`ed ones have the positions that they have among all, 2 s old at most, and are counted alone.
     */
    async page(
      { stage, after, limit }: { stage?: ClaimStage | undefined; after?: string | undefined; limit: number },
      narrow: Narrow = {},
    ): Promise<{ total: number; items: readonly QueueRow[] }> {
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
    /** How many rows of a stage's list, or cards that are ready, each school has, by NPSN. */
    schools: (stage: ClaimStage | 'ready'): Promise<ReadonlyMap<string, number>> => schoolsListed(database, stage),
    /** May be 2 s old; what is not worked by claims is counted up to 10,000. */
    counts,
    /**
     * What only a supervisor can resolve, the longest in its stage first; counted up to 10,000. `after` is a place and no
     * id: the row that a page ended with is resolved meanwhile, and stands elsewhere.
     */
    async attention({ after, limit }: { after?: Place<Date> | undefined; limit: number }): Promise<{
      total: number
      items: readonly QueueRow[]
    }> {
      const [total, rows] = await Promise.all([
        countForAttention(database, MOST_COUNTED),
        rowsForAttention(database, after, limit),
      ])
      return { total, items: rows.map((row) => rowOf(row, null, sealer)) }
    },
    /** What the operator has decided on this day of the office. */
    async tallyOf(operator: string): Promise<Tally> {
      const at = now()
      const handled = await handledBy(database, operator, new Date(at.getTime() - DAY))
      return tally(handled, operator, (then) => calendar().dayOf(then) === calendar().dayOf(at))
    },
  }
}

/** A row as lists show it. */
export function rowOf(row: ApplicationRow, position: number | null, sealer: Sealer): QueueRow {
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
/** How many of the sorted `keys` are smaller than `key`. */
export function lowerBound(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}
