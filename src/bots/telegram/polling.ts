import type { Update } from 'telegraf/types'
import type { Log } from '../../config/log.ts'
import { guarded } from '../../models/store/failpoint.ts'
import { ChannelError } from '../channel.ts'
import type { Health } from '../channel.ts'
import type { TelegramApi } from './api.ts'
import { growing, pause } from './pause.ts'

/** A bot's updates go to one poller: several processes take turns by this. Throws what the store throws. */
export type PollLease = {
  /** Takes or keeps the lease for `ms`; false while another process holds it. */
  hold(ms: number): Promise<boolean>
  release(): Promise<void>
}
/** After a kill the next process waits so long; renewed three times as often. Twice polled is only slower. */
const LEASE_MS = 3_000
const POLL_SECONDS = 25

export type PollingDeps = {
  api: TelegramApi
  lease: PollLease | undefined
  /** Persists one update, trying until it succeeds; false only when `signal` has ended the attempts. */
  take: (update: Update, signal: AbortSignal) => Promise<boolean>
  onHealth: (health: Health) => void
  log: Log
}

/**
 * Long polling of our own over telegraf's transport, since telegraf's loop acknowledges a whole batch after an error
 * and at its end: here an update is acknowledged (by asking for what follows it) only when it is persisted. Updates of
 * one chat are persisted in order, chats beside each other. Resolves when `signal` aborts.
 */
export async function poll(deps: PollingDeps, signal: AbortSignal): Promise<void> {
  const position = { offset: 0 }
  let failures = 0
  while (!signal.aborted) {
    try {
      await withLease(deps, signal, (held) => pollWhile(deps, position, held))
      failures = 0
    } catch (error) {
      if (signal.aborted) break
      failures += 1
      const failure = error instanceof ChannelError ? error.failure : 'unreachable'
      deps.log.warn({ err: error, failure }, 'polling Telegram failed')
      deps.onHealth({ state: 'connecting', reason: failure })
      const asked = error instanceof ChannelError ? error.retryAfterMs : undefined
      await pause(asked ?? growing(500, 15_000, failures), signal)
    }
  }
  await deps.lease
    ?.release()
    .catch((error: unknown) => deps.log.warn({ err: error }, 'could not release the poll lease'))
}

/** Polls until the lease is lost or polling ends; `position` is where to go on. */
async function pollWhile(deps: PollingDeps, position: { offset: number }, held: AbortSignal): Promise<void> {
  while (!held.aborted) {
    const updates = await guarded('telegram.poll', () => deps.api.updates(position.offset, POLL_SECONDS, held))
    deps.onHealth({ state: 'open' })
    position.offset = await takeBatch(deps, updates, position.offset, held)
  }
}

/** Takes a batch; returns the id after the last update before which everything is persisted. */
async function takeBatch(deps: PollingDeps, updates: Update[], offset: number, signal: AbortSignal): Promise<number> {
  const sorted = updates.toSorted((a, b) => a.update_id - b.update_id)
  const chats = Map.groupBy(sorted, chatOf)
  const left = new Set(sorted)
  await Promise.all(
    [...chats.values()].map(async (own) => {
      for (const update of own) {
        if (!(await deps.take(update, signal))) return
        left.delete(update)
      }
    }),
  )
  const firstLeft = sorted.find((update) => left.has(update))
  return firstLeft?.update_id ?? (sorted.at(-1)?.update_id ?? offset - 1) + 1
}

/** Runs `work` while this process holds the lease; its signal aborts when the lease is lost or `signal` aborts. */
async function withLease(
  { lease, onHealth, log }: PollingDeps,
  signal: AbortSignal,
  work: (held: AbortSignal) => Promise<void>,
): Promise<void> {
  if (!lease) return work(signal)
  while (!(await lease.hold(LEASE_MS))) {
    // ready to take over: as good as open
    onHealth({ state: 'open', reason: 'standby' })
    await pause(LEASE_MS / 3, signal)
    signal.throwIfAborted()
  }
  const lost = new AbortController()
  const renewal = setInterval(() => {
    lease.hold(LEASE_MS).then(
      (held) => held || lost.abort(),
      (error: unknown) => log.warn({ err: error }, 'could not renew the poll lease'),
    )
  }, LEASE_MS / 3)
  try {
    return await work(AbortSignal.any([signal, lost.signal]))
  } finally {
    clearInterval(renewal)
  }
}

/** With care: an update of a form that we do not know must not end the polling. */
function chatOf(update: Update): number | undefined {
  type Spoken = { chat?: { id?: number } }
  const {
    message,
    edited_message: edited,
    callback_query: tap,
  } = update as {
    message?: Spoken
    edited_message?: Spoken
    callback_query?: { message?: Spoken }
  }
  return (message ?? edited ?? tap?.message)?.chat?.id
}
