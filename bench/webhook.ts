import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
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
const BARE = fileURLToPath(new URL('baselines/telegraf-webhook.ts', import.meta.url))
const FLOOR = fileURLToPath(new URL('baselines/http-insert.ts', import.meta.url))

/** Messages a second that are persisted and answered 200, against telegraf that only answers, and the least that stores. */
export const run: Bench = (sizes) =>
  onStand(async (stand): Promise<Result> => {
    const rounds = sizes.pick(5, 1)
    const amount = sizes.pick(4_000, 400)
    const found = { ours: [] as number[], bare: [] as number[], floor: [] as number[] }
    await withTelegram(stand, 'webhook', 'bots', async ({ hookUrl, api }) => {
      const bare = await opened(BARE, [api.token, HOOK_PATH, HOOK_SECRET])
      const floor = await opened(FLOOR, [HOOK_PATH, HOOK_SECRET, stand.uriOf('webhook-floor')])
      const urls = { bare: bare.url, floor: floor.url, ours: hookUrl }
      for (const url of Object.values(urls)) await post(url, amount / 4)
      for (let round = 0; round < rounds; round++)
        for (const name of ['bare', 'floor', 'ours'] as const) found[name].push(await post(urls[name], amount))
      for (const { child } of [bare, floor]) child.disconnect()
    })
    const [ours, bare, floor] = [median(found.ours), median(found.bare), median(found.floor)]
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
        '200. Bare telegraf has an empty handler and stores nothing. The floor is the least that stores: plain http, the ' +
        "chat's name hashed under a key, the body sealed, one insert, three commands of what comes together at once.",
      rows: [
        {
          what: 'persisted and answered 200, beside bare telegraf',
          unit: 'messages/s',
          ours,
          baseline: bare,
          goal: { of: 'ratio', least: 0.4, stretch: 0.5 },
        },
        {
          what: 'the same, beside the floor',
          unit: 'messages/s',
          ours,
          baseline: floor,
          goal: { of: 'ratio', least: 0.75, stretch: 0.85 },
        },
        { what: 'the floor itself, beside bare telegraf', unit: 'messages/s', ours: floor, baseline: bare },
      ],
    }
  })

/** A baseline of its own process, which tells its port. */
async function opened(file: string, given: readonly string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(file, given)
  const [port] = (await once(child, 'message')) as [number]
  return { child, url: `http://127.0.0.1:${port}${HOOK_PATH}` }
}

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
