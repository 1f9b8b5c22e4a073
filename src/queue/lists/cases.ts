import { CLAIM_STAGES, isClaimStage } from '../../models/application/application.ts'
import type {
  ApplicationReason,
  ClaimStage,
  DocumentKind,
  Pupil,
  QueueState,
  Stage,
} from '../../models/application/application.ts'
import { applicationById } from '../../models/application/changes.ts'
import { virtualTime } from '../../models/application/clock.ts'
import { countAhead, countReadySince, queuedKeys, rowsOfCoordinator } from '../../models/application/lists.ts'
import type { ApplicationRow } from '../../models/application/lists.ts'
import { Refusal } from '../../models/store/errors.ts'
import { caseOf } from '../case.ts'
import { pupilOf } from '../../models/application/sealed.ts'
import type { Case } from '../case.ts'
import type { QueueContext } from '../context.ts'
import { estimate } from '../fairness/estimate.ts'
import type { Estimate } from '../fairness/estimate.ts'
import { roundOf } from '../fairness/fairness.ts'
import type { Hindrance } from '../../models/printing/print-batch.ts'
import { hindranceInBatch, hindranceOf } from '../work/print-date.ts'
import { fresh } from './fresh.ts'
import { lowerBound, rowOf } from './lists.ts'
import type { Lists, QueueRow } from './lists.ts'

/** A coordinator's own application, with the pupil opened for the conversation; null once purged. */
export type StatusRow = Omit<QueueRow, 'pupil'> & {
  pupil: Pupil | null
  reason: ApplicationReason
  returnReasons: readonly string[]
  round: number | null
  /** What its files are, one for each that was not replaced. */
  documents: readonly DocumentKind[]
}
export type WhereInQueue = {
  stage: Stage
  state: QueueState
  /** From 1: queued before it in its stage, and one. 0 where it does not wait in a queue. */
  position: number
  round: number
}

export type Cases = ReturnType<typeof createCases>

const PACE_FRESH_MS = 60_000
/** Working days over which the office's pace is measured: after Idul Fitri a week of days knows nothing. */
const PACE_DAYS = 5
/** From so many rows on, reading all keys once is cheaper than counting for each. */
const COUNT_EACH_UP_TO = 4
const STATUS_ROWS = 1_000

/** Where single applications stand, for the console and for whoever asks in the chat. */
export function createCases(context: QueueContext, lists: Pick<Lists, 'counts'>) {
  const { database, sealer, office, calendar, now } = context
  const pace = fresh(PACE_FRESH_MS, now, async () => {
    const since = calendar().beforeWorkingDays(now(), PACE_DAYS)
    return { completed: await countReadySince(database, since), workingMs: calendar().workingTimeBetween(since, now()) }
  })

  return {
    /** Refusals: not-found. */
    async get(id: string): Promise<Case> {
      const application = await applicationById(database, id)
      if (!application) throw new Refusal('not-found', 'no such application', { application: id })
      return caseOf(application, sealer)
    },
    /** All that a coordinator has submitted, newest first. */
    async ofCoordinator(coordinator: string): Promise<readonly StatusRow[]> {
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
          ...rowOf(row, await positionOf(row), sealer),
          pupil: pupilOf(row, sealer),
          reason: row.reason,
          returnReasons: row.returnReasons ?? [],
          documents: row.documents.flatMap(({ kind, supersededAt }) => (supersededAt ? [] : [kind])),
          round: row.start === undefined ? null : roundOf(row.start, office.current().fairness.stride),
        })),
      )
    },
    /** Refusals: not-found. */
    async placeOf(id: string): Promise<WhereInQueue> {
      const application = await applicationById(database, id)
      if (!application) throw new Refusal('not-found', 'no such application', { application: id })
      const { stage, state, key, start } = application
      const position = state === 'queued' && key !== undefined ? 1 + (await countAhead(database, stage, key)) : 0
      return {
        stage,
        state,
        position,
        round: roundOf(start ?? (await virtualTime(database)), office.current().fairness.stride),
      }
    },
    /** When a card at this place is likely to be ready; null where the office's pace is not known yet. */
    async estimateFor({ stage, position }: WhereInQueue): Promise<Estimate | null> {
      const all = await lists.counts()
      // cards of the later stages will be ready before it, too
      const later: readonly ClaimStage[] = isClaimStage(stage)
        ? CLAIM_STAGES.slice(CLAIM_STAGES.indexOf(stage) + 1)
        : []
      const ahead = position + later.reduce((sum, s) => sum + all[s].waiting + all[s].claimed, 0)
      return estimate(calendar(), now(), ahead, await pace())
    },
    /** Why its card may not be printed today, alone or in a batch; undefined where it may. */
    hindranceOf: ({ pupil, ...one }: Parameters<typeof hindranceInBatch>[1]): Hindrance | undefined =>
      pupil ? hindranceOf(context, { ...one, pupil }) : undefined,
    /** Why its card comes into no batch today; undefined where it may, or waits for none. */
    hindranceInBatch: (one: Parameters<typeof hindranceInBatch>[1]): Hindrance | undefined =>
      hindranceInBatch(context, one),
    /** The round ("putaran") of a virtual start. */
    roundOf: (start: number): number => roundOf(start, office.current().fairness.stride),
    /** "Sekarang dilayani putaran …". */
    async servedRound(): Promise<number> {
      return roundOf(await virtualTime(database), office.current().fairness.stride)
    },
  }
}
