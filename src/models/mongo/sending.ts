import { guarded } from '../failpoint.ts'
import type { DeliveryState, SendFailure } from '../delivery.ts'
import type { ChannelName, Choice, Outbound } from '../message.ts'
import { toBuffer } from './binary.ts'
import { receiptKey } from './deliveries.ts'
import type { DeliveryContext } from './deliveries.ts'
import { deliveries } from './delivery-schema.ts'

/** A delivery that is next in its chat, opened for sending. */
export type PendingDelivery = {
  key: string
  state: DeliveryState
  content: Pick<Outbound, 'key' | 'text' | 'choices' | 'files'>
  notice: boolean
  attempts: number
  /** When it may be tried: now or earlier, unless a failed attempt or a sender's lease makes the chat wait. */
  dueAt: Date
}

/** The earliest unfinished delivery of the chat; those that are planned for later hold nothing back. */
export async function nextDelivery(context: DeliveryContext, chat: string): Promise<PendingDelivery | undefined> {
  const { sealer } = context
  const found = await deliveries(context.database)
    .findOne({ chat, nextAttemptAt: { $exists: true }, notBefore: { $lte: context.now() } })
    .sort({ n: 1 })
    .lean()
  if (!found) return undefined
  return {
    key: found._id,
    state: found.state,
    content: {
      key: found._id,
      text: sealer.openText(toBuffer(found.text)),
      ...(found.choices ? { choices: sealer.openJson<Choice[]>(toBuffer(found.choices)) } : {}),
      ...(found.files ? { files: sealer.openJson<NonNullable<Outbound['files']>>(toBuffer(found.files)) } : {}),
    },
    notice: found.notice,
    attempts: found.attempts,
    dueAt: found.nextAttemptAt ?? found.notBefore,
  }
}

/** When something in the chat is next to be looked at, if anything waits. */
export async function nextAttemptIn(context: DeliveryContext, chat: string): Promise<Date | undefined> {
  const found = await deliveries(context.database)
    .findOne({ chat, nextAttemptAt: { $exists: true } }, { nextAttemptAt: 1 })
    .sort({ nextAttemptAt: 1 })
    .lean()
  return found?.nextAttemptAt
}

/**
 * Takes a delivery for sending, before the call: from `queued`, or from `sending` once its lease is over, which is
 * counted as interrupted. Returns false when somebody else was faster.
 */
export async function beginSending(
  context: DeliveryContext,
  pending: Pick<PendingDelivery, 'key' | 'state'>,
  lease: { token: string; until: Date },
): Promise<boolean> {
  const now = context.now()
  const interrupted = pending.state === 'sending'
  const result = await guarded('delivery.begin', () =>
    deliveries(context.database).updateOne(
      {
        _id: pending.key,
        ...(interrupted
          ? { state: 'sending', 'lease.until': { $lte: now } }
          : { state: 'queued', nextAttemptAt: { $lte: now } }),
      },
      {
        $set: { state: 'sending', lease, nextAttemptAt: lease.until },
        $inc: { attempts: 1, interrupted: interrupted ? 1 : 0 },
        $unset: { retryAt: 1 },
      },
    ),
  )
  return result.modifiedCount === 1
}

/** Keeps a long attempt (an upload) from being taken for an interrupted one. False when the lease is lost. */
export async function extendSending(context: DeliveryContext, key: string, token: string, until: Date) {
  const result = await deliveries(context.database).updateOne(
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
    deliveries(context.database).updateOne(
      { _id: key, state: 'sending', 'lease.token': token },
      {
        $set: { state: 'sent', sentAt: context.now(), receipt: receiptKey(context.sealer, platform) },
        $unset: { lease: 1, nextAttemptAt: 1, failure: 1 },
      },
    ),
  )
  return result.modifiedCount === 1
}

/** A failed attempt: queued again for `retryAt`, or failed for good where that is undefined. */
export async function markFailed(
  context: DeliveryContext,
  key: string,
  token: string,
  outcome: { failure: SendFailure; retryAt?: Date },
): Promise<boolean> {
  const { failure, retryAt } = outcome
  const result = await guarded('delivery.failed', () =>
    deliveries(context.database).updateOne(
      { _id: key, state: 'sending', 'lease.token': token },
      retryAt
        ? { $set: { state: 'queued', failure, retryAt, nextAttemptAt: retryAt }, $unset: { lease: 1 } }
        : {
            $set: { state: 'failed', failure, failedAt: context.now() },
            $unset: { lease: 1, nextAttemptAt: 1, retryAt: 1 },
          },
    ),
  )
  return result.modifiedCount === 1
}

/** A delivery to a chat that is known to have blocked us fails without a call. */
export async function failBlocked(context: DeliveryContext, key: string): Promise<boolean> {
  const result = await guarded('delivery.fail-blocked', () =>
    deliveries(context.database).updateOne(
      { _id: key, state: 'queued' },
      {
        $set: { state: 'failed', failure: 'blocked', failedAt: context.now() },
        $unset: { nextAttemptAt: 1, retryAt: 1 },
      },
    ),
  )
  return result.modifiedCount === 1
}

/** Lays a notice aside while its chat has notices off. */
export async function parkNotice(context: DeliveryContext, key: string): Promise<void> {
  await guarded('delivery.park', () =>
    deliveries(context.database).updateOne(
      { _id: key, state: 'queued', notice: true },
      { $set: { parked: true }, $unset: { nextAttemptAt: 1 } },
    ),
  )
}
