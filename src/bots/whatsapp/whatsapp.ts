import { setTimeout as wait } from 'node:timers/promises'
import { fetchLatestWaWebVersion } from '@whiskeysockets/baileys'
import type { BaileysEventMap, WAMessage, WAVersion } from '@whiskeysockets/baileys'
import type { Log } from '../../config/log.ts'
import type { InboundBody } from '../../models/chat/message.ts'
import type { Database } from '../../models/store/connect.ts'
import { createWhatsappSecrets } from '../../models/whatsapp/auth.ts'
import { createWhatsappPeople } from '../../models/whatsapp/people.ts'
import type { WhatsappPerson } from '../../models/whatsapp/people.ts'
import { createWhatsappSent } from '../../models/whatsapp/sent.ts'
import { createWhatsappStates } from '../../models/whatsapp/state.ts'
import type { Sealer } from '../../models/store/sealing.ts'
import type { Channel, ChannelHandlers } from '../channel.ts'
import type { SessionLease } from './lease.ts'
import { createMediaFetching } from './media.ts'
import { createPeople } from './people.ts'
import { closeConsole } from './quiet.ts'
import { createSending } from './sending.ts'
import { createSession } from './session.ts'
import { readContent, readReceipt, refusalOf, senderOf } from './updates.ts'
import type { Sender } from './updates.ts'

const FILE_BYTES = 20 * 1024 * 1024
/** Wider than a phone's screen many times over; far below what the platform takes. */
const TEXT_LIMIT = 4096
/** The account is restricted: no stranger may be written to. */
const RESTRICTED = '463'

export type WhatsappOptions = {
  database: Database
  sealer: Sealer
  /** Another address than the platform's: tests. */
  url?: string | undefined
  /** The office's one session: only its holder opens a socket. */
  lease: SessionLease
  /** Opens a blob of ours to be sent as a file. */
  openBlob: (blob: string) => Promise<Buffer | undefined>
  /** How long the person sees that we write before a text of that length, in ms; 0 for not at all. */
  typingMs: (length: number) => number
  now: () => Date
  /** 0 to 1, for the jitter. */
  random?: () => number
  /** What the platform's own client is now; asked when ours is refused as too old. */
  newestVersion?: () => Promise<WAVersion | undefined>
  log: Log
}

/**
 * WhatsApp as a linked device of the office's number. Messages are persisted before the platform hears that we have
 * them. While another process holds the session this one stands by: `isAway`.
 */
export function createWhatsapp(options: WhatsappOptions): Channel {
  const { log, now } = options
  const can = { buttons: 0, textLimit: TEXT_LIMIT, fileBytes: FILE_BYTES, choosesIds: true } as const
  const people = createPeople(createWhatsappPeople(options), now)
  const sent = createWhatsappSent(options)
  const ending = new AbortController()
  const underway = new Set<Promise<void>>()
  let handlers: ChannelHandlers | undefined
  let stopped: Promise<void> | undefined
  let lastHealth = ''

  const session = createSession({
    ...options,
    url: options.url,
    random: options.random ?? Math.random,
    newestVersion: options.newestVersion ?? newestVersion,
    secrets: createWhatsappSecrets(options),
    states: createWhatsappStates(options),
    sentPayload: (id) => sent.find(id),
    take: takeUntilPersisted,
    onUpdates: (updates) => void track(noteUpdates(updates)),
    onHeld: () => people.forget(),
    onHealth(health) {
      const next = [health.state, health.reason].join()
      if (next !== lastHealth) handlers?.onHealth(health)
      lastHealth = next
    },
  })
  const send = createSending({ ...options, can, people, sent, open: () => session.open() })
  const fetchMedia = createMediaFetching({ fileBytes: FILE_BYTES, open: () => session.open() })

  function track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => underway.delete(tracked))
    underway.add(tracked)
    return tracked
  }

  /** Resolves when the message is durable. Never rejects; after the end it does not resolve, so that nothing follows. */
  async function takeUntilPersisted(message: WAMessage, order: number): Promise<void> {
    for (let attempt = 0; !ending.signal.aborted; attempt++) {
      try {
        await track(takeOnce(message, order))
        return
      } catch (error) {
        log.error({ err: error, attempt }, 'a message could not be persisted')
        const ms = Math.min(5_000, 50 * 2 ** Math.min(attempt, 10))
        await wait(ms, undefined, { signal: ending.signal }).catch(() => undefined)
      }
    }
    return new Promise(() => undefined)
  }

  async function takeOnce(message: WAMessage, order: number): Promise<void> {
    const sender = senderOf(message)
    const platformId = message.key.id
    const receiving = handlers
    if (!sender || !platformId) return
    if (!receiving) throw new Error('the channel has stopped')
    const reading = readContent(message)
    const person = await people.met(sender.from, sender.others, session.account())
    const from = { channel: 'whatsapp' as const, id: person.address }
    const about = { from, account: session.account(), aliases: person.aliases }
    if (reading.kind === 'ignored') {
      await receiving.onChange({ kind: 'empty', ...about, platformId })
    } else if (reading.kind === 'change') {
      await receiving.onChange({ kind: reading.change, ...about, platformId: reading.platformId })
    } else {
      const at = new Date(Number(message.messageTimestamp ?? Math.floor(now().getTime() / 1000)) * 1000)
      await receiving.onMessage({ ...about, platformId, order, at, body: asChoice(reading.body, person) })
    }
    await tellPhone(receiving, sender, person)
  }
  /** The number is an attribute that may become known later than the person. */
  async function tellPhone(receiving: ChannelHandlers, { phone }: Sender, person: WhatsappPerson): Promise<void> {
    if (phone === undefined || person.phoneTold) return
    const address = { channel: 'whatsapp' as const, id: person.address }
    await receiving.onChange({ kind: 'identified', address, account: session.account(), phone })
    await people.markPhoneTold(person.address)
  }

  async function noteUpdates(updates: BaileysEventMap['messages.update']): Promise<void> {
    for (const update of updates) {
      const receipt = readReceipt(update)
      if (!receipt) continue
      if (refusalOf(update) === RESTRICTED) session.raise('reachout-lock')
      try {
        await handlers?.onReceipt(receipt)
      } catch (error) {
        log.warn({ err: error }, 'a receipt could not be noted')
      }
    }
  }

  async function end(): Promise<void> {
    ending.abort()
    await session.stop()
    await Promise.allSettled(underway)
    handlers?.onHealth({ state: 'stopped' })
    handlers = undefined
  }

  return {
    name: 'whatsapp',
    can,
    isAway: () => session.open() === undefined,
    async start(given) {
      closeConsole()
      handlers = given
      await session.start()
    },
    send,
    fetchMedia,
    stop: () => (stopped ??= end()),
  }
}

async function newestVersion(): Promise<WAVersion | undefined> {
  const found = await fetchLatestWaWebVersion({ signal: AbortSignal.timeout(10_000) })
  return found.isLatest ? found.version : undefined
}

/** Digits under choices that we numbered ourselves are those choices. */
function asChoice(body: InboundBody, { offered }: WhatsappPerson): InboundBody {
  if (body.kind !== 'text') return body
  const digits = /^\s*(\d{1,2})\s*[.)]?\s*$/.exec(body.text)?.[1]
  const chosen = digits === undefined ? undefined : offered[Number(digits) - 1]
  return chosen ? { kind: 'choice', value: chosen.value } : body
}
