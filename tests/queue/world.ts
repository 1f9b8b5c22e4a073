import { onTestFinished } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { loadOffice } from '../../src/config/office.ts'
import type { Office } from '../../src/config/office-schema.ts'
import type { StoredDocument } from '../../src/models/application/application.ts'
import type { HistoryEntry } from '../../src/models/application/history.ts'
import type { Role } from '../../src/models/application/transitions.ts'
import { applications } from '../../src/models/application/kept.ts'
import { consents } from '../../src/models/consent/kept.ts'
import { clocks } from '../../src/models/application/clock.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { queueFlows } from '../../src/models/application/flows.ts'
import { counters } from '../../src/models/application/tickets.ts'
import type { Sealer } from '../../src/models/store/sealing.ts'
import type { QueueEvent, Worker } from '../../src/queue/context.ts'
import { createRelay } from '../../src/queue/relay.ts'
import type { Relay } from '../../src/queue/relay.ts'
import type { Submission } from '../../src/queue/submissions/submissions.ts'
import { createSweeper } from '../../src/queue/sweeper.ts'
import type { Sweeper } from '../../src/queue/sweeper.ts'
import { createTicketQueue } from '../../src/queue/ticket-queue.ts'
import type { TicketQueue } from '../../src/queue/ticket-queue.ts'
import { testDatabase, testSealer } from '../support/stores.ts'

/** A queue on the run's MongoDB with a clock that only the test moves. */
export type World = {
  database: Database
  sealer: Sealer
  office: Office
  queue: TicketQueue
  relay: Relay
  sweeper: Sweeper
  events: QueueEvent[]
  relayed: { application: string; entries: readonly HistoryEntry[] }[]
  now: () => Date
  pass(milliseconds: number): void
  /** Lets undo pass and the relay run. */
  settle(): Promise<void>
}

export const OFFICE = loadOffice(new URL('../../office/balangan.yaml', import.meta.url).pathname)
/** A Monday at 09.00 in Balangan. */
export const MONDAY = new Date('2026-11-23T01:00:00Z')

/** `given`: the database of a world that is over; what a queue writes is emptied. `enrolled`: pupils by NPSN. */
export async function createWorld(
  change: (office: Office) => Office = (o) => o,
  given?: Database,
  enrolled: Readonly<Record<string, number>> = {},
): Promise<World> {
  if (given)
    await Promise.all(
      [applications, clocks, consents, counters, queueFlows].map((of) => of(given).collection.deleteMany({})),
    )
  const database = given ?? (await testDatabase())
  const sealer = testSealer()
  const office = change(OFFICE)
  const events: QueueEvent[] = []
  const relayed: World['relayed'] = []
  const log = createLog('fatal')
  let time = MONDAY.getTime()
  const now = () => new Date(time)
  const publish = (event: QueueEvent) => void events.push(event)
  const enrolment = async (npsn: string) => enrolled[npsn] ?? null
  const queue = createTicketQueue({ database, sealer, office: { current: () => office }, now, log, publish, enrolment })
  onTestFinished(() => queue.close())
  const relay = createRelay({
    database,
    now,
    log,
    handler: async (application, entries) => void relayed.push({ application: application._id, entries }),
    relayed: () => undefined,
  })
  const sweeper = createSweeper({ database, queue, now, log, graceMs: 0 })
  const pass = (milliseconds: number) => void (time += milliseconds)
  const settle = async () => {
    pass((office.claims.undoSeconds + office.claims.undoGraceSeconds) * 1000)
    while ((await relay.round()) > 0);
  }
  return { database, sealer, office, queue, relay, sweeper, events, relayed, now, pass, settle }
}

let count = 0
/** A made-up pupil's submission; every one is another pupil. */
export function submission(npsn: string, change: Partial<Submission> = {}): Submission {
  count += 1
  const id = `pupil-${count}`
  return {
    draft: id,
    coordinator: `coordinator-${npsn}`,
    chat: `chat-${npsn}`,
    npsn,
    reason: 'NEW',
    pupil: {
      name: `Anak Rekaan ${count}`,
      nik: `63110601071${String(50_000 + count).padStart(5, '0')}`,
      birthDate: '2015-07-01',
      class: '5A',
    },
    documents: [paper('birth_certificate', id), paper('portrait', id)],
    findings: [],
    consent: { at: MONDAY, by: `coordinator-${npsn}`, textVersion: '1', evidence: 'SETUJU' },
    transactionId: `submit-${id}`,
    ...change,
  }
}

export function paper(kind: StoredDocument['kind'], of: string, page = 1): StoredDocument {
  const id = `${of}-${kind}-${page}`
  return { id, kind, page, mediaType: 'image/jpeg', blob: `blob-${id}`, at: MONDAY, findings: [] }
}

export function worker(id: string, ...roles: Role[]): Worker {
  return { id, roles: roles.length > 0 ? roles : ['supervisor'] }
}

export const SCHOOL_A = '69900001'
export const SCHOOL_B = '69900002'
