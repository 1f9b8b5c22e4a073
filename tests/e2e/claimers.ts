import { fork } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createLog } from '../../src/config/log.ts'
import { loadOffice } from '../../src/config/office.ts'
import { applications } from '../../src/models/application/kept.ts'
import { connectDatabase } from '../../src/models/store/connect.ts'
import { queueFlows } from '../../src/models/application/flows.ts'
import { createSealer } from '../../src/models/store/sealing.ts'
import { createTicketQueue } from '../../src/queue/ticket-queue.ts'
import type { Taken, WorkOrder } from './claim-worker.ts'

export type ClaimersResult = {
  items: number
  claimers: number
  processes: number
  twice: number
  missing: number
  /** Pairs where one was answered before the other asked, and yet had the later key. */
  outOfOrder: number
  submitSeconds: number
  claimSeconds: number
}

const OFFICE_FILE = fileURLToPath(new URL('../../office/balangan.yaml', import.meta.url))
const SUBMITTERS = 16

/**
 * The proof of claims: `claimers` operators in `processes` processes claim and approve `items` applications of thirty
 * schools. `uri` names a database of its own, which is left behind. What each got is judged by the clock that the
 * processes share and by the keys that the fair queue gave.
 */
export async function proveClaims(
  uri: string,
  size: { items: number; claimers: number; processes: number },
): Promise<ClaimersResult> {
  const secret = randomBytes(32)
  const database = await connectDatabase(uri)
  const model = applications(database)
  await Promise.all([model.createIndexes(), queueFlows(database).createIndexes()])
  const office = loadOffice(OFFICE_FILE)
  const queue = createTicketQueue({
    database,
    sealer: createSealer(secret, secret),
    office: { current: () => office },
    now: () => new Date(),
    log: createLog('warn'),
    publish: () => undefined,
    enrolment: async () => null,
  })
  const begun = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: SUBMITTERS }, async () => {
      while (next < size.items) await queue.submissions.submit(submissionOf((next += 1)))
    }),
  )
  const submitted = performance.now()
  const keys = new Map((await model.find({}, { key: 1 }).lean()).map(({ _id, key }) => [_id, key!]))

  const operators = Array.from({ length: size.claimers }, (_, i) => `operator-${i}`)
  const taken = await Promise.all(
    Array.from({ length: size.processes }, (_, p) =>
      worked({
        uri,
        key: secret.toString('base64'),
        operators: operators.filter((__, i) => i % size.processes === p),
        officeFile: OFFICE_FILE,
      }),
    ),
  )
  const done = performance.now()
  await queue.close()
  await database.close()
  const all = taken.flat()
  const ids = new Set(all.map((t) => t.id))
  return {
    ...size,
    twice: all.length - ids.size,
    missing: size.items - ids.size,
    outOfOrder: outOfOrder(all, keys),
    submitSeconds: Math.round(submitted - begun) / 1000,
    claimSeconds: Math.round(done - submitted) / 1000,
  }
}

async function worked(order: WorkOrder): Promise<Taken[]> {
  const child = fork(fileURLToPath(new URL('./claim-worker.ts', import.meta.url)), { stdio: 'inherit' })
  try {
    child.send(order)
    const [taken] = (await once(child, 'message', { signal: AbortSignal.timeout(600_000) })) as [Taken[]]
    return taken
  } finally {
    if (child.exitCode === null) child.kill()
  }
}

/** Sorted by when they were asked, an answer may not be beaten by the largest key that was answered before it was asked. */
function outOfOrder(all: readonly Taken[], keys: ReadonlyMap<string, string>): number {
  const asked = all
    .map((t) => ({ at: BigInt(t.asked), key: keys.get(t.id)! }))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const got = all.map((t) => ({ at: BigInt(t.got), key: keys.get(t.id)! })).toSorted((a, b) => (a.at < b.at ? -1 : 1))
  let largest = ''
  let answered = 0
  let wrong = 0
  for (const one of asked) {
    for (let next = got[answered]; next && next.at < one.at; next = got[(answered += 1)]) {
      if (next.key > largest) largest = next.key
    }
    if (one.key < largest) wrong += 1
  }
  return wrong
}

function submissionOf(n: number) {
  const npsn = String(69_900_001 + ((n * 7) % 30))
  return {
    draft: `item-${n}`,
    coordinator: `coordinator-${npsn}`,
    chat: `chat-${npsn}`,
    npsn,
    reason: 'NEW' as const,
    pupil: { name: `Anak Rekaan ${n}`, nik: `63110601071${String(n).padStart(5, '0')}`, birthDate: '2015-07-01' },
    documents: [],
    findings: [],
    consent: { at: new Date(), by: `coordinator-${npsn}`, textVersion: '1', evidence: 'SETUJU' },
    transactionId: `submit-${n}`,
  }
}

// as a script: node tests/e2e/claimers.ts MONGODB_URI [items] [claimers] [processes]
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [uri, items = '5000', claimers = '64', processes = '4'] = process.argv.slice(2)
  if (!uri) throw new Error('usage: claimers.ts MONGODB_URI [items] [claimers] [processes]')
  const size = { items: Number(items), claimers: Number(claimers), processes: Number(processes) }
  const result = await proveClaims(uri, size)
  console.log(JSON.stringify(result))
  process.exitCode = result.twice + result.missing + result.outOfOrder > 0 ? 1 : 0
}
