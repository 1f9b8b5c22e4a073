import { eachOf } from '../config/each-of.ts'
import type { Log } from '../config/log.ts'
import { dropOldSkips, expiredClaims } from '../models/application/claims.ts'
import { transition } from '../models/application/changes.ts'
import type { ApplicationDocument } from '../models/application/kept.ts'
import type { Database } from '../models/store/connect.ts'
import { SYSTEM } from './context.ts'
import { createLoop } from './loop.ts'
import type { Loop } from './loop.ts'
import type { TicketQueue } from './ticket-queue.ts'

export type Sweeper = Loop & {
  /** Everything once: drives on what was cut off, ends leases, drops old skips, repairs the virtual time. */
  round(): Promise<void>
}

const EVERY_MS = 3_000
const REPAIR_EVERY_MS = 10_000
const ROUND = 200

/** Keeps the queue going after crashes and absences; safe in several processes at once. */
export function createSweeper(options: {
  database: Database
  queue: { places: Pick<TicketQueue['places'], 'sweep' | 'repair'>; batches: Pick<TicketQueue['batches'], 'sweep'> }
  now: () => Date
  log: Log
  /** How long an enqueueing may take before somebody else drives it on. */
  graceMs?: number
}): Sweeper {
  const { database, queue, now, log } = options
  const graceMs = options.graceMs ?? 2_000
  let repairedAt = -Infinity

  async function expire(application: ApplicationDocument, at: Date): Promise<void> {
    await transition(
      database,
      application,
      { action: 'expire', by: SYSTEM, to: application.stage, at },
      // a renewal in the meantime keeps the claim
      { where: { state: 'claimed', 'claim.leaseUntil': { $lte: at } }, set: { state: 'queued' }, unset: ['claim'] },
    )
  }

  const expiring = {
    log,
    what: 'a lease was not ended',
    ids: ({ _id }: ApplicationDocument) => ({ application: _id }),
  }
  async function round(): Promise<void> {
    const at = now()
    if (at.getTime() - repairedAt >= REPAIR_EVERY_MS) {
      await queue.places.repair()
      repairedAt = at.getTime()
    }
    const steps = [
      () => queue.places.sweep(new Date(at.getTime() - graceMs)),
      async () => eachOf(await expiredClaims(database, at, ROUND), expiring, (application) => expire(application, at)),
      () => dropOldSkips(database, at),
      () => queue.batches.sweep(),
    ]
    await eachOf(steps, { log, what: 'a part of the sweep failed' }, (step) => step())
  }

  return { ...createLoop('queue-sweeper', EVERY_MS, log, round), round }
}
