import type { Office } from '../src/config/office-schema.ts'
import { paceOf } from '../src/queue/fairness/fairness.ts'
import { ensureIndexes } from '../src/models/store/indexes.ts'
import { submissionOf } from './support/pupils.ts'
import { median } from './support/result.ts'
import type { Bench, Result, Row } from './support/result.ts'
import { OFFICE, onStand, queueOn } from './support/stand.ts'
import type { Stand } from './support/stand.ts'
import { createModel } from '../tests/queue/model.ts'

const DUMP = 600
const SMALL_SCHOOLS = 30
/** What each small school sends, right behind the dump. */
const SMALL_FILES = 4
const BIG = '69900100'
const SUBMITTERS = 8
const POLICIES = ['fifo', 'fair'] as const
type Policy = (typeof POLICIES)[number]

/** One school sends 600 files at once, then thirty small schools four each: how long does a small school wait? */
export const run: Bench = async (sizes): Promise<Result> => {
  const dump = sizes.pick(DUMP, 60)
  const arrivals = [...Array<string>(dump).fill(BIG), ...inTurns()]
  const pure = Object.fromEntries(POLICIES.map((policy) => [policy, simulated(policy, arrivals)]))
  const real = await onStand(async (stand) => ({
    fifo: await queued(stand, 'fifo', arrivals),
    fair: await queued(stand, 'fair', arrivals),
  }))
  return {
    title: 'A dump of 600 files against thirty small schools',
    how:
      `One school sends ${dump} files, then ${SMALL_SCHOOLS} schools ${SMALL_FILES} each, in turns; nothing is served before. How many claims until a small ` +
      'school has its last file claimed. The baseline is the policy `fifo`, everything else equal; the ratio is of ' +
      'waiting: less is better. "Pure": `fairness.ts` alone; "queue": submitted and claimed through the real queue.',
    rows: [...rowsOf('pure', pure as Record<Policy, Waits>), ...rowsOf('queue', real)],
  }
}

type Waits = { small: readonly number[]; big: number }

function rowsOf(how: string, { fair, fifo }: Record<Policy, Waits>): Row[] {
  const row = (what: string, of: (waits: Waits) => number): Row => ({
    what: `${how}: ${what}`,
    unit: 'claims',
    ours: of(fair),
    baseline: of(fifo),
  })
  return [
    row('median small school, last file', ({ small }) => median(small)),
    row('unluckiest small school, last file', ({ small }) => Math.max(...small)),
    row('the big school, last file', ({ big }) => big),
  ]
}

function inTurns(): string[] {
  const schools = Array.from({ length: SMALL_SCHOOLS }, (_, i) => String(69_900_001 + i))
  return Array.from({ length: SMALL_FILES }, () => schools).flat()
}

function officeWith(policy: Policy): Office {
  return { ...OFFICE, fairness: { ...OFFICE.fairness, policy } }
}

/** From the order in which schools were served: the claim that took each school's last file, from 1. */
function waitsOf(served: readonly string[]): Waits {
  const last = new Map(served.map((npsn, i) => [npsn, i + 1]))
  const big = last.get(BIG) ?? Number.NaN
  last.delete(BIG)
  return { small: [...last.values()], big }
}

function simulated(policy: Policy, arrivals: readonly string[]): Waits {
  const pace = paceOf(officeWith(policy).fairness, 1)
  const nothing = { queued: () => undefined, emptied: () => undefined, served: () => undefined }
  const model = createModel(() => pace, nothing)
  for (const npsn of arrivals) model.submit(npsn)
  return waitsOf(arrivals.map(() => model.claim()!.flow))
}

async function queued(stand: Stand, policy: Policy, arrivals: readonly string[]): Promise<Waits> {
  const at = await stand.open(`dump-${policy}`)
  await ensureIndexes(at.database)
  const queue = queueOn(at, officeWith(policy))
  // the files of the dump among each other may come at once; then school by school in the order given
  const dump = arrivals.filter((npsn) => npsn === BIG)
  let next = 0
  await Promise.all(
    Array.from({ length: SUBMITTERS }, async () => {
      while (next < dump.length) await queue.submissions.submit(submissionOf((next += 1), BIG))
    }),
  )
  for (const npsn of arrivals.slice(dump.length)) await queue.submissions.submit(submissionOf((next += 1), npsn))
  const served: string[] = []
  for (let i = 0; i < arrivals.length; i++) {
    const claimed = await queue.claims.take({ operator: { id: `operator-${i}`, roles: ['verifikator'] } })
    if (!claimed) throw new Error(`the queue ran empty after ${i} claims`)
    served.push(claimed.npsn)
  }
  await queue.close()
  await at.database.close()
  return waitsOf(served)
}
