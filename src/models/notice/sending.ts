import { guarded } from '../store/failpoint.ts'
import type { DeliveryState, SendFailure } from './delivery.ts'
import type { ChannelName, Choice, Outbound } from '../chat/message.ts'
import { toBuffer } from '../store/binary.ts'
import { receiptKey } from './deliveries.ts'
import type { DeliveryContext } from './deliveries.ts'
import { deliveryRows } from './kept.ts'
import type { DeliveryDocument } from './kept.ts'

/** A delivery that waits in its chat, opened for sending. */
export type PendingDelivery = {
  key: string
  state: DeliveryState
  content: Pick<Outbound, 'key' | 'id' | 'text' | 'choices' | 'files'>
  notice: boolean
  attempts: number
  /** When it may be tried: now or earlier, unless a failed attempt or a sender's lease makes the chat wait. */
  dueAt: Date
}

/** So many unfinished deliveries of a chat are looked at in one read; more is rare. */
const WINDOW = 50

/**
 * The chat's unfinished deliveries that their plan lets out, in order: the earliest of them first, some of those behind
 * it with it. Without any, `again` is when something in the chat is next to be looked at. What is planned for later
 * holds nothing back.
 */
export async function nextDeliveries(
  context: DeliveryContext,
  chat: string,
): Promise<{ due: PendingDelivery[]; again?: Date }> {
  const rows = deliveryRows(context.database)
  const now = context.now()
  const unfinished = { chat, nextAttemptAt: { $exists: true } }
  const first = await rows.find(unfinished).sort({ n: 1 }).limit(WINDOW).toArray()
  const more = first.length === WINDOW
  let due = first.filter((row) => row.notBefore <= now)
  if (due.length === 0 && more) {
    due = await rows
      .find({ ...unfinished, notBefore: { $lte: now } })
      .sort({ n: 1 })
      .limit(WINDOW)
      .toArray()
  }
  if (due.length > 0) return { due: due.map((row) => opened(context, row)) }
  const [soonest] = more
    ? await rows.find(unfinished).sort({ nextAttemptAt: 1 }).limit(1).toArray()
    : first.toSorted((a, b) => dueAt(a).getTime() - dueAt(b).getTime())
  return { due: [], ...(soonest ? { again: dueAt(soonest) } : {}) }
}

function opened({ sealer }: DeliveryContext, row: DeliveryDocument): PendingDelivery {
  return {
    key: row._id,
    state: row.state,
    content: {
      key: row._id,
      id: row.chosenId,
      text: sealer.openText(toBuffer(row.text)),
      ...(row.choices ? { choices: sealer.openJson<Choice[]>(toBuffer(row.choices)) } : {}),
      ...(row.files ? { files: sealer.openJson<NonNullable<Outbound['files']>>(toBuffer(row.files)) } : {}),
    },
    notice: row.notice,
    attempts: row.attempts,
    dueAt: dueAt(row),
  }
}
function dueAt(row: DeliveryDocument): Date {
  return row.nextAttemptAt ?? row.notBefore
}

/**
 * Takes a delivery for sending, before the call: from `queued`, or from `sending` once its lease is over, which is
 * counted as interrupted. `receipts` names the channel where the message goes out under the id that we chose: its
 * receipt may come before the call has ended. Returns false when somebody else was faster.
 */
export async function beginSending(
  context: DeliveryContext,
  pending: Pick<PendingDelivery, 'key' | 'state'> & Partial<Pick<PendingDelivery, 'content'>>,
  lease: { token: string; until: Date },
  receipts?: ChannelName,
): Promise<boolean> {
  const now = context.now()
  const interrupted = pending.state === 'sending'
  const id = pending.content?.id
  const receipt = receipts && id !== undefined ? { receipt: receiptKey(context.sealer, { channel: receipts, id }) } : {}
  const result = await guarded('delivery.begin', () =>
    deliveryRows(context.database).updateOne(
      {
        _id: pending.key,
        ...(interrupted
          ? { state: 'sending', 'lease.until': { $lte: now } }
          : { state: 'queued', nextAttemptAt: { $lte: now } }),
      },
      {
        $set: { state: 'sending', lease, nextAttemptAt: lease.until, ...receipt },
        $inc: { attempts: 1, interrupted: interrupted ? 1 : 0 },
        $unset: { retryAt: 1 },
      },
    ),
  )
  return result.modifiedCount === 1
}

