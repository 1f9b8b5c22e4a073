import { seedApplications } from '../../scripts/support/seeding.ts'
import { applications } from '../../src/models/application/kept.ts'
import { consents } from '../../src/models/consent/kept.ts'
import { printBatches } from '../../src/models/printing/kept.ts'
import type { House } from './support.ts'
import { within } from './within.ts'

const FIRST_BATCH = 1000
const DAY = 86_400_000

/**
 * Invented cards that wait for the printer, the last `bare` of them without a portrait, and empty batches that were closed
 * the day before yesterday.
 */
export async function seedPrinting(
  house: House,
  { cards, bare, batches }: { cards: number; bare: number; batches: number },
) {
  await within(house, async (context) => {
    await seedApplications(
      { ...context, office: context.office.current(), now: context.now() },
      { count: cards, pictures: 0 },
      () => undefined,
    )
    const subjects = await consents(context.database).distinct('subject', { textVersion: 'seed' })
    const seeded = { _id: { $in: subjects } }
    const portrait = {
      id: 'foto',
      kind: 'portrait',
      page: 1,
      mediaType: 'image/jpeg',
      blob: 'foto',
      findings: [],
    } as const
    await applications(context.database).updateMany(seeded, {
      $set: { stage: 'printing', state: 'queued', documents: [{ ...portrait, at: context.now() }] },
    })
    const last = await applications(context.database).find(seeded, { _id: 1 }).sort({ key: -1 }).limit(bare).lean()
    await applications(context.database).updateMany(
      { _id: { $in: last.map((one) => one._id) } },
      { $set: { documents: [] } },
    )
    const at = new Date(context.now().getTime() - 2 * DAY)
    const old = { stage: 'printing', by: 'somebody', at, state: 'closed', closedAt: at, rows: [], uses: [] } as const
    const numbers = Array.from({ length: batches }, (_, i) => FIRST_BATCH + i)
    await printBatches(context.database).insertMany(numbers.map((_id) => ({ ...old, _id, request: `old-${_id}` })))
  })
}

/** A case waits at the printer, as if colleagues had brought it there. */
export async function putAtPrinter(house: House, ticket: string): Promise<void> {
  await within(house, async ({ database }) => {
    await applications(database).updateOne(
      { ticket },
      { $set: { stage: 'printing', state: 'queued' }, $unset: { claim: 1 }, $inc: { rev: 1 } },
    )
  })
}
