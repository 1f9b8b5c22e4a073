import { eachOf } from '../config/each-of.ts'
import type { Log } from '../config/log.ts'
import { isClaimStage } from '../models/application/application.ts'
import type { HistoryEntry } from '../models/application/history.ts'
import { closeUndo, markRelayed, postponeRelay, relayable } from '../models/application/relay.ts'
import type { ApplicationDocument } from '../models/application/kept.ts'
import { entriesOf } from '../models/application/history.ts'
import type { Database } from '../models/store/connect.ts'
import { countCards } from './printing/card-count.ts'
import { createLoop } from './loop.ts'
import type { Loop } from './loop.ts'

/**
 * What the relay hands on: the application, and its entries since the last time, without what was undone. May be
 * called again with entries that it has seen (a crash, two relays): it must be idempotent by application and `seq`.
 */
export type RelayHandler = (application: ApplicationDocument, entries: readonly HistoryEntry[]) => Promise<void>

export type Relay = Loop & {
  /** One round; gives how many applications were handed on. */
  round(): Promise<number>
}

const ROUND = 100
const EVERY_MS = 500
const RETRY_MS = 5_000

/** The outbox that lies in the applications themselves. Several relays at once are harmless. */
export function createRelay(options: {
  database: Database
  now: () => Date
  log: Log
  handler: RelayHandler
  /** It is told, and where it goes to work it waits: consoles read what is so now. Must not fail. */
  relayed: (application: ApplicationDocument) => void
}): Relay {
  const { database, now, log, handler, relayed: told } = options

  async function relayOne(application: ApplicationDocument): Promise<boolean> {
    const { _id, seq } = application
    if (application.undo && !(await closeUndo(database, _id, seq))) return false
    const entries = toldEntries(application)
    await countCards(database, application._id, entries)
    if (entries.length > 0) await handler(application, entries)
    const queues = goesToWork(application)
    const marked = await markRelayed(database, _id, seq, queues)
    if (marked) told(queues ? { ...application, state: 'queued' } : application)
    return marked
  }

  async function round(): Promise<number> {
    let relayed = 0
    const rows = await relayable(database, now(), ROUND)
    await eachOf(
      rows,
      {
        log,
        what: 'an application was not relayed',
        ids: ({ _id, seq }) => ({ application: _id, seq }),
        failed: ({ _id, seq }) => postponeRelay(database, _id, seq, new Date(now().getTime() + RETRY_MS)),
      },
      async (application) => {
        if (await relayOne(application)) relayed += 1
      },
    )
    return relayed
  }

  return {
    ...createLoop('relay', EVERY_MS, log, async () => {
      while ((await round()) === ROUND);
    }),
    round,
  }
}

/** Entries since the last relay; a decision that was undone, and its undo, happened for nobody. */
export function toldEntries(application: ApplicationDocument): readonly HistoryEntry[] {
  const history = entriesOf(application)
  const undone = new Set(history.filter((e) => e.action === 'undo').map((e) => e.transactionId))
  return history.filter(
    (e) => e.seq > (application.relayedSeq ?? 0) && (e.transactionId === undefined || !undone.has(e.transactionId)),
  )
}

/** A decided application waits `idle` until undo is over; a proposed rejection waits for a supervisor. */
function goesToWork(application: ApplicationDocument): boolean {
  return application.state === 'idle' && isClaimStage(application.stage) && application.attention !== 'reject-proposed'
}
