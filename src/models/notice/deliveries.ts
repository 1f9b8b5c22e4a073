import { createHash } from 'node:crypto'
import { guarded } from '../store/failpoint.ts'
import type { DeliveryState, DeliverySubject, SendFailure } from './delivery.ts'
import type { ChannelName, Choice, Outbound } from '../chat/message.ts'
import type { Sealer } from '../store/sealing.ts'
import type { Database } from '../store/connect.ts'
import { deliveries, deliveryRows, GIVEN_UP } from './kept.ts'
import type { DeliveryDocument } from './kept.ts'
import { insertOnce } from '../store/insert-once.ts'
import { perDatabase, readInGroup } from '../store/read-in-group.ts'

export type DeliveryContext = { database: Database; sealer: Sealer; now: () => Date }

export type NewDelivery = {
  /** Its natural key: `applicationId/seq/recipient`, `turnId/i`, or a group's id. */
  key: string
  /** The chat's id, not its address. */
  chat: string
  text: string
  choices?: readonly Choice[]
  files?: NonNullable<Outbound['files']>
  subject: DeliverySubject
  /** Not before then; what comes later in the chat does not wait for it. */
  notBefore?: Date
  /** True for what nobody asked for: it waits while the chat has notices off. */
  notice?: boolean
}

/** How an attempt has ended that came before its row: sent, failed for good, or to be tried again. */
export type Ending =
  | { state: 'sent'; platform: { channel: ChannelName; id: string } }
  | { state: 'failed'; failure: SendFailure; reason?: string }
  | { state: 'queued'; failure: SendFailure; retryAt: Date }
  /** Somebody had begun and was killed: nobody knows. */
  | { state: 'interrupted' }

/**
 * Queues one message to a chat, behind those that are already there, or notes how its first attempt has ended. Returns
 * false, and changes nothing, when its key is known: a second run of the same effect repeats nothing.
 */
export async function createDelivery(context: DeliveryContext, draft: NewDelivery, ending?: Ending): Promise<boolean> {
  const { sealer } = context
  const model = deliveries(context.database)
  const now = context.now()
  const applications = aboutWhich(draft.subject)
  const notBefore = draft.notBefore ?? now
  for (let n = (newest(context.database).get(draft.chat) ?? (await lastNumber(context.database, draft.chat))) + 1; ;) {
    const created = await guarded('delivery.create', () =>
      insertOnce(model, {
        _id: draft.key,
        chat: draft.chat,
        n,
        text: sealer.seal(draft.text),
        ...(draft.choices?.length ? { choices: sealer.sealJson(draft.choices) } : {}),
        ...(draft.files?.length ? { files: sealer.sealJson(draft.files) } : {}),
        subject: draft.subject,
        ...(applications.length > 0 ? { applications } : {}),
        notice: draft.notice ?? false,
        notBefore,
        ...stateAfter(sealer, ending, { now, notBefore }),
        chosenId: chosenMessageId(draft.key),
        createdAt: now,
      }),
    )
    if (created) {
      remember(context.database, draft.chat, n)
      return true
    }
    // either the key is known, or another delivery took this number and ours takes the next one
    if (await model.exists({ _id: draft.key })) return false
    n = (await lastNumber(context.database, draft.chat)) + 1
  }
}

function stateAfter(
  sealer: Sealer,
  ending: Ending | undefined,
  { now, notBefore }: { now: Date; notBefore: Date },
): Pick<DeliveryDocument, 'state' | 'attempts' | 'interrupted'> & Partial<DeliveryDocument> {
  const tried = { attempts: 1, interrupted: 0 }
  switch (ending?.state) {
    case undefined:
      return { state: 'queued', nextAttemptAt: notBefore, attempts: 0, interrupted: 0 }
    case 'sent':
      return { state: 'sent', sentAt: now, receipt: receiptKey(sealer, ending.platform), ...tried }
    case 'failed': {
      const { failure, reason } = ending
      return { state: 'failed', failure, ...(reason !== undefined && { reason }), failedAt: now, ...tried }
    }
    case 'queued': {
      const { failure, retryAt } = ending
      return { state: 'queued', failure, retryAt, nextAttemptAt: retryAt, ...tried }
    }
    case 'interrupted':
      return { state: 'queued', nextAttemptAt: now, attempts: 1, interrupted: 1 }
  }
}

