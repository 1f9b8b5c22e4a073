import { CLAIM_STAGES } from '../../models/application/application.ts'
import type { Stage } from '../../models/application/application.ts'
import { countHolders, inWorkBySchool, readySince } from '../../models/application/wall.ts'
import type { QueueContext } from '../context.ts'
import { fresh } from './fresh.ts'
import type { Lists } from './lists.ts'

/** What the office's wall shows: numbers only, no person. Durations are milliseconds of open time. */
export type Wall = {
  stages: readonly { stage: Stage; waiting: number; oldestAt?: Date; late: boolean }[]
  /** Cards that became ready today, by the hour of the office's clock. */
  hours: readonly { hour: number; done: number }[]
  today: number
  /** From "berkas lengkap" to ready, of today's cards. `promise`: one working day. */
  promise: number
  median: number | null
  p90: number | null
  /** How many of today's cards kept the promise, 0 to 1. */
  kept: number | null
  /** Of so many. */
  measured: number
  schools: readonly { npsn: string; done: number; waiting: number }[]
  /** Moved to the front by a supervisor, and still in work. */
  moved: number
  /** Operators who hold something now. */
  working: number
}

const FRESH_MS = 2_000

export function createWall({ database, calendar, now, office }: QueueContext, lists: Pick<Lists, 'counts'>) {
  const promise = workingDay()

  /** The mean of the week's open days: a promise of a day is kept on a short Friday, too. */
  function workingDay(): number {
    const days = Object.values(office.current().hours.week)
      .map((spans) => spans.reduce((sum, span) => sum + minutes(span.slice(6)) - minutes(span.slice(0, 5)), 0))
      .filter((open) => open > 0)
    return (days.reduce((sum, open) => sum + open, 0) / Math.max(1, days.length)) * 60_000
  }

  async function read(): Promise<Wall> {
    const at = now()
    const start = calendar().startOfDay(at)
    const [counts, ready, inWork, working] = await Promise.all([
      lists.counts(),
      readySince(database, start),
      inWorkBySchool(database),
      countHolders(database),
    ])
    const hourOf = (then: Date) => Math.floor((then.getTime() - start.getTime()) / 3_600_000)
    const hours = new Map<number, number>()
    const schools = new Map(inWork.map(({ npsn, waiting }) => [npsn, { npsn, done: 0, waiting }]))
    const spans: number[] = []
    for (const { npsn, readyAt, completeAt } of ready) {
      hours.set(hourOf(readyAt), (hours.get(hourOf(readyAt)) ?? 0) + 1)
      const school = schools.get(npsn) ?? { npsn, done: 0, waiting: 0 }
      school.done += 1
      schools.set(npsn, school)
      if (completeAt) spans.push(calendar().workingTimeBetween(completeAt, readyAt))
    }
    const opens = hourOf(calendar().nextOpening(start))
    const first = Math.min(...hours.keys(), Math.min(opens, 23), hourOf(at))
    const last = hourOf(at)
    const stages: readonly Stage[] = [...CLAIM_STAGES, 'ready']
    return {
      stages: stages
        .filter((stage) => stage !== 'signature' || office.current().signature)
        .map((stage) => {
          const oldestAt = counts.oldest[stage]
          const waiting = stage === 'ready' ? counts.ready : waitingIn(counts, stage as (typeof CLAIM_STAGES)[number])
          return {
            stage,
            waiting,
            // what lies ready waits for its school, which nobody has promised anything
            late: stage !== 'ready' && oldestAt !== undefined && calendar().workingTimeBetween(oldestAt, at) > promise,
            ...(oldestAt ? { oldestAt } : {}),
          }
        }),
      hours: Array.from({ length: last - first + 1 }, (_, i) => ({
        hour: first + i,
        done: hours.get(first + i) ?? 0,
      })),
      today: ready.length,
      promise,
      median: spread(spans, 0.5),
      p90: spread(spans, 0.9),
      kept: share(spans, (span) => span <= promise),
      measured: spans.length,
      schools: [...schools.values()].toSorted((a, b) => b.done - a.done || b.waiting - a.waiting),
      moved: inWork.reduce((sum, school) => sum + school.moved, 0),
      working,
    }
  }

  return { read: fresh(FRESH_MS, now, read) }
}

function waitingIn(counts: Awaited<ReturnType<Lists['counts']>>, stage: (typeof CLAIM_STAGES)[number]): number {
  return counts[stage].waiting + counts[stage].claimed
}
function minutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

/** The value below which `part` (0 to 1) of the values lie, by the nearest rank; null where there are none. */
export function spread(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null
}

/** Which part of the values holds, 0 to 1; null where there are none. */
export function share(values: readonly number[], holds: (value: number) => boolean): number | null {
  return values.length === 0 ? null : values.filter(holds).length / values.length
}
