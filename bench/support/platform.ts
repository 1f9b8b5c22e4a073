import { Agent, createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** To the platform: the chats that talk, all at once, each saying its next line when the last is answered. */
export type TalkOrder = { hook: string; secret: string; chats: readonly TalkingChat[] }
export type TalkingChat = { id: number; lines: readonly string[] }
/** From the platform, when all is said and answered. `waitMs`: from the post of a line to the bot's reply. */
export type Talked = { turns: number; seconds: number; waitMs: number[] }
export type PlatformNote = { root: string } | { talked: Talked } | { failed: string }

/** As many as Telegram opens to a webhook by default. */
const CONNECTIONS = 40
const RETRY_MS = 20
/** A reply that takes longer is none. */
const PATIENCE_MS = 60_000

type Talk = { lines: readonly string[]; said: number; at: number }
type Round = { order: TalkOrder; talks: Map<number, Talk>; open: number; begun: number; waitMs: number[]; last: number }

/**
 * Telegram and its people as one process of their own, so that what load costs is in nobody's figures: plain `http`,
 * kept connections, no polling. It knows what bots of these benches call, and takes every message.
 */
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
let round: Round | undefined
let number = 1_000
/** The platform numbers each bot's updates without holes. */
const updates = new Map<string, number>()

process.on('message', (order: TalkOrder) => {
  const now = performance.now()
  const talks = new Map(order.chats.map(({ id, lines }) => [id, { lines, said: 0, at: now }]))
  round = { order, talks, open: talks.size, begun: now, waitMs: [], last: now }
  for (const id of talks.keys()) say(round, id)
})
process.once('disconnect', () => process.exit())
setInterval(() => {
  if (!round || performance.now() - round.last < PATIENCE_MS) return
  const { open } = round
  round = undefined
  note({ failed: `${open} chats are not answered any more` })
}, 1_000)

const server = createServer((incoming, response) => void answer(incoming, response))
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => note({ root: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))

function note(what: PlatformNote): void {
  process.send?.(what)
}

async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await textOf(incoming)
  const method = /^\/bot[^/]+\/(\w+)/.exec(incoming.url ?? '')?.[1]
  let result: unknown = true
  let heard: number | undefined
  if (method === 'getMe') result = { id: 666, is_bot: true, first_name: 'Bot Rekaan', username: 'rekaan_bot' }
  else if (method === 'sendMessage') {
    heard = Number((JSON.parse(body) as { chat_id: number | string }).chat_id)
    const chat = { id: heard, type: 'private', first_name: 'Orang Rekaan' }
    result = { message_id: (number += 1), date: Math.floor(Date.now() / 1000), chat, text: '' }
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ ok: true, result }))
  if (heard !== undefined && round) hear(round, heard)
}

function hear(current: Round, id: number): void {
  const talk = current.talks.get(id)
  if (!talk) return
  current.last = performance.now()
  current.waitMs.push(current.last - talk.at)
  if (talk.said < talk.lines.length) return say(current, id)
  current.talks.delete(id)
  current.open -= 1
  if (current.open > 0) return
  round = undefined
  const { waitMs, begun, last } = current
  note({ talked: { turns: waitMs.length, seconds: (last - begun) / 1000, waitMs } })
}

function say({ order, talks }: Round, id: number): void {
  const talk = talks.get(id)!
  const text = talk.lines[talk.said]!
  talk.said += 1
  talk.at = performance.now()
  number += 1
  const person = { id, first_name: 'Orang Rekaan' }
  const message = {
    message_id: number,
    date: Math.floor(Date.now() / 1000),
    from: { ...person, is_bot: false, language_code: 'id' },
    chat: { ...person, type: 'private' },
    text,
  }
  const update = (updates.get(order.hook) ?? 1_000) + 1
  updates.set(order.hook, update)
  post(order, JSON.stringify({ update_id: update, message }))
}

/** Again until it is taken, as the platform does. */
function post(order: TalkOrder, update: string): void {
  const again = (): void => void setTimeout(() => post(order, update), RETRY_MS)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(update),
    'x-telegram-bot-api-secret-token': order.secret,
  }
  const outgoing = request(order.hook, { method: 'POST', agent, headers }, (response) => {
    response.resume()
    if (response.statusCode !== 200) response.once('end', again)
  })
  outgoing.once('error', again)
  outgoing.end(update)
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}
