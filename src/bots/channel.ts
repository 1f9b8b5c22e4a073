import type { Readable } from 'node:stream'
import type { SendFailure } from '../models/notice/delivery.ts'
import type { Address, ChannelName, Inbound, MediaRef, Outbound } from '../models/chat/message.ts'

export type Receipt = { platformId: string; state: 'delivered' | 'read' | 'failed'; failure?: SendFailure }
/**
 * A sender edited or deleted a message, or the platform told us who a sender is. `empty`: what may have been a
 * placeholder once turned out to say nothing to a person, as the header of an album.
 */
export type Change =
  | ({ kind: 'edited' | 'deleted' | 'empty' } & Pick<Inbound, 'from' | 'account' | 'aliases' | 'platformId'>)
  | { kind: 'identified'; address: Address; account: string; phone: string }
export type Health = { state: 'connecting' | 'open' | 'waiting' | 'stopped'; reason?: string }

export type ChannelHandlers = {
  /**
   * Resolves once the message is persisted; a channel acknowledges only then, and retries rather than drop. `inOrder` is
   * asked when it is: whether all that came before it has arrived in this process. It is left out where messages come in
   * their order, and to one process alone.
   */
  onMessage(message: Inbound, inOrder?: () => Promise<boolean>): Promise<void>
  onReceipt(receipt: Receipt): Promise<void>
  onChange(change: Change): Promise<void>
  onHealth(health: Health): void
}

export interface Channel {
  readonly name: ChannelName
  /** What the platform can show; the renderer degrades buttons to numbered lines. */
  readonly can: {
    readonly buttons: number
    readonly textLimit: number
    readonly fileBytes: number
    /** True where messages go out under an id of ours, so that all attempts of one are one on the phone. */
    readonly choosesIds?: boolean
  }
  /** True while this process cannot send at all, so that deliveries wait without an attempt. */
  isAway?(): boolean
  /** Resolves once connected (WhatsApp: or waiting to be paired). */
  start(handlers: ChannelHandlers): Promise<void>
  /** Throws ChannelError and nothing else. Resolves with the platform's message id. */
  send(message: Outbound): Promise<string>
  /** Throws ChannelError; `rejected` with reason `too-big` where the platform refuses the size. */
  fetchMedia(media: MediaRef): Promise<Readable>
  /** Idempotent; no handler is called after it resolves. */
  stop(): Promise<void>
}

export class ChannelError extends Error {
  override readonly name = 'ChannelError'
  readonly failure: SendFailure
  readonly retryAfterMs: number | undefined
  readonly reason: 'too-big' | 'never-wrote' | undefined
  constructor(
    failure: SendFailure,
    options: { cause?: unknown; retryAfterMs?: number; reason?: 'too-big' | 'never-wrote' } = {},
  ) {
    super(`send failed: ${failure}`, { cause: options.cause })
    this.failure = failure
    this.retryAfterMs = options.retryAfterMs
    this.reason = options.reason
  }
  get retryable(): boolean {
    return this.failure === 'unreachable' || this.failure === 'throttled' || this.failure === 'misconfigured'
  }
}