/** Whether anything stands in a chat that its plan lets out: what comes now has to stand behind it. */
export async function isQueuedIn({ database, now }: Omit<DeliveryContext, 'sealer'>, chat: string): Promise<boolean> {
  const soonest = await plannedIn(database)(chat)
  return soonest !== undefined && soonest <= now()
}
/** For when what is unfinished in a chat is planned at the earliest; asked in every turn, many turns in one read. */
const plannedIn = perDatabase((database) =>
  readInGroup(async (chats) => {
    const found = await deliveryRows(database)
      .find({ chat: { $in: [...chats] }, nextAttemptAt: { $exists: true } }, { projection: { chat: 1, notBefore: 1 } })
      .toArray()
    const byChat = Map.groupBy(found, (row) => row.chat)
    return new Map(
      [...byChat].map(([chat, rows]) => [chat, rows.map((row) => row.notBefore).reduce((a, b) => (a < b ? a : b))]),
    )
  }),
)

/** The newest number that this process knows in each chat: taken as a guess, since the index has the last word. */
const guesses = new WeakMap<Database, Map<string, number>>()
const MOST_GUESSES = 20_000

function newest(database: Database): Map<string, number> {
  const known = guesses.get(database) ?? new Map<string, number>()
  guesses.set(database, known)
  return known
}
function remember(database: Database, chat: string, n: number): void {
  const known = newest(database)
  if (known.size >= MOST_GUESSES) known.clear()
  known.set(chat, n)
}
async function lastNumber(database: Database, chat: string): Promise<number> {
  const last = await deliveryRows(database).findOne({ chat }, { sort: { n: -1 }, projection: { n: 1 } })
  return last?.n ?? 0
}

/** The message id that every attempt of one delivery carries where the sender may choose it (WhatsApp's form). */
export function chosenMessageId(key: string): string {
  return `3EB0${createHash('sha256').update(key).digest('hex').slice(0, 18).toUpperCase()}`
}

/** Takes up again what was laid aside; called after notices are on (MULAI). Returns how many. */
export async function resumeNotices(context: DeliveryContext, chat: string): Promise<number> {
  const result = await guarded('delivery.resume', () =>
    deliveries(context.database).updateMany(
      { chat, state: 'queued', parked: true },
      { $set: { nextAttemptAt: context.now() }, $unset: { parked: 1 } },
    ),
  )
  return result.modifiedCount
}

/**
 * What may go over: a receipt never takes a state back, and a message that was read has been delivered. Where we choose
 * the message's id, a receipt may come before the call that sends it has ended, or after we gave that attempt up.
 */
const BEFORE: Record<'delivered' | 'read' | 'failed', DeliveryState[]> = {
  delivered: ['queued', 'sending', 'sent'],
  read: ['queued', 'sending', 'sent', 'delivered'],
  failed: ['sending', 'sent'],
}

/** Notes a platform's receipt. False when it belongs to no delivery of ours or says nothing new. */
export async function noteReceipt(
  context: DeliveryContext,
  channel: ChannelName,
  receipt: { platformId: string; state: 'delivered' | 'read' | 'failed'; failure?: SendFailure },
): Promise<boolean> {
  const at = { delivered: 'deliveredAt', read: 'readAt', failed: 'failedAt' }[receipt.state]
  const failed = receipt.state === 'failed'
  const result = await guarded('delivery.receipt', () =>
    deliveries(context.database).updateOne(
      {
        receipt: receiptKey(context.sealer, { channel, id: receipt.platformId }),
        state: { $in: BEFORE[receipt.state] },
      },
      {
        $set: {
          state: receipt.state,
          [at]: context.now(),
          ...(failed ? { failure: receipt.failure ?? 'rejected' } : {}),
        },
        // what has arrived was sent, also where this is the first that we hear of it; an earlier moment stays
        ...(failed ? {} : { $min: { sentAt: context.now() } }),
        $unset: { lease: 1, nextAttemptAt: 1, retryAt: 1, ...(failed ? {} : { failure: 1 }) },
      },
    ),
  )
  return result.modifiedCount === 1
}

