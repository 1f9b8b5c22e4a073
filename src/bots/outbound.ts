import type { Log } from '../config/log.ts'
import { guarded } from '../models/store/failpoint.ts'
import { newId } from '../models/store/ids.ts'
import type { ChannelName, Outbound } from '../models/chat/message.ts'
import { findChat, setBlocked } from '../models/chat/chats.ts'
import type { Chat } from '../models/chat/chats.ts'
import type { Database } from '../models/store/connect.ts'
import { chosenMessageId, resumeNotices } from '../models/notice/deliveries.ts'
import type { Ending } from '../models/notice/deliveries.ts'
import {
  beginSending,
  delayNotice,
  extendSending,
  failBlocked,
  holdBack,
  markFailed,
  markSent,
  nextDeliveries,
  parkNotice,
} from '../models/notice/sending.ts'
import type { PendingDelivery } from '../models/notice/sending.ts'
import type { Sealer } from '../models/store/sealing.ts'
import { ChannelError } from './channel.ts'
import type { Channel } from './channel.ts'
import { createPace } from './pace.ts'
import type { ChannelRate, Pace } from './pace.ts'

export type SenderOptions = {
  database: Database
  sealer: Sealer
  /** The channels of this process that are switched on. */
  channels: ReadonlyMap<ChannelName, Channel>
  /** A channel without a rate is not paced. */
  rates?: Partial<Record<ChannelName, ChannelRate>>
  /** How long an attempt may be silent before it counts as interrupted; renewed while it runs. */
  leaseMs?: number
  /** When a notice may go at the earliest: quiet hours. Absent: at any time. */
  loud?: (at: Date) => Date
  now: () => Date
  /** 0 to 1, for the jitter. */
  random?: () => number
  log: Log
}

/** Telegram lets about 30 a second through overall and 1 a second into a chat; short bursts pass (channels.md). */
export const PLATFORM_RATES: Partial<Record<ChannelName, ChannelRate>> = {
  telegram: { overall: { perSecond: 30, burst: 30 }, chat: { perSecond: 1, burst: 5 } },
}

/** First and longest wait after a failed attempt, in ms: doubled from attempt to attempt. */
const BACKOFF = {
  unreachable: { first: 1_000, longest: 60_000 },
  throttled: { first: 5_000, longest: 300_000 },
  misconfigured: { first: 30_000, longest: 600_000 },
} as const
/** So often a chat is looked at again while its channel is away. */
const AWAY_MS = 1_000
/** So often what nobody can send is looked at again: the sweeper has room for others meanwhile. */
const OFF_MS = 60_000
/** A fault of ours that every attempt meets again must not hold up its chat for ever. */
const FAULTY_ATTEMPTS = 8

/** So many addresses are kept open in memory. */
const MOST_RECIPIENTS = 20_000

