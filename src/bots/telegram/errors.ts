import { TelegramError } from 'telegraf'
import { ChannelError } from '../channel.ts'

/** What the Bot API says of a file over 20 MB (download) or 50 MB (upload). */
const TOO_BIG = /file is too big|request entity too large/i

/**
 * The platform's failures as ours. 403 is final: the person blocked the bot, or deleted the account. 401 and 404 mean a
 * wrong token. Whatever happens between us and the platform (sockets, time-outs, 5xx) is `unreachable`.
 */
export function toChannelError(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error
  if (!(error instanceof TelegramError)) {
    return new ChannelError(isNetworkError(error) ? 'unreachable' : 'rejected', { cause: error })
  }
  switch (error.code) {
    case 429: {
      const seconds = error.parameters?.retry_after
      return new ChannelError('throttled', {
        cause: error,
        ...(seconds === undefined ? {} : { retryAfterMs: seconds * 1000 }),
      })
    }
    case 403:
      return new ChannelError('blocked', { cause: error })
    case 401:
    case 404:
      return new ChannelError('misconfigured', { cause: error })
    // another process polls or a webhook is being set: it passes
    case 409:
      return new ChannelError('unreachable', { cause: error })
    default:
      if (error.code >= 500) return new ChannelError('unreachable', { cause: error })
      return new ChannelError('rejected', {
        cause: error,
        ...(TOO_BIG.test(error.description) ? { reason: 'too-big' as const } : {}),
      })
  }
}

/** telegraf's fetch throws FetchError; time-outs of ours are AbortError or TimeoutError; undici throws TypeError. */
function isNetworkError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (['FetchError', 'AbortError', 'TimeoutError'].includes(error.name)) return true
  return error.message === 'fetch failed' || error.message === 'terminated'
}
