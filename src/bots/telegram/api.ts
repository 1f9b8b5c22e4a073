import { Telegram } from 'telegraf'
import type { Update } from 'telegraf/types'
import { ChannelError } from '../channel.ts'
import { toChannelError } from './errors.ts'
import { ALLOWED_UPDATES } from './updates.ts'

/** telegraf asks for the AbortSignal of a package that Node's own has replaced; its fetch takes either. */
type CallOptions = NonNullable<Parameters<Telegram['callApi']>[2]>
type Methods = Parameters<Telegram['callApi']>[0]

export type TelegramApi = ReturnType<typeof createTelegramApi>

/**
 * The Bot API over telegraf's transport: every call has a time-out, and every failure is a `ChannelError`.
 * `apiRoot` points at another server than Telegram's (tests, a local Bot API server).
 */
export function createTelegramApi({ token, apiRoot }: { token: string; apiRoot?: string | undefined }) {
  const telegram = new Telegram(token, { webhookReply: false, ...(apiRoot === undefined ? {} : { apiRoot }) })

  async function call<M extends Methods>(
    method: M,
    payload: Parameters<typeof telegram.callApi<M>>[1],
    limits: { timeoutMs?: number; signal?: AbortSignal } = {},
  ): ReturnType<typeof telegram.callApi<M>> {
    const timeout = AbortSignal.timeout(limits.timeoutMs ?? 20_000)
    const signal = limits.signal ? AbortSignal.any([timeout, limits.signal]) : timeout
    try {
      return await telegram.callApi(method, payload, {
        signal: signal as unknown as NonNullable<CallOptions['signal']>,
      })
    } catch (error) {
      throw toChannelError(error)
    }
  }

  return {
    call,
    /** Waits up to `seconds` for updates from `offset` on; asking for an offset acknowledges what is before it. */
    updates: (offset: number, seconds: number, signal: AbortSignal): Promise<Update[]> =>
      call(
        'getUpdates',
        { offset, timeout: seconds, limit: 100, allowed_updates: ALLOWED_UPDATES },
        { timeoutMs: (seconds + 15) * 1000, signal },
      ),
    /** The bytes of a file, as they come. Throws `rejected`/`too-big` over 20 MB. */
    async download(fileId: string): Promise<ReadableStream<Uint8Array>> {
      const file = await call('getFile', { file_id: fileId })
      let response: Response
      try {
        const link = await telegram.getFileLink(file)
        response = await fetch(link, { signal: AbortSignal.timeout(120_000) })
      } catch (error) {
        throw toChannelError(error)
      }
      if (response.ok && response.body) return response.body
      await response.body?.cancel()
      throw new ChannelError(response.status >= 500 || response.status === 429 ? 'unreachable' : 'rejected')
    },
  }
}
