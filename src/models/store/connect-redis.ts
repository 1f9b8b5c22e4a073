import { Redis } from 'ioredis'

/** Longer than Redis ever takes, shorter than anybody waits for an answer. */
const ANSWER_MS = 1_500

/**
 * A connection for what only hints: a command fails soon where Redis is away or does not answer, and whoever gave it
 * goes on. Commands of the last attempt to connect are kept, so that none is lost after others have heard that Redis is
 * back. Errors of the connection come as `error` events.
 */
export function connectRedis(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: ANSWER_MS })
}
