import { readFile } from 'node:fs/promises'
import type { mongo } from 'mongoose'
import type { Office } from '../../src/config/office-schema.ts'
import type { Blobs } from '../../src/media/blobs.ts'
import type { Stage, StoredDocument } from '../../src/models/application/application.ts'
import { newId } from '../../src/models/store/ids.ts'
import { applications } from '../../src/models/application/kept.ts'
import type { ApplicationDocument } from '../../src/models/application/kept.ts'
import { keepStatement } from '../../src/models/consent/consents.ts'
import { touchChat } from '../../src/models/chat/chats.ts'
import { clocks, raiseVirtualTime, virtualTime } from '../../src/models/application/clock.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { registerCoordinator } from '../../src/models/coordinator/coordinators.ts'
import { fileModel } from '../../src/models/file/files.ts'
import { queueFlows } from '../../src/models/application/flows.ts'
import { counters } from '../../src/models/application/tickets.ts'
import { nameKeys } from '../../src/models/identity/name-keys.ts'
import { SAMPLE_SCHOOLS } from '../../src/dev/sample-schools.ts'
import type { Sealer } from '../../src/models/store/sealing.ts'
import { ticketOf } from '../../src/models/application/ticket.ts'
import { storedFindings } from '../../src/models/application/sealed.ts'
import { keyOf } from '../../src/queue/fairness/fairness.ts'
import { openKeyOf } from '../../src/models/application/open.ts'
import { invented } from './invented.ts'
import type { Invented } from './invented.ts'

export type SeedContext = { database: Database; sealer: Sealer; office: Office; blobs: Pick<Blobs, 'put'>; now: Date }

const BATCH = 2_000
const MINUTE_MS = 60_000
/** Newer ones wait in earlier stages: how many of a thousand each stage has, the oldest first. */
const SHARES: readonly (readonly [Stage, number])[] = [
  ['received', 420],
  ['handed_over', 250],
  ['rejected', 10],
  ['cancelled', 10],
  ['ready', 80],
  ['returned', 30],
  ['printing', 40],
  ['siak_entry', 40],
  ['photo', 30],
  ['verification', 90],
]
/** What an invented consent consists of, besides who and when. */
const SEEDED = { textVersion: 'seed', evidence: 'SETUJU' }
const CLOSED: readonly Stage[] = ['received', 'handed_over', 'rejected', 'cancelled']
const QUEUED: readonly Stage[] = ['printing', 'siak_entry', 'photo', 'verification']
const PICTURES = [
  ['birth_certificate', 'akta'],
  ['family_card', 'kk'],
  ['eid_card', 'ktp-ayah'],
  ['eid_card', 'ktp-ibu'],
  ['portrait', 'foto-merah'],
] as const

/**
 * Adds `count` invented applications of the sample schools, in all stages and with the places in the queue that the
 * queue itself would have given them; the newest `pictures` of them with the sample documents. Nobody is told of any.
 */
export async function seedApplications(
  context: SeedContext,
  { count, pictures }: { count: number; pictures: number },
  progress: (done: number) => void,
): Promise<void> {
  const { database, office } = context
  const coordinators = new Map<string, { id: string; chat: string }>()
  for (const { npsn } of SAMPLE_SCHOOLS) coordinators.set(npsn, await coordinatorOf(context, npsn))
  const firstPupil = await taken(database, 'invented', count)
  const firstTicket = await taken(database, 'tickets', count)
  const places = await createPlaces(context, count)
  const collection = applications(database).collection as unknown as mongo.Collection<ApplicationDocument>
  for (let from = 0; from < count; from += BATCH) {
    const rows: ApplicationDocument[] = []
    for (let i = from; i < Math.min(count, from + BATCH); i++) {
      const { npsn } = SAMPLE_SCHOOLS[i % SAMPLE_SCHOOLS.length]!
      const row = rowOf(context, {
        stage: stageOf(i, count),
        ...invented(firstPupil + i, office.identity.areaCode),
        ticket: ticketOf(firstTicket + i),
        // the last of them a few minutes ago, all within three weeks
        at: new Date(context.now.getTime() - Math.ceil(((count - i) / count) * 20 * 24 * 60) * MINUTE_MS),
        npsn,
        by: coordinators.get(npsn)!,
        place: places.of(i),
      })
      if (count - i <= pictures) row.documents = await documentsOf(context, row)
      rows.push(row)
    }
    await collection.insertMany(rows as mongo.OptionalUnlessRequiredId<ApplicationDocument>[], { ordered: false })
    await Promise.all(
      rows.map(({ _id: subject, ticket, coordinator: by, createdAt: at }) =>
        keepStatement(context, { subject, ticket, given: { ...SEEDED, by, at } }),
      ),
    )
    progress(Math.min(count, from + BATCH))
  }
  await places.store()
}

