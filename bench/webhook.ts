import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { median } from './support/result.ts'
import type { Bench, Result } from './support/result.ts'
import { HOOK_PATH, HOOK_SECRET, withTelegram } from './support/service.ts'
import { onStand } from './support/stand.ts'
import { inboxModel } from '../src/models/chat/inbox.ts'

/** As many as Telegram opens to a webhook by default. */
const CONNECTIONS = 40
const CHATS = 500
const BASELINE = fileURLToPath(new URL('./baselines/telegraf-webhook.ts', import.meta.url))

/** Messages a second that are persisted and answered 200, against telegraf that only answers. */
export const run: Bench = (sizes) =>
  onStand(async (stand): Promise<Result> => {
    const rounds = sizes.pick(5, 1)
    const amount = sizes.pick(4_000, 400)
    const ours: number[] = []
    const bare: number[] = []
    await withTelegram(stand, 'webhook', 'bots', async ({ hookUrl, api }) => {
      const baseline = fork(BASELINE, [api.token, HOOK_PATH, HOOK_SECRET])
      const [port] = (await once(baseline, 'message')) as [number]
      const bareUrl = `http://127.0.0.1:${port}${HOOK_PATH}`
      await Promise.all([post(hookUrl, amount / 4), post(bareUrl, amount / 4)])
      for (let round = 0; round < rounds; round++) {
        bare.push(await post(bareUrl, amount))
        ours.push(await post(hookUrl, amount))
      }
      baseline.disconnect()
    })
    const { database } = await stand.open('webhook')
    const stored = await inboxModel(database).countDocuments()
    await database.close()
    const sent = rounds * amount + amount / 4
    if (stored !== sent) throw new Error(`${sent} messages were answered 200 and ${stored} are stored`)
    return {
      title: 'Webhook',
      how:
        `Text messages of ${CHATS} chats over ${CONNECTIONS} connections by autocannon, ${amount} a round, ${rounds} rounds in turns, the medians. ` +
        'Ours is a service process with the role `bots`: each message is in MongoDB (`w=majority`) and hinted before its ' +
        '200. The baseline is telegraf with an empty handler, which stores nothing.',
      rows: [
        {
          what: 'persisted and answered 200',
          unit: 'messages/s',
          ours: median(ours),
          baseline: median(bare),
          goal: { of: 'ratio', least: 0.5 },
        },
      ],
    }
  })

let update = 1_000

/** Posts distinct updates; gives back how many a second were answered. Throws where one was not answered 200. */
async function post(url: string, amount: number): Promise<number> {
  const outcome = await autocannon({
    url,
    connections: CONNECTIONS,
    amount,
    // by default it looks once a second whether it has finished
    sampleInt: 10,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': HOOK_SECRET },
        setupRequest: (request) => ({ ...request, body: nextUpdate() }),
      },
    ],
  })
  if (outcome['2xx'] !== amount) throw new Error(`${outcome['2xx']} of ${amount} messages were answered 2xx`)
  return amount / outcome.duration
}

function nextUpdate(): string {
  update += 1
  const id = 70_000_000 + (update % CHATS)
  const from = { id, is_bot: false, first_name: 'Orang Rekaan', language_code: 'id' }
  const chat = { id, type: 'private', first_name: 'Orang Rekaan' }
  const date = Math.floor(Date.now() / 1000)
  return JSON.stringify({
    update_id: update,
    message: { message_id: update, date, from, chat, text: `Anak Rekaan ${update}` },
  })
}