/** Chats in which something is due: the sweeper adds their `send` jobs again. */
export async function sweepable(database: Database, now: Date, limit = 500): Promise<string[]> {
  const due = await deliveries(database)
    .find({ nextAttemptAt: { $lte: now } }, { chat: 1 })
    .sort({ nextAttemptAt: 1 })
    .limit(limit)
    .lean()
  return [...new Set(due.map((delivery) => delivery.chat))]
}

/** One notice or answer about an application, for the console: has the school heard of it? */
export type DeliveryRecord = {
  key: string
  event?: string
  seq?: number
  state: DeliveryState
  failure?: SendFailure
  attempts: number
  /** A notice that waits until the person turns notices on again, or waited in vain. */
  parked: boolean
  /** It waited too long and is not sent any more. */
  givenUp: boolean
  notBefore: Date
  createdAt: Date
  sentAt?: Date
  deliveredAt?: Date
  readAt?: Date
}

/** What was said about one application, oldest first; a notice about several shows this one's event. */
export async function deliveriesOf(database: Database, application: string): Promise<DeliveryRecord[]> {
  const found = await deliveries(database)
    .find({ applications: application }, { text: 0, choices: 0, files: 0 })
    .sort({ createdAt: 1, n: 1 })
    .lean()
  return found.map((delivery) => {
    const own = delivery.subject.application === application ? delivery.subject : undefined
    const about = own ?? delivery.subject.also?.find((other) => other.application === application)
    return {
      key: delivery._id,
      ...(about?.event === undefined ? {} : { event: about.event }),
      ...(about?.seq === undefined ? {} : { seq: about.seq }),
      state: delivery.state,
      ...(delivery.failure ? { failure: delivery.failure } : {}),
      attempts: delivery.attempts,
      parked: delivery.parked ?? false,
      givenUp: delivery.reason === GIVEN_UP,
      notBefore: delivery.notBefore,
      createdAt: delivery.createdAt,
      ...(delivery.sentAt ? { sentAt: delivery.sentAt } : {}),
      ...(delivery.deliveredAt ? { deliveredAt: delivery.deliveredAt } : {}),
      ...(delivery.readAt ? { readAt: delivery.readAt } : {}),
    }
  })
}

/** The events of these applications that schools were told of, or are about to be, by application. */
export async function eventsTold(
  database: Database,
  applications: readonly string[],
): Promise<Map<string, { event: string; seq: number }[]>> {
  const found = await deliveries(database)
    .find({ applications: { $in: [...applications] }, state: { $ne: 'failed' } }, { subject: 1 })
    .lean<{ subject: DeliverySubject }[]>()
  const told = new Map<string, { event: string; seq: number }[]>()
  for (const { application, event, seq } of found.flatMap(({ subject }) => [subject, ...(subject.also ?? [])])) {
    if (application === undefined || event === undefined || seq === undefined) continue
    told.set(application, [...(told.get(application) ?? []), { event, seq }])
  }
  return told
}

function aboutWhich(subject: DeliverySubject): string[] {
  const all = [subject.application, ...(subject.also ?? []).map((other) => other.application)]
  return [...new Set(all.filter((application) => application !== undefined))]
}
/** Names a sent message for receipts, without keeping the platform's id in the clear. */
export function receiptKey(sealer: Sealer, platform: { channel: ChannelName; id: string }): string {
  return sealer.identify('sent', platform.channel, platform.id)
}
