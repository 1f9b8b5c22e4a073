import type { InboxMessage } from '../../models/chat/inbox.ts'

/** When a bag of files closes, in ms (design "Turns"); tests may shorten them. */
export type BagTiming = {
  /** A bag closes this long after the chat's last file … */
  quiet: number
  /** … and at the latest this long after its first. */
  longest: number
  /** A closed bag waits at most this long for downloads. */
  downloads: number
  /** Files that one turn takes. */
  files: number
}
export const BAG_TIMING: BagTiming = { quiet: 2000, longest: 20_000, downloads: 10_000, files: 60 }

type Waiting = Pick<InboxMessage, '_id' | 'kind' | 'receivedAt' | 'files' | 'retryAt'>
export type Plan<T> = { close: readonly T[]; at: Date } | { wait: Date } | null

/**
 * What the next turn of a chat is made of, given what waits in the channel's order. Text closes a turn at once; files
 * gather in a bag, whatever albums they came in. What could not be decided waits for its time, and all behind it. Null
 * when nothing waits.
 */
export function nextTurn<T extends Waiting>(waiting: readonly T[], now: Date, timing: BagTiming): Plan<T> {
  const head = waiting[0]
  if (!head) return null
  const time = now.getTime()
  if (head.retryAt && head.retryAt > now) return { wait: head.retryAt }
  if (head.kind !== 'files') return { close: [head], at: now }

  const bag: T[] = []
  let count = 0
  for (const message of waiting) {
    if (message.kind !== 'files') return { close: bag, at: now }
    if (count > 0 && count + message.files > timing.files) return { close: bag, at: now }
    bag.push(message)
    count += message.files
  }
  const times = bag.map((m) => m.receivedAt.getTime())
  const closes = Math.min(Math.max(...times) + timing.quiet, Math.min(...times) + timing.longest)
  return time < closes ? { wait: new Date(closes) } : { close: bag, at: now }
}
