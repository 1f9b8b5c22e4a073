import { vi } from 'vitest'
import type { Change, ChannelHandlers, Health, Receipt } from '../../src/bots/channel.ts'
import type { Inbound } from '../../src/models/chat/message.ts'

export type Recorder = ReturnType<typeof createRecorder>

/** Handlers that keep what a channel hands over, as the inbox would: one entry for each platform id. */
export function createRecorder() {
  const stored = new Map<string, Inbound>()
  const calls: Inbound[] = []
  const changes: Change[] = []
  const receipts: Receipt[] = []
  const health: Health[] = []
  let behaviour: (message: Inbound) => Promise<void> = async () => undefined

  const handlers: ChannelHandlers = {
    async onMessage(message) {
      calls.push(message)
      await behaviour(message)
      const key = JSON.stringify([message.account, message.from.id, message.platformId])
      if (!stored.has(key)) stored.set(key, message)
    },
    async onReceipt(receipt) {
      receipts.push(receipt)
    },
    async onChange(change) {
      changes.push(change)
    },
    onHealth(state) {
      health.push(state)
    },
  }
  const inOrder = (): Inbound[] => [...stored.values()].toSorted((a, b) => a.order - b.order)

  return {
    handlers,
    /** Every call, repeated ones too. */
    calls,
    changes,
    receipts,
    health,
    /** Each message once, in the channel's order. */
    inOrder,
    bodies: () => inOrder().map((message) => message.body),
    /** What persisting does from now on: it may throw, or never end. */
    persist(next: (message: Inbound) => Promise<void>) {
      behaviour = next
    },
    async until(count: number): Promise<Inbound[]> {
      await vi.waitFor(
        () => {
          if (stored.size < count) throw new Error(`only ${stored.size} of ${count} messages are stored`)
        },
        { timeout: 15_000, interval: 10 },
      )
      return inOrder()
    },
  }
}
