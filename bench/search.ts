import type { mongo } from 'mongoose'
import { settableOffice } from '../src/config/office-settings.ts'
import { insertCopies, nikOf, schoolOf, submittedOne } from './support/pupils.ts'
import type { Bench, Result, Row } from './support/result.ts'
import { OFFICE, onStand } from './support/stand.ts'
import type { Stand } from './support/stand.ts'
import { invented } from '../scripts/support/invented.ts'
import { find } from '../src/admin/routes/search.ts'
import type { Filters } from '../src/admin/routes/search.ts'
import { applications } from '../src/models/application/kept.ts'
import type { ApplicationDocument } from '../src/models/application/kept.ts'
import { ensureIndexes } from '../src/models/store/indexes.ts'
import { nameKeys } from '../src/models/identity/name-keys.ts'
import { ticketOf } from '../src/models/application/ticket.ts'

const LIMIT = 50

/** Finding applications by what is exact where a million are stored, and by names where 100,000 are unpurged. */
export const run: Bench = (sizes) =>
  onStand(async (stand): Promise<Result> => {
    const stored = sizes.pick(1_000_000, 20_000)
    const named = sizes.pick(100_000, 5_000)
    const times = sizes.pick(200, 40)
    const { database, sealer } = await fill(stand, stored, named)
    const ask = (filters: Filters) =>
      find({ database, sealer, office: settableOffice(OFFICE) }, filters, { limit: LIMIT })
    try {
      const exact: readonly [string, (i: number) => Filters][] = [
        ['ticket', (i) => ({ q: ticketOf(spread(i, stored)) })],
        ['NIK', (i) => ({ q: nikOf(spread(i, named)) })],
        ['school, first page', (i) => ({ q: schoolOf(i) })],
        ['coordinator, first page', () => ({ coordinator: 'coordinator-69900001' })],
      ]
      const rows: Row[] = []
      for (const [what, filters] of exact) {
        rows.push({ what, unit: 'ms', ours: p95(await timed(times, (i) => ask(filters(i)))), goal: MOST_EXACT })
      }
      const nameOf = (i: number): string => invented(spread(i, named), OFFICE.identity.areaCode).pupil.name
      const asked: readonly [string, (i: number) => string][] = [
        ['a whole name', nameOf],
        ['two words, one with a slip', (i) => slipped(nameOf(i).split(' ').slice(0, 2).join(' '))],
        ['one common word', () => 'muhammad'],
        ['two common words', () => 'muhammad contoh'],
      ]
      for (const [what, q] of asked) {
        const ms = await timed(times, (i) => ask({ q: q(i) }))
        rows.push({ what: `name: ${what}`, unit: 'ms', ours: p95(ms), goal: MOST_NAMES })
      }
      return {
        title: 'Search',
        how:
          `${stored.toLocaleString('en')} applications stored, ${named.toLocaleString('en')} of them with keys of their names (unpurged); ` +
          `what POST /api/search does without HTTP, ${LIMIT} rows a page, names opened and ranked; p95 of ${times}.`,
        rows,
      }
    } finally {
      await database.close()
    }
  })

const MOST_EXACT = { of: 'ours', most: 50 } as const
const MOST_NAMES = { of: 'ours', most: 200 } as const

async function fill(stand: Stand, stored: number, named: number) {
  const template = await submittedOne(stand)
  const { database, sealer } = await stand.open('search')
  const { openKey: _open, key: _key, start: _start, pupil: _pupil, nikHash: _nik, ...over } = template
  const finished: ApplicationDocument = { ...over, stage: 'handed_over', state: 'idle', handedOverAt: new Date() }
  await insertCopies(database, finished, { from: 0, count: stored }, (n) => ({
    openKey: `done-${n}`,
    nikHash: `nik-${n}`,
    coordinator: `coordinator-${schoolOf(n)}`,
    stageAt: new Date(Date.now() - n),
  }))
  const rows = applications(database).collection as unknown as mongo.Collection<ApplicationDocument>
  const BATCH = 2_000
  for (let from = 0; from < named; from += BATCH) {
    await rows.bulkWrite(
      Array.from({ length: Math.min(BATCH, named - from) }, (_, i) => {
        const pupil = { ...invented(from + i, OFFICE.identity.areaCode).pupil, nik: nikOf(from + i) }
        return {
          updateOne: {
            filter: { _id: `copy-${from + i}` },
            update: {
              $set: {
                pupil: sealer.sealJson(pupil),
                nikHash: sealer.lookup('nik', pupil.nik),
                nameKeys: nameKeys(sealer, pupil.name),
              },
            },
          },
        }
      }),
      { ordered: false },
    )
  }
  await ensureIndexes(database)
  return { database, sealer }
}

/** Numbers that jump about below `below`, so that no page is asked for twice in a row. */
function spread(i: number, below: number): number {
  return (i * 7919) % below
}
function slipped(words: string): string {
  return words.replace(/([a-z])([a-z])(?=[a-z]*$)/, '$1')
}

async function timed(times: number, work: (i: number) => Promise<unknown>): Promise<number[]> {
  const ms: number[] = []
  for (let i = 0; i < times; i++) {
    const begun = performance.now()
    await work(i)
    ms.push(performance.now() - begun)
  }
  return ms
}
function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.95) - 1]!
}
