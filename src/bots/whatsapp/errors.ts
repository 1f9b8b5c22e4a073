import { ChannelError } from '../channel.ts'

/** What the library throws with a status below: the line, the server or its media host is away, and comes back. */
const PASSING = new Set([408, 428, 429, 440, 500, 502, 503, 504, 515])

/** The library's failures as ours. What is no answer of the platform (sockets, stores, time-outs) is `unreachable`. */
export function toChannelError(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error
  const status = statusOf(error)
  const final = status !== undefined && !PASSING.has(status)
  return new ChannelError(final ? 'rejected' : 'unreachable', { cause: error })
}

/** The HTTP-like status of the library's errors, which are Booms. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('output' in error)) return undefined
  const { statusCode } = error.output as { statusCode?: unknown }
  return typeof statusCode === 'number' ? statusCode : undefined
}
