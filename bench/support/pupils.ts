import type { mongo } from 'mongoose'
import { applications } from '../../src/models/application/kept.ts'
import type { ApplicationDocument } from '../../src/models/application/kept.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { ticketOf } from '../../src/models/application/ticket.ts'
import { keyOf } from '../../src/queue/fairness/fairness.ts'
import { ensureIndexes } from '../../src/models/store/indexes.ts'
import { queueOn } from './stand.ts'
import type { Stand } from './stand.ts'
import type { Submission } from '../../src/queue/submissions/submissions.ts'

export const SCHOOLS = 30
const BATCH = 5_000
const FILES_A_ROUND = 5
const ROUND = 1_000

/** A pupil as a school submits one; `n` makes name, NIK and ids its own. */
export function submissionOf(n: number, npsn = schoolOf(n)): Submission {
  return {
    draft: `item-${n}`,
    coordinator: `coordinator-${npsn}`,
    chat: `chat-${npsn}`,
    npsn,
    reason: 'NEW',
    pupil: { name: `Anak Rekaan ${n}`, nik: nikOf(n), birthDate: '2015-07-01', class: '4A' },
    documents: (['birth_certificate', 'family_card', 'eid_card', 'portrait'] as const).map((kind, page) => ({
      id: `file-${n}-${page}`,
      kind,
      page: 1,
      mediaType: 'image/jpeg',
      blob: `blob-${n}-${page}`,
      at: new Date(),
      findings: [],
    })),
    findings: [],
    consent: { at: new Date(), by: `coordinator-${npsn}`, textVersion: '1', evidence: 'SETUJU' },
    transactionId: `submit-${n}`,
  }
}

export function schoolOf(n: number): string {
  return String(69_900_001 + (n % SCHOOLS))
}
/** Sixteen digits; dates are ordinary ones and nobody's. */
export function nikOf(n: number): string {
  const day = 1 + (Math.floor(n / 9_999) % 28)
  const month = 1 + (Math.floor(n / 279_972) % 12)
  return `631106${two(day)}${two(month)}15${String((n % 9_999) + 1).padStart(4, '0')}`
}
function two(n: number): string {
  return String(n).padStart(2, '0')
}

/** An application as the queue itself writes it at submit. */
export async function submittedOne(stand: Stand): Promise<ApplicationDocument> {
  const at = await stand.open('template')
  await ensureIndexes(at.database)
  const queue = queueOn(at)
  await queue.submissions.submit(submissionOf(0))
  const written = await applications(at.database).findById('item-0').orFail().lean<ApplicationDocument>()
  await queue.close()
  await at.database.close()
  return written
}

/** Fills the collection with copies of an application that the queue itself wrote, in the order of their keys. */
export async function insertCopies(
  database: Database,
  template: ApplicationDocument,
  range: { from: number; count: number },
  change: (n: number) => Partial<ApplicationDocument>,
): Promise<void> {
  const collection = applications(database).collection as unknown as mongo.Collection<ApplicationDocument>
  const last = range.from + range.count
  let next = range.from
  // one batch is made while the other is written
  await Promise.all(
    Array.from({ length: 2 }, async () => {
      while (next < last) {
        const start = next
        const count = Math.min(BATCH, last - start)
        next += count
        const batch = Array.from({ length: count }, (_, i) => ({
          ...copyOf(template, start + i),
          ...change(start + i),
        }))
        await collection.insertMany(batch as mongo.OptionalUnlessRequiredId<ApplicationDocument>[], { ordered: false })
      }
    }),
  )
}

function copyOf(template: ApplicationDocument, n: number): ApplicationDocument {
  const id = `copy-${n}`
  // one name for all of them would be a search that nobody asks; and schools have heard of them long ago: a relay that
  // works through them all would be measured with whatever is
  const { nameKeys: _, relayDue: __, ...rest } = template
  // as thirty backlogged schools are served: five files of each school a round
  const batch = Math.floor(n / FILES_A_ROUND)
  const start = Math.floor(batch / SCHOOLS) * ROUND
  const npsn = schoolOf(batch)
  return {
    ...rest,
    _id: id,
    relayedSeq: template.seq,
    ticket: ticketOf(n),
    npsn,
    flow: npsn,
    place: `${id}/1`,
    key: keyOf({ S: start, bs: batch + 1, n: (n % FILES_A_ROUND) + 1 }),
    start,
    nikHash: `nik-${n}`,
    openKey: `${npsn}/nik-${n}/NEW`,
  }
}
