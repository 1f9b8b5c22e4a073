import { randomUUID } from 'node:crypto'
import type { mongo } from 'mongoose'
import { driverClaim } from './baselines/driver-claim.ts'
import { insertCopies, submittedOne } from './support/pupils.ts'
import { median } from './support/result.ts'
import type { Bench, Result, Row } from './support/result.ts'
import { onStand, queueOn } from './support/stand.ts'
import type { Stand } from './support/stand.ts'
import { applications } from '../src/models/application/kept.ts'
import type { ApplicationDocument } from '../src/models/application/kept.ts'
import { ensureIndexes } from '../src/models/store/indexes.ts'

const AT_ONCE = 8

/** One queue of a size: claimed from in turns, by us and by the bare driver, and filled up again behind. */
type Line = {
  size: number
  ours(): Promise<unknown>
  bare(): Promise<unknown>
  /** New applications behind the others, for those that were claimed. */
  refill(): Promise<void>
  close(): Promise<void>
}
type Series = { ours: number[]; bare: number[] }

/** Claims by one operator after the other and by eight at once, at three lengths of the queue. */
export const run: Bench = (sizes) =>
  onStand(async (stand): Promise<Result> => {
    const lengths = sizes.pick([100, 10_000, 1_000_000], [100, 1_000, 10_000])
    const rounds = sizes.pick(40, 4)
    const template = await submittedOne(stand)
    const lines: Line[] = []
    for (const size of lengths) lines.push(await openLine(stand, size, template))
    const alone = lines.map((): Series => ({ ours: [], bare: [] }))
    const together = lines.map((): Series => ({ ours: [], bare: [] }))
    for (let round = -2; round < rounds; round++) {
      for (const [i, line] of lines.entries()) {
        const keep = round >= 0
        for (const [times, count] of [
          [alone[i]!, 1],
          [together[i]!, AT_ONCE],
        ] as const) {
          // each first in every second round
          const order = round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)
          for (const who of order) {
            const ms = await timeClaims(line[who], count)
            if (keep) times[who].push(...ms)
          }
        }
        await line.refill()
      }
    }
    for (const line of lines) await line.close()
    return {
      title: 'Claims',
      how:
        'The median time of one claim in the middle of a queue that is kept at its length, ours by `queue.claim` (limits, ' +
        'history, virtual time, the opened case) against the sorted findOneAndUpdate of the driver on the same ' +
        'collection and index, in turns. The ratio is of speed. "8 at once": claims a second by eight operators.',
      rows: rowsOf(lengths, alone, together),
    }
  })

const CLAIMS_A_ROUND = 24

/** Milliseconds of each claim by one, or for several at once the rate's inverse, once. */
async function timeClaims(claim: () => Promise<unknown>, atOnce: number): Promise<number[]> {
  if (atOnce === 1) {
    const times: number[] = []
    for (let i = 0; i < CLAIMS_A_ROUND / 2; i++) {
      const begun = performance.now()
      await claim()
      times.push(performance.now() - begun)
    }
    return times
  }
  const begun = performance.now()
  let left = CLAIMS_A_ROUND
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await claim()
    }),
  )
  return [(performance.now() - begun) / CLAIMS_A_ROUND]
}

async function openLine(stand: Stand, size: number, template: ApplicationDocument): Promise<Line> {
  const at = await stand.open(`claims-${size}`)
  const { database } = at
  const queue = queueOn(at)
  const collection = applications(database).collection as unknown as mongo.Collection<ApplicationDocument>
  let next = 0
  const fill = async (count: number): Promise<void> => {
    await insertCopies(database, template, { from: next, count }, () => ({}))
    next += count
  }
  await fill(size)
  // all indexes of the service, made after the filling: as many writes for both, and sooner
  await ensureIndexes(database)
  const claimed = async (work: Promise<unknown>): Promise<void> => {
    if (!(await work)) throw new Error('the queue ran empty')
  }
  return {
    size,
    ours: () => claimed(queue.claims.take({ operator: { id: randomUUID(), roles: ['verifikator'] } })),
    bare: () => claimed(driverClaim(collection, randomUUID())),
    async refill() {
      const queued = await collection.countDocuments({ stage: 'verification', state: 'queued' }, { hint: 'claim' })
      await fill(size - queued)
    },
    async close() {
      await queue.close()
      await database.close()
    },
  }
}

function rowsOf(lengths: readonly number[], alone: readonly Series[], together: readonly Series[]): Row[] {
  const perSecond = (ms: readonly number[]): number => 1000 / median(ms)
  const rows = lengths.flatMap((size, i): Row[] =>
    (
      [
        ['one by one', alone[i]!],
        [`${AT_ONCE} at once`, together[i]!],
      ] as const
    ).map(([how, { ours, bare }]) => ({
      what: `${size.toLocaleString('en')} queued, ${how}`,
      unit: 'claims/s',
      ours: perSecond(ours),
      baseline: perSecond(bare),
      goal: { of: 'ratio', least: 0.8 },
    })),
  )
  const slowest = Math.max(...alone.map(({ ours }) => median(ours)))
  const quickest = Math.min(...alone.map(({ ours }) => median(ours)))
  return [
    ...rows,
    {
      what: 'flat: slowest length ÷ quickest, one by one',
      unit: '×',
      ours: slowest / quickest,
      goal: { of: 'ours', most: 1.2 },
    },
  ]
}
