import type { InboxKind } from '../models/chat/inbox.ts'

/** When a bag of files closes, in ms (design "Turns"); tests may shorten them. */
export type BagTiming = {
  /** Channels that persist concurrently get this long to put their messages in order. */
  gate: number
  /** A bag closes this long after the chat's last file … */
  quiet: number
  /** … and at the latest this long after its first. */
  longest: number
  /** A closed bag waits at most this long for downloads. */
  downloads: number
  /** Files that one turn takes. */
  files: number
}
export const BAG_TIMING: BagTiming = { gate: 80, quiet: 2000, longest: 20_000, downloads: 10_000, files: 60 }

type Waiting = { _id: string; kind: InboxKind; channel: string; receivedAt: Date; files: number }
export type Plan = { close: readonly string[]; at: Date } | { wait: Date } | null

/**
 * What the next turn of a chat is made of, given what waits in the channel's order. Text closes a turn at once; files
 * gather in a bag, whatever albums they came in. Null when nothing waits.
 */
export function nextTurn(
  waiting: readonly Waiting[],
  now: Date,
  timing: BagTiming,
  ordered: (channel: string) => boolean,
): Plan {
  const head = waiting[0]
  if (!head) return null
  const time = now.getTime()
  if (head.channel !== 'system' && !ordered(head.channel)) {
    // a message before this one may still be on its way into the store
    const opens =
      Math.max(...waiting.filter((m) => m.channel !== 'system').map((m) => m.receivedAt.getTime())) + timing.gate
    const latest = head.receivedAt.getTime() + 5 * timing.gate
    const gate = Math.min(opens, latest)
    if (time < gate) return { wait: new Date(gate) }
  }
  if (head.kind !== 'files') return { close: [head._id], at: now }

  const bag: Waiting[] = []
  let count = 0
  for (const message of waiting) {
    if (message.kind !== 'files') return { close: bag.map((m) => m._id), at: now }
    if (count > 0 && count + message.files > timing.files) return { close: bag.map((m) => m._id), at: now }
    bag.push(message)
    count += message.files
  }
  const times = bag.map((m) => m.receivedAt.getTime())
  const closes = Math.min(Math.max(...times) + timing.quiet, Math.min(...times) + timing.longest)
  return time < closes ? { wait: new Date(closes) } : { close: bag.map((m) => m._id), at: now }
}
