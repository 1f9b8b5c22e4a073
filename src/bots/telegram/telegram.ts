import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { FastifyInstance } from 'fastify'
import type { Update } from 'telegraf/types'
import type { Log } from '../../config/log.ts'
import { guarded } from '../../models/store/failpoint.ts'
import type { MediaRef } from '../../models/chat/message.ts'
import { ChannelError } from '../channel.ts'
import type { Channel, ChannelHandlers } from '../channel.ts'
import { createTelegramApi } from './api.ts'
import { growing, pause } from './pause.ts'
import { createOrder } from './order.ts'
import { poll } from './polling.ts'
import type { PollLease } from './polling.ts'
import { createSending } from './sending.ts'
import { ALLOWED_UPDATES, readUpdate } from './updates.ts'
import type { Reading } from './updates.ts'
import { derivedSecret, webhookRoutes } from './webhook.ts'

/** What was overtaken on its way to us is waited for so long; webhooks come beside each other. */
const OVERTAKEN_MS = 80
const FILE_BYTES = 20 * 1024 * 1024

export type TelegramOptions = {
  token: string
  /** Another server than Telegram's: tests, or a local Bot API server. */
  apiRoot?: string | undefined
  /** Webhook instead of polling: the full public address, and the secret where it is not derived from the token. */
  webhook?: { url: string; secret?: string | undefined } | undefined
  /** Where several processes poll the same bot. Not needed with a webhook. */
  pollLease?: PollLease | undefined
  /** Opens a blob of ours to be sent as a file. */
  openBlob: (blob: string) => Promise<Buffer | undefined>
  now: () => Date
  log: Log
}

/** `routes` is mounted by whoever owns the public server; without a webhook it adds nothing. */
export type TelegramChannel = Channel & { routes(app: FastifyInstance): Promise<void> }

/**
 * Telegram. Updates are persisted before they are acknowledged, in polling as by webhook. `start` waits for a network
 * that is away and throws `misconfigured` for a wrong token.
 */
export function createTelegram(options: TelegramOptions): TelegramChannel {
  const { log, now, webhook } = options
  const api = createTelegramApi(options)
  // webhooks come beside each other, and what is offered twice comes later the second time
  const can = { buttons: 24, textLimit: 4096, fileBytes: FILE_BYTES } as const
  const send = createSending({ api, can, openBlob: options.openBlob })
  const order = createOrder(OVERTAKEN_MS)
  const underway = new Set<Promise<unknown>>()
  const ending = new AbortController()
  let receiving: { account: string; handlers: ChannelHandlers } | undefined
  let polling: Promise<void> | undefined
  let stopped: Promise<void> | undefined

  function track<T>(work: Promise<T>): Promise<T> {
    const tracked = work.finally(() => underway.delete(tracked))
    underway.add(tracked)
    return tracked
  }

  /** One attempt to persist; false where it failed. What cannot be read is nothing that could be kept. */
  async function takeOnce(update: Update): Promise<boolean> {
    if (!receiving || ending.signal.aborted) return false
    const { account, handlers } = receiving
    try {
      const reading = readSafely(update, account)
      if (reading.kind === 'message') await handlers.onMessage(reading.inbound, () => order(update.update_id))
      else void order(update.update_id)
      if (reading.kind === 'change') await handlers.onChange(reading.change)
      if (reading.kind === 'message' && reading.callback) void track(answerTap(reading.callback))
      return true
    } catch (error) {
      log.error({ err: error, update: update.update_id }, 'an update could not be persisted')
      return false
    }
  }
  function readSafely(update: Update, account: string): Reading {
    try {
      return readUpdate(update, account, now())
    } catch (error) {
      log.error({ err: error, update: update.update_id }, 'an update could not be read')
      return { kind: 'ignored' }
    }
  }
  async function answerTap(id: string): Promise<void> {
    try {
      await guarded('telegram.answer-tap', () => api.call('answerCallbackQuery', { callback_query_id: id }))
    } catch (error) {
      // only the spinner on the button: after a minute the platform refuses it anyway
      log.debug({ err: error }, 'a tap could not be answered')
    }
  }
  async function takeUntilPersisted(update: Update, signal: AbortSignal): Promise<boolean> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      if (await track(takeOnce(update))) return true
      await pause(growing(50, 5_000, attempt), signal)
    }
    return false
  }

  /** Says who we are and how updates come; gives back the bot's id. Waits as long as the platform is away. */
  async function connect(onHealth: ChannelHandlers['onHealth']): Promise<string | undefined> {
    for (let attempt = 0; !ending.signal.aborted; attempt++) {
      try {
        const me = await api.call('getMe', {}, { signal: ending.signal })
        if (webhook) {
          await api.call('setWebhook', {
            url: webhook.url,
            secret_token: webhook.secret ?? derivedSecret(options.token),
            allowed_updates: ALLOWED_UPDATES,
          })
        } else await api.call('deleteWebhook', { drop_pending_updates: false })
        return String(me.id)
      } catch (error) {
        const failure = error instanceof ChannelError ? error : new ChannelError('unreachable', { cause: error })
        if (!failure.retryable || failure.failure === 'misconfigured') throw failure
        log.warn({ err: error, failure: failure.failure }, 'Telegram cannot be reached')
        onHealth({ state: 'connecting', reason: failure.failure })
        await pause(failure.retryAfterMs ?? growing(500, 15_000, attempt), ending.signal)
      }
    }
    return undefined
  }

  async function end(): Promise<void> {
    ending.abort()
    await polling
    await Promise.allSettled(underway)
    receiving?.handlers.onHealth({ state: 'stopped' })
    receiving = undefined
  }

  return {
    name: 'telegram',
    can,
    async start(handlers) {
      const account = await connect((health) => handlers.onHealth(health))
      if (account === undefined) return
      receiving = { account, handlers }
      handlers.onHealth({ state: 'open' })
      if (webhook) return
      let last = 'open,'
      const onHealth: ChannelHandlers['onHealth'] = (health) => {
        const next = [health.state, health.reason].join()
        if (next !== last) handlers.onHealth(health)
        last = next
      }
      polling = poll({ api, lease: options.pollLease, take: takeUntilPersisted, onHealth, log }, ending.signal)
    },
    send,
    async fetchMedia(media: MediaRef): Promise<Readable> {
      if ((media.bytes ?? 0) > FILE_BYTES) throw new ChannelError('rejected', { reason: 'too-big' })
      const body = await guarded('telegram.download', () => api.download(media.ref))
      return Readable.fromWeb(body as ReadableStream<Uint8Array>)
    },
    stop() {
      stopped ??= end()
      return stopped
    },
    async routes(app) {
      if (!webhook) return
      const secret = webhook.secret ?? derivedSecret(options.token)
      const path = new URL(webhook.url).pathname
      await webhookRoutes(app, { path, secret, take: (update) => track(takeOnce(update)) })
    },
  }
}