function stageOf(i: number, count: number): Stage {
  let part = (i / count) * 1000
  for (const [stage, share] of SHARES) {
    if (part < share) return stage
    part -= share
  }
  return 'verification'
}

type Place = { S: number; bs: number; n: number; key: string }
type Wanted = Invented & {
  stage: Stage
  ticket: string
  at: Date
  npsn: string
  by: { id: string; chat: string }
  place: Place
}

function rowOf({ sealer }: SeedContext, wanted: Wanted): ApplicationDocument {
  const { stage, pupil, findings, ticket, at, npsn, by, place } = wanted
  const id = newId(at.getTime())
  const nikHash = sealer.lookup('nik', pupil.nik)
  const moved = new Date(at.getTime() + 5 * MINUTE_MS)
  const queued = QUEUED.includes(stage)
  const history = [
    {
      seq: 1,
      at,
      by: { kind: 'coordinator' as const, id: by.id },
      action: 'submit' as const,
      from: 'draft' as const,
      to: 'verification' as const,
    },
    ...(stage === 'verification'
      ? []
      : [
          {
            seq: 2,
            at: moved,
            by: { kind: 'system' as const, id: 'seed' },
            action: stage === 'returned' ? ('return' as const) : ('approve' as const),
            from: 'verification' as const,
            to: stage,
          },
        ]),
  ]
  return {
    _id: id,
    rev: history.length,
    ticket,
    stage,
    state: queued ? 'queued' : 'idle',
    key: place.key,
    start: place.S,
    ...(stage !== 'verification' && { served: true }),
    place: `${id}/1`,
    flow: npsn,
    skip: [],
    releases: 0,
    npsn,
    coordinator: by.id,
    chat: by.chat,
    reason: 'NEW',
    pupil: sealer.sealJson(pupil),
    nikHash,
    nameKeys: nameKeys(sealer, pupil.name),
    ...(CLOSED.includes(stage) ? {} : { openKey: openKeyOf(npsn, nikHash, 'NEW') }),
    ...(pupil.kk !== undefined && { kkHash: sealer.lookup('kk', pupil.kk) }),
    ...storedFindings(findings, sealer),
    documents: [],
    requests: [],
    ...(stage === 'returned' && { returnReasons: ['RR_PORTRAIT_BLURRED'] }),
    history,
    seq: history.length,
    relayedSeq: history.length,
    createdAt: at,
    submittedAt: at,
    ...(stage !== 'verification' && stage !== 'returned' && { completeAt: moved }),
    ...(['ready', 'handed_over', 'received'].includes(stage) && { readyAt: moved }),
    ...(['handed_over', 'received'].includes(stage) && { handedOverAt: moved }),
    stageAt: stage === 'verification' ? at : moved,
  }
}