type Recipient = Pick<Chat, 'id' | 'to'>
/** Sends what is queued, chat by chat; any number of processes may run it on the same stores. */
export function createSender(options: SenderOptions) {
  const { channels, log, now, loud, leaseMs = 15_000, random = Math.random } = options
  const context = { database: options.database, sealer: options.sealer, now }
  const paces = new Map<ChannelName, Pace>()
  for (const [name, rate] of Object.entries(options.rates ?? PLATFORM_RATES) as [ChannelName, ChannelRate][]) {
    paces.set(
      name,
      createPace(rate, () => now().getTime()),
    )
  }
  const recipients = new Map<string, Recipient>()
  const after = (ms: number): Date => new Date(now().getTime() + ms)

  /** Who a chat is never changes; what may change of it is read when it matters. */
  async function recipient(chatId: string): Promise<Recipient | undefined> {
    const known = recipients.get(chatId)
    if (known) return known
    const chat = await findChat(context, chatId)
    if (!chat) return undefined
    if (recipients.size >= MOST_RECIPIENTS) recipients.clear()
    const found = { id: chat.id, to: chat.to }
    recipients.set(chatId, found)
    return found
  }

  /**
   * Sends the chat's deliveries in order until none is due. `again` says when something is to be looked at next.
   * Throws only what the stores throw; then the sweeper finds the chat again.
   */
  async function run(chatId: string): Promise<{ again?: Date }> {
    const chat = await recipient(chatId)
    if (!chat) {
      log.error({ chat: chatId }, 'a delivery names a chat that does not exist')
      await holdBack(context, chatId, 'unreachable', after(OFF_MS))
      return {}
    }
    let blocked = false
    for (;;) {
      const { due, again } = await nextDeliveries(context, chatId)
      if (due.length === 0) return again ? { again } : {}
      for (const pending of due) {
        if (pending.dueAt > now()) return { again: pending.dueAt }
        if (pending.notice && loud && (await isTooLate(pending, loud(now())))) continue
        if (pending.state === 'queued' && (blocked || pending.notice) && (await isSetAside(chat, pending))) continue
        const channel = channels.get(chat.to.channel)
        if (!channel) {
          // switched off: it stays queued until the channel is back, or the purge gives it up
          const again = after(OFF_MS)
          await holdBack(context, chatId, 'misconfigured', again)
          return { again }
        }
        // it stays queued, without an attempt, until the platform is back or another process has it
        if (channel.isAway?.()) return { again: after(AWAY_MS) }
        const wait = paces.get(channel.name)?.take(chatId) ?? 0
        if (wait > 0) return { again: after(wait) }
        const outcome = await attempt(chat, channel, pending)
        blocked ||= outcome === 'blocked'
        // somebody else has it, or it waits for its next attempt: what is behind it waits too
        if (outcome === 'look-again') break
      }
    }
  }

  /** A notice whose time has passed, as the platform was away or we were, waits for the morning. */
  async function isTooLate(pending: PendingDelivery, earliest: Date): Promise<boolean> {
    return earliest > now() && delayNotice(context, pending.key, earliest)
  }

  /** What needs no call: the person has blocked us, or wants no notices. */
  async function isSetAside(chat: Recipient, pending: PendingDelivery): Promise<boolean> {
    const state = await findChat(context, chat.id)
    if (state?.blockedAt) return failBlocked(context, pending.key)
    if (!pending.notice || state?.notices) return false
    await parkNotice(context, pending.key)
    // MULAI may have come in between: it turns notices on first and resumes then, we lay aside first and look then
    if ((await findChat(context, chat.id))?.notices) await resumeNotices(context, chat.id)
    return true
  }

  async function attempt(
    chat: Recipient,
    channel: Channel,
    pending: PendingDelivery,
  ): Promise<'done' | 'blocked' | 'look-again'> {
    const token = newId(now().getTime())
    const receipts = channel.can.choosesIds ? channel.name : undefined
    if (!(await beginSending(context, pending, { token, until: after(leaseMs) }, receipts))) return 'look-again'
    const keepLease = setInterval(() => {
      extendSending(context, pending.key, token, after(leaseMs)).catch((error: unknown) => {
        log.warn({ delivery: pending.key, err: error }, 'could not keep the lease of a send')
      })
    }, leaseMs / 3)
    const ending = await send(chat, channel, pending.content, pending.attempts).finally(() => clearInterval(keepLease))
    if (ending.state === 'sent') {
      if (await markSent(context, pending.key, token, ending.platform)) return 'done'
      log.warn({ delivery: pending.key }, 'sent after its lease was over')
      return 'look-again'
    }
    const { failure } = ending
    await markFailed(context, pending.key, token, ending)
    if (failure === 'blocked') return 'blocked'
    return ending.state === 'failed' ? 'done' : 'look-again'
  }

  /** One call of the platform, and how it ended; throws only what the stores throw. */
  async function send(
    chat: Recipient,
    channel: Channel,
    content: PendingDelivery['content'],
    attempts: number,
  ): Promise<Exclude<Ending, { state: 'interrupted' }>> {
    const startedAt = now()
    try {
      const id = await guarded('channel.send', () => channel.send({ ...content, to: chat.to }))
      return { state: 'sent', platform: { channel: channel.name, id } }
    } catch (error) {
      const failed = asChannelError(error, attempts)
      const { failure, reason } = failed
      log.warn({ delivery: content.key, failure, err: failed }, 'send failed')
      if (failure === 'blocked') await setBlocked(context, chat.id, startedAt)
      const wait = backoff(failed, attempts, random)
      if (wait === undefined) return { state: 'failed', failure, ...(reason !== undefined && { reason }) }
      return { state: 'queued', failure, retryAt: after(wait) }
    }
  }

  /**
   * Says a reply at once, past the queue: how that ended, for the row that is written afterwards. Undefined where it has
   * to be queued: its channel is not here or away, its pace is full, or we may not begin by now. Nothing may stand in the
   * chat's queue.
   */
  async function sayNow(
    chatId: string,
    { key, ...content }: Pick<Outbound, 'key' | 'text' | 'choices'>,
    may: () => boolean,
  ): Promise<Ending | undefined> {
    const chat = await recipient(chatId)
    const channel = chat && channels.get(chat.to.channel)
    if (!channel || channel.isAway?.() || !may()) return undefined
    if ((paces.get(channel.name)?.take(chatId) ?? 0) > 0) return undefined
    return send(chat, channel, { key, id: chosenMessageId(key), ...content }, 0)
  }

  return { run, sayNow }
}

/**
 * Milliseconds until the next attempt, or undefined when there is none. `attempts` are those before this one. What
 * the platform asks for is obeyed and never shortened by the jitter.
 */
export function backoff(error: ChannelError, attempts: number, random: () => number): number | undefined {
  if (!error.retryable || error.failure === 'blocked' || error.failure === 'rejected') return undefined
  if (error.retryAfterMs !== undefined) return Math.ceil(error.retryAfterMs * (1 + random() / 10))
  const { first, longest } = BACKOFF[error.failure]
  return Math.ceil(Math.min(longest, first * 2 ** Math.min(attempts, 20)) * (0.5 + random() / 2))
}

function asChannelError(error: unknown, attempts: number): ChannelError {
  if (error instanceof ChannelError) return error
  return new ChannelError(attempts + 1 >= FAULTY_ATTEMPTS ? 'rejected' : 'unreachable', { cause: error })
}