/** Keeps a long attempt (an upload) from being taken for an interrupted one. False when the lease is lost. */
export async function extendSending(context: DeliveryContext, key: string, token: string, until: Date) {
  const result = await deliveryRows(context.database).updateOne(
    { _id: key, state: 'sending', 'lease.token': token },
    { $set: { 'lease.until': until, nextAttemptAt: until } },
  )
  return result.matchedCount === 1
}

/** The platform has it, under `platformId`. False when the attempt no longer holds the lease. */
export async function markSent(
  context: DeliveryContext,
  key: string,
  token: string,
  platform: { channel: ChannelName; id: string },
): Promise<boolean> {
  const result = await guarded('delivery.sent', () =>
    deliveryRows(context.database).updateOne(
      { _id: key, state: 'sending', 'lease.token': token },
      {
        $set: { state: 'sent', sentAt: context.now(), receipt: receiptKey(context.sealer, platform) },
        $unset: { lease: 1, nextAttemptAt: 1, failure: 1 },
      },
    ),
  )
  if (result.modifiedCount === 1) return true
  // its receipt was faster than the end of the call
  const told = { _id: key, state: { $in: ['delivered' as const, 'read' as const, 'failed' as const] } }
  return (await deliveryRows(context.database).countDocuments(told, { limit: 1 })) === 1
}

/** A failed attempt: queued again for `retryAt`, or failed for good where that is undefined. */
export async function markFailed(
  context: DeliveryContext,
  key: string,
  token: string,
  outcome: { failure: SendFailure; reason?: string; retryAt?: Date },
): Promise<boolean> {
  const { failure, reason, retryAt } = outcome
  const result = await guarded('delivery.failed', () =>
    deliveryRows(context.database).updateOne(
      { _id: key, state: 'sending', 'lease.token': token },
      retryAt
        ? { $set: { state: 'queued', failure, retryAt, nextAttemptAt: retryAt }, $unset: { lease: 1 } }
        : {
            $set: { state: 'failed', failure, failedAt: context.now(), ...(reason === undefined ? {} : { reason }) },
            $unset: { lease: 1, nextAttemptAt: 1, retryAt: 1 },
          },
    ),
  )
  return result.modifiedCount === 1
}

/** A delivery to a chat that is known to have blocked us fails without a call. */
export async function failBlocked(context: DeliveryContext, key: string): Promise<boolean> {
  const result = await guarded('delivery.fail-blocked', () =>
    deliveryRows(context.database).updateOne(
      { _id: key, state: 'queued' },
      {
        $set: { state: 'failed', failure: 'blocked', failedAt: context.now() },
        $unset: { nextAttemptAt: 1, retryAt: 1 },
      },
    ),
  )
  return result.modifiedCount === 1
}

/** Nobody can send to this chat now: what is due there says why, and is looked at again at `until`. */
export async function holdBack(
  context: DeliveryContext,
  chat: string,
  failure: SendFailure,
  until: Date,
): Promise<void> {
  const now = context.now()
  const idle = [{ state: 'queued' as const }, { state: 'sending' as const, 'lease.until': { $lte: now } }]
  await guarded('delivery.hold', () =>
    deliveryRows(context.database).updateMany(
      { chat, nextAttemptAt: { $lte: now }, $or: idle },
      { $set: { failure, nextAttemptAt: until } },
    ),
  )
}

/** Puts a notice off that nobody is sending now; what comes after it in the chat does not wait. */
export async function delayNotice(context: DeliveryContext, key: string, until: Date): Promise<boolean> {
  const interrupted = { state: 'sending' as const, 'lease.until': { $lte: context.now() } }
  const result = await guarded('delivery.delay', () =>
    deliveryRows(context.database).updateOne(
      { _id: key, notice: true, $or: [{ state: 'queued' }, interrupted] },
      { $set: { notBefore: until, nextAttemptAt: until }, $unset: { retryAt: 1 } },
    ),
  )
  return result.modifiedCount === 1
}

/** Lays a notice aside while its chat has notices off. */
export async function parkNotice(context: DeliveryContext, key: string): Promise<void> {
  await guarded('delivery.park', () =>
    deliveryRows(context.database).updateOne(
      { _id: key, state: 'queued', notice: true },
      { $set: { parked: true }, $unset: { nextAttemptAt: 1 } },
    ),
  )
}