/** Five of each school a round, behind whatever its flow has already; the queue goes on from there. */
async function createPlaces({ database, office }: SeedContext, count: number) {
  const { batch, stride } = office.fairness
  const flows = new Map((await queueFlows(database).find().lean()).map((flow) => [flow._id, flow.F]))
  const base = Math.max(await virtualTime(database), ...flows.values(), 0)
  const rounds = Math.ceil(count / (SAMPLE_SCHOOLS.length * batch))
  const clock = await clocks(database)
    .findOneAndUpdate(
      { _id: 'queue' },
      { $inc: { seq: rounds * SAMPLE_SCHOOLS.length }, $setOnInsert: { V: 0 } },
      { upsert: true, returnDocument: 'after' },
    )
    .lean()
  const firstBatch = clock.seq - rounds * SAMPLE_SCHOOLS.length + 1
  const last = new Map<string, Place>()
  let servedTo = 0
  function of(i: number): Place {
    const school = i % SAMPLE_SCHOOLS.length
    const nth = Math.floor(i / SAMPLE_SCHOOLS.length)
    const round = Math.floor(nth / batch)
    const place = {
      S: base + round * stride,
      bs: firstBatch + round * SAMPLE_SCHOOLS.length + school,
      n: (nth % batch) + 1,
    }
    const whole = { ...place, key: keyOf(place) }
    last.set(SAMPLE_SCHOOLS[school]!.npsn, whole)
    if (stageOf(i, count) !== 'verification') servedTo = Math.max(servedTo, place.S)
    return whole
  }
  async function store(): Promise<void> {
    await raiseVirtualTime(database, servedTo)
    for (const [npsn, { S, bs, n }] of last) {
      await queueFlows(database).updateOne(
        { _id: npsn },
        { $set: { F: S + stride, S, bs, n }, $setOnInsert: { pending: [], placed: [] } },
        { upsert: true },
      )
    }
  }
  return { of, store }
}

/** Numbers from a counter of the office, `count` at once; gives the first. */
async function taken(database: Database, counter: string, count: number): Promise<number> {
  const row = await counters(database)
    .findOneAndUpdate({ _id: counter }, { $inc: { given: count } }, { upsert: true, returnDocument: 'after' })
    .lean()
  return row.given - count
}

async function coordinatorOf({ database, sealer, now }: SeedContext, npsn: string) {
  const context = { database, sealer, now: () => now }
  const chat = await touchChat(context, { from: { channel: 'webchat', id: `latihan-${npsn}` }, account: 'demo' })
  const consent = { ...SEEDED, at: now, by: 'seed' }
  const registration = {
    key: `seed-${npsn}`,
    chat,
    npsn,
    name: `Koordinator Contoh ${Number(npsn.slice(-2))}`,
    consent,
  }
  const { coordinator } = await registerCoordinator(context, { ...registration, role: 'teacher' })
  return { id: coordinator.id, chat }
}

const samples = new Map<string, Buffer>()
async function documentsOf({ database, blobs }: SeedContext, row: ApplicationDocument): Promise<StoredDocument[]> {
  const documents: StoredDocument[] = []
  const single = row.findingCodes.some(({ code }) => code === 'EID_SINGLE')
  for (const [i, [kind, sample]] of PICTURES.entries()) {
    if (single && sample === 'ktp-ibu') continue
    const id = `${row._id}-${i}`
    const file = new URL(`../../src/admin/console/public/samples/${sample}.jpg`, import.meta.url)
    const bytes = samples.get(sample) ?? (await readFile(file))
    samples.set(sample, bytes)
    await fileModel(database).create({
      _id: id,
      chat: row.chat,
      channel: 'webchat',
      message: 'seed',
      state: 'stored',
      attempts: 0,
      mediaType: 'image/jpeg',
      bytes: bytes.length,
      blob: id,
      applications: [row._id],
      findings: [],
      receivedAt: row.createdAt,
      settledAt: row.createdAt,
    })
    await blobs.put(id, bytes)
    documents.push({
      id,
      kind,
      page: sample === 'ktp-ibu' ? 2 : 1,
      mediaType: 'image/jpeg',
      blob: id,
      at: row.createdAt,
      findings: [],
    })
  }
  return documents
}
