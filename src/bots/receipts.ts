import type { ChannelName } from '../models/chat/message.ts'
import { noteReceipt } from '../models/notice/deliveries.ts'
import type { DeliveryContext } from '../models/notice/deliveries.ts'
import type { Receipt } from './channel.ts'

/** A receipt may be faster than the row of what was said; it waits so long for it, and as long a row is remembered. */
const EARLY_MS = 60_000

export type Receipts = ReturnType<typeof createReceipts>

/** Notes what platforms tell of our messages, also where that comes before we have written down what was said. */
export function createReceipts(context: DeliveryContext) {
  const early = new Map<string, { receipt: Receipt; channel: ChannelName; at: number }[]>()
  const written = new Map<string, number>()
  const nameOf = (channel: ChannelName, platformId: string): string => `${channel}/${platformId}`

  function forgetOld(): void {
    const before = performance.now() - EARLY_MS
    // both are in the order of their time
    for (const [name, [first]] of early) {
      if (first && first.at > before) break
      early.delete(name)
    }
    for (const [name, at] of written) {
      if (at > before) break
      written.delete(name)
    }
  }

  return {
    async note(channel: ChannelName, receipt: Receipt): Promise<void> {
      if (await noteReceipt(context, channel, receipt)) return
      const name = nameOf(channel, receipt.platformId)
      // written down while we looked
      if (written.has(name)) return void (await noteReceipt(context, channel, receipt))
      forgetOld()
      early.set(name, [...(early.get(name) ?? []), { receipt, channel, at: performance.now() }])
    },
    /** What was said under this id has its row now. */
    async settle({ channel, id }: { channel: ChannelName; id: string }): Promise<void> {
      const name = nameOf(channel, id)
      forgetOld()
      written.set(name, performance.now())
      const waiting = early.get(name) ?? []
      early.delete(name)
      for (const { receipt } of waiting) await noteReceipt(context, channel, receipt)
    },
  }
}
