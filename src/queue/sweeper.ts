import { eachOf } from '../config/each-of.ts'
import type { Log } from '../config/log.ts'
import { dropOldSkips } from '../models/application/claims.ts'
import type { Database } from '../models/store/connect.ts'
import { createLoop } from './loop.ts'
import type { Loop } from './loop.ts'
import type { TicketQueue } from './ticket-queue.ts'

export type Sweeper = Loop & {
  /** Everything once: drives on what was cut off, ends leases, drops old skips, repairs the virtual time. */
  round(): Promise<void>
}

const EVERY_MS = 3_000
const REPAIR_EVERY_MS = 10_000

/** Keeps the queue going after crashes and absences; safe in several processes at once. */
export function createSweeper(options: {
  database: Database
  queue: {
    places: Pick<TicketQueue['places'], 'sweep' | 'repair'>
    claims: Pick<TicketQueue['claims'], 'expire'>
    batches: Pick<TicketQueue['batches'], 'sweep'>
  }
  now: () => Date
  log: Log
  /** How long an enqueueing may take before somebody else drives it on. */
  graceMs?: number
}): Sweeper {
  const { database, queue, now, log } = options
  const graceMs = options.graceMs ?? 2_000
  let repairedAt = -Infinity

  async function round(): Promise<void> {
    const at = now()
    if (at.getTime() - repairedAt >= REPAIR_EVERY_MS) {
      await queue.places.repair()
      repairedAt = at.getTime()
    }
    const steps = [
      () => queue.places.sweep(new Date(at.getTime() - graceMs)),
      () => queue.claims.expire(at),
      () => dropOldSkips(database, at),
      () => queue.batches.sweep(),
    ]
    await eachOf(steps, { log, what: 'a part of the sweep failed' }, (step) => step())
  }

  return { ...createLoop('queue-sweeper', EVERY_MS, log, round), round }
}
