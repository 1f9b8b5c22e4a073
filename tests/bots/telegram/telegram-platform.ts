import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import type { Channel } from '../../../src/bots/channel.ts'
import { createTelegram } from '../../../src/bots/telegram/telegram.ts'
import type { TelegramChannel, TelegramOptions } from '../../../src/bots/telegram/telegram.ts'
import { createLog } from '../../../src/config/log.ts'
import type { ContractPerson, ContractPlatform } from '../../contracts/channel.ts'
import { buttonsOf } from '../../servers/fake-bot-people.ts'
import { FakeBotApi } from '../../servers/fake-bot-api.ts'

/** One running service's side: where it reaches the platform, and where the platform reaches it. */
type Process = { root: string; close(): Promise<void> }

export const telegramOptions = (api: FakeBotApi, root: string): TelegramOptions => ({
  token: api.token,
  apiRoot: root,
  openBlob: async () => undefined,
  now: () => new Date(),
  log: createLog('silent'),
})

/** A webhook's server whose port is known before the channel that it belongs to. */
export async function webhookServer(): Promise<{
  url: string
  mount(channel: TelegramChannel): Promise<void>
  close(): Promise<void>
}> {
  const reserved = Fastify()
  await reserved.listen({ port: 0, host: '127.0.0.1' })
  const { port } = reserved.server.address() as AddressInfo
  await reserved.close()
  const app = Fastify({ forceCloseConnections: true })
  return {
    url: `http://127.0.0.1:${port}/telegram/webhook`,
    async mount(channel) {
      await channel.routes(app)
      await app.listen({ port, host: '127.0.0.1' })
    },
    close: () => app.close(),
  }
}

/** Real telegraf against the fake Bot API; `mode` is how updates come. */
export async function telegramPlatform(mode: 'polling' | 'webhook'): Promise<ContractPlatform> {
  const api = new FakeBotApi()
  const processes = new Map<Channel, Process>()
  const spares: { root: string; hook: Awaited<ReturnType<typeof webhookServer>> | undefined }[] = []
  for (let i = 0; i < 3; i++) {
    spares.push({ root: await api.open(), hook: mode === 'webhook' ? await webhookServer() : undefined })
  }
  let people = 100

  return {
    create() {
      const spare = spares.shift()
      if (!spare) throw new Error('a test makes more channels than were prepared')
      const { root, hook } = spare
      const channel = createTelegram({ ...telegramOptions(api, root), ...(hook && { webhook: { url: hook.url } }) })
      const mounted = hook?.mount(channel)
      processes.set(channel, {
        root,
        close: async () => {
          await mounted
          await hook?.close()
        },
      })
      return channel
    },
    async kill(channel) {
      const killed = processes.get(channel)
      if (!killed) throw new Error('this channel is not of this platform')
      await api.cut(killed.root)
      await killed.close()
    },
    person(): ContractPerson {
      people += 1
      const person = api.person(people)
      return {
        address: { channel: 'telegram', id: String(person.id) },
        async says(text) {
          person.text(text)
        },
        async sends(files, caption) {
          const [only, second] = files
          if (only && !second) person.document(only, caption)
          else person.album(files, caption)
        },
        async repeats() {
          person.repeat()
        },
        async taps(label) {
          person.tap(label)
        },
        async heard() {
          return person
            .heard()
            .map(({ text, markup }) => ({ text, options: buttonsOf(markup).map((button) => button.text) }))
        },
      }
    },
    async close() {
      // a channel that a test has killed may wait for ever for a handler that never ends
      for (const channel of processes.keys()) void channel.stop()
      await Promise.all([...processes.values()].map((one) => one.close()))
      await api.close()
    },
  }
}
