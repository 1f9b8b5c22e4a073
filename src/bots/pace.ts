/** Messages per second in the long run, and how many may go at once after a pause. */
export type Rate = { perSecond: number; burst: number }
/** What a platform lets one account send: overall, and into one chat. */
export type ChannelRate = { overall: Rate; chat: Rate }

/** Tokens are sums of fractions: 0.9999999 is one. */
const SLACK = 1e-6

type Bucket = { tokens: number; at: number }

export type Pace = ReturnType<typeof createPace>

/**
 * Token buckets of one process: one overall, one for each chat. With several processes each has its own; what is too
 * much then comes back as `throttled` and is obeyed. `now` is in milliseconds.
 */
export function createPace(rate: ChannelRate, now: () => number) {
  const overall: Bucket = { tokens: rate.overall.burst, at: now() }
  const chats = new Map<string, Bucket>()

  function waitOf(bucket: Bucket, limit: Rate): number {
    const at = now()
    bucket.tokens = Math.min(limit.burst, bucket.tokens + ((at - bucket.at) / 1000) * limit.perSecond)
    bucket.at = at
    return bucket.tokens > 1 - SLACK ? 0 : Math.ceil(((1 - SLACK - bucket.tokens) / limit.perSecond) * 1000)
  }
  /** A bucket that is full again says nothing: chats that were quiet for long are forgotten. */
  function forget(): void {
    for (const [chat, bucket] of chats) {
      waitOf(bucket, rate.chat)
      if (bucket.tokens >= rate.chat.burst) chats.delete(chat)
    }
  }

  return {
    /** Takes one message's worth: 0, or how many milliseconds to wait before asking again (nothing is taken then). */
    take(chat: string): number {
      if (chats.size > 10_000) forget()
      const own = chats.get(chat) ?? { tokens: rate.chat.burst, at: now() }
      chats.set(chat, own)
      const wait = Math.max(waitOf(own, rate.chat), waitOf(overall, rate.overall))
      if (wait > 0) return wait
      own.tokens -= 1
      overall.tokens -= 1
      return 0
    },
  }
}
