import { freePort, startService } from '../../tests/e2e/support/service.ts'
import type { Service } from '../../tests/e2e/support/service.ts'
import { FakeBotApi } from '../../tests/servers/fake-bot-api.ts'
import type { Stand } from './stand.ts'

export const HOOK_PATH = '/telegram/bench'
export const HOOK_SECRET = 'rekaan-secret'

export type TelegramService = Service & { api: FakeBotApi; hookUrl: string }

/** Runs `work` beside a whole service process that takes Telegram's updates by webhook from our fake Bot API. */
export async function withTelegram<T>(
  stand: Stand,
  name: string,
  roles: string,
  work: (service: TelegramService) => Promise<T>,
): Promise<T> {
  const api = new FakeBotApi()
  const root = await api.open()
  const port = await freePort()
  const hookUrl = `http://127.0.0.1:${port}${HOOK_PATH}`
  const service = await startService({
    ...stand.envOf(name),
    LOG_LEVEL: 'error',
    MEDIA: 'look',
    ROLES: roles,
    PORT: String(port),
    TELEGRAM_BOT_TOKEN: api.token,
    TELEGRAM_API_ROOT: root,
    TELEGRAM_WEBHOOK_URL: hookUrl,
    TELEGRAM_WEBHOOK_SECRET: HOOK_SECRET,
  })
  try {
    await service.ready()
    return await work({ ...service, api, hookUrl })
  } finally {
    await service.stop()
    await api.close()
  }
}
