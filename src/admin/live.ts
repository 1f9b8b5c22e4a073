import type { Redis } from 'ioredis'
import type { Log } from '../config/log.ts'
import { newId } from '../models/store/ids.ts'
import { LiveEvent } from './contract/event.ts'

const TALKING_MS = 250

type LiveListener = (message: { id: string; event: LiveEvent }) => void
export type Live = {
  /** Tells every console of every process. Nobody waits for it: an event is a hint, the database is the truth. */
  publish(event: LiveEvent): void
  /** Returns the end of the subscription. */
  subscribe(listener: LiveListener): () => void
  close(): void
}

/**
 * Events to consoles over Redis pub/sub. While Redis is away events are lost, so that its return makes every console
 * read again (`resync`). `redis` stays the caller's; the subscriber is a connection of its own.
 */
export async function createLive(options: { redis: Redis; prefix: string; log: Log }): Promise<Live> {
  const { redis, log } = options
  const channel = `${options.prefix}:live`
  const listeners = new Set<LiveListener>()
  // we subscribe anew ourselves: the library's own way is heard by nobody when it fails, and would end the process
  const waits = { maxRetriesPerRequest: null, commandTimeout: undefined }
  const subscriber = redis.duplicate({ ...waits, autoResubscribe: false })
  let lost = false

  function tell(message: { id: string; event: LiveEvent }): void {
    for (const listener of listeners) listener(message)
  }
  subscriber.on('error', (error) => log.warn({ err: error }, 'live events: redis is away'))
  subscriber.on('close', () => {
    lost = true
  })
  subscriber.on('message', (_channel: string, text: string) => {
    for (const one of [readEvents(text)].flat()) {
      const parsed = LiveEvent.safeParse(one)
      if (parsed.success) tell({ id: newId(), event: parsed.data })
    }
  })
  subscriber.on('ready', () => {
    if (lost) resume().catch((error: unknown) => log.warn({ err: error }, 'live events: redis is away again'))
  })
  /** Who reads again must miss nothing from then on: first the subscription, then the word. */
  async function resume(): Promise<void> {
    lost = false
    await subscriber.subscribe(channel)
    tell({ id: newId(), event: { type: 'resync' } })
  }
  await subscriber.subscribe(channel)

  /** One event, or several in one message. */
  async function send(events: LiveEvent | readonly LiveEvent[]): Promise<void> {
    try {
      await redis.publish(channel, JSON.stringify(events))
    } catch (error) {
      log.warn({ err: error }, 'live event lost; consoles read again by themselves')
    }
  }
  /** Chats of which something is to be told: a message and its answer come within a moment, and are one event. */
  const talking = new Set<string>()
  function tellTalking(): void {
    void send(Array.from(talking, (chat) => ({ type: 'conversation', chat })))
    talking.clear()
  }

  return {
    publish(event) {
      if (event.type !== 'conversation') {
        void send(event)
        return
      }
      if (talking.size === 0) setTimeout(tellTalking, TALKING_MS)
      talking.add(event.chat)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      listeners.clear()
      subscriber.disconnect()
    },
  }
}

function readEvents(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
