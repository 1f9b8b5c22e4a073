import { EventEmitter, once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Update } from 'telegraf/types'

/** What goes wrong on the way to the bot, as shares of all updates from 0 to 1. */
export type Disorder = { duplicates: number; late: number; random: () => number }
export type Webhook = { url: string; secret: string | undefined; connections: number }

type Waiting = { update: Update; offered: boolean; late: boolean; underway: boolean }
/** `seen` is called once the bot has the batch: only what it has seen can be acknowledged. */
type Batch = { updates: Update[]; seen: () => void }
const BATCH_LIMIT = 100

/**
 * The updates that wait for one bot. They go only when they are acknowledged: by an offset behind them (only those that
 * were offered), or by a webhook's 2xx. Whoever dies before gets them again.
 */
export class UpdateQueue {
  webhook: Webhook | undefined
  disorder: Disorder | undefined
  /** Statuses that the webhook answered, in order. */
  readonly statuses: number[] = []
  #waiting: Waiting[] = []
  #nextId: number
  readonly #bell = new EventEmitter()
  #closed = false

  constructor(firstId: number) {
    this.#nextId = firstId
    this.#bell.setMaxListeners(100)
  }

  get pending(): number {
    return this.#waiting.length
  }

  nextId(): number {
    return this.#nextId++
  }

  push(update: Update): void {
    const { disorder } = this
    const late = disorder !== undefined && disorder.random() < disorder.late
    this.#waiting.push({ update, offered: false, late, underway: false })
    // the same update under the same id once more, as after a time-out that the bot did not see
    if (disorder && disorder.random() < disorder.duplicates) {
      this.#waiting.push({ update, offered: false, late: disorder.random() < 0.5, underway: false })
    }
    this.#ring()
  }

  /** Long polling: acknowledges what is before `offset`, then waits up to `seconds` for something to offer. */
  async poll(offset: number, limit: number, seconds: number, gone: AbortSignal): Promise<Batch> {
    if (offset > 0) this.#waiting = this.#waiting.filter((w) => !w.offered || w.update.update_id >= offset)
    const until = Date.now() + seconds * 1000
    while (this.#offerable().length === 0 && !gone.aborted && !this.#closed) {
      const left = until - Date.now()
      if (left <= 0) break
      const signal = AbortSignal.any([gone, AbortSignal.timeout(left)])
      await once(this.#bell, 'ring', { signal }).catch(() => undefined)
    }
    if (gone.aborted) return { updates: [], seen: () => undefined }
    const batch = this.#offerable().slice(0, Math.min(limit, BATCH_LIMIT))
    // what was held back comes with the next batch
    for (const waiting of this.#waiting) if (!batch.includes(waiting)) waiting.late = false
    if (this.disorder) shuffle(batch, this.disorder.random)
    return {
      updates: batch.map((waiting) => waiting.update),
      seen: () => {
        for (const waiting of batch) waiting.offered = true
      },
    }
  }

  close(): void {
    this.#closed = true
    this.#ring()
  }

  /** Where only late ones wait they are late no longer. */
  #offerable(): Waiting[] {
    const ready = this.#waiting.filter((waiting) => !waiting.late)
    return ready.length > 0 ? ready : this.#waiting
  }

  #ring(): void {
    this.#bell.emit('ring')
    this.deliver()
  }

  /** Calls the webhook for what waits, as many at once as it allows, again until each is taken. */
  deliver(): void {
    const { webhook } = this
    if (!webhook || this.#closed) return
    const busy = this.#waiting.filter((waiting) => waiting.underway).length
    const next = this.#offerable().filter((waiting) => !waiting.underway)
    for (const waiting of next.slice(0, Math.max(0, webhook.connections - busy))) {
      waiting.underway = true
      void this.#call(waiting, webhook)
    }
  }

  async #call(waiting: Waiting, webhook: Webhook): Promise<void> {
    const status = await callWebhook(webhook, waiting.update)
    if (status !== undefined) this.statuses.push(status)
    waiting.underway = false
    waiting.late = false
    if (status !== undefined && status < 300) this.#waiting = this.#waiting.filter((other) => other !== waiting)
    else await delay(20)
    this.deliver()
  }
}

/** The webhook's status; undefined where nobody answers. */
export async function callWebhook(webhook: Webhook, body: unknown): Promise<number | undefined> {
  try {
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(webhook.secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': webhook.secret }),
      },
      body: JSON.stringify(body),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    return undefined
  }
}

function shuffle<T>(items: T[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const moved = items[i] as T
    items[i] = items[j] as T
    items[j] = moved
  }
}
