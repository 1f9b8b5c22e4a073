import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { InlineKeyboardMarkup, Message } from 'telegraf/types'
import { readCall, visibleText } from './fake-bot-body.ts'
import type { CallBody } from './fake-bot-body.ts'
import { fakePerson } from './fake-bot-people.ts'
import { UpdateQueue } from './fake-bot-updates.ts'

export type SentMessage = {
  id: number
  chat: number
  /** As a person sees it, without markup. */
  text: string
  /** As it was sent. */
  raw: string
  markup: InlineKeyboardMarkup | undefined
  file: { name: string; bytes: Buffer } | undefined
  message: Message
}
export type Failure = { code: number; description: string; retryAfter?: number }

const DOWNLOAD_BYTES = 20 * 1024 * 1024
const TEXT_LIMIT = 4096

class Refused extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.description)
    this.failure = failure
  }
}

/**
 * A Bot API server for one bot, as far as this service uses it: long polling and webhook, uploads and downloads, albums,
 * limits and refusals. `roots` differ in the process that they stand for: one can be cut off, as when it is killed.
 */
export class FakeBotApi {
  readonly token: string
  readonly botId = 666
  readonly updates: UpdateQueue
  readonly sent: SentMessage[] = []
  readonly calls: { method: string; fields: Record<string, unknown> }[] = []
  /** People who blocked the bot. */
  readonly blockedBy = new Set<number>()
  /** Asked before each call: what it gives is how the call fails. */
  refuses: ((method: string) => Failure | undefined) | undefined
  /** Told of each message of the bot as a person sees it. */
  shows: ((message: SentMessage) => void) | undefined
  readonly #files = new Map<string, { bytes: Buffer; path: string }>()
  readonly #paths = new Map<string, Buffer>()
  readonly #failures: { method: string; failure: Failure }[] = []
  readonly #servers = new Map<string, Server>()
  #messageId = 1
  #polling: AbortController | undefined

  constructor(options: { token?: string; firstUpdate?: number } = {}) {
    this.token = options.token ?? '666:rekaan'
    this.updates = new UpdateQueue(options.firstUpdate ?? 1000)
  }

  /** Opens one more address of the same platform; use it as `apiRoot`. */
  async open(port = 0): Promise<string> {
    const server = createServer((request, response) => void this.#answer(request, response))
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    this.#servers.set(root, server)
    return root
  }
  /** Ends one address with all its connections. */
  async cut(root: string): Promise<void> {
    const server = this.#servers.get(root)
    if (!server) return
    this.#servers.delete(root)
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  async close(): Promise<void> {
    this.updates.close()
    await Promise.all([...this.#servers.keys()].map((root) => this.cut(root)))
  }

  person(id: number, name?: string) {
    return fakePerson(this, id, name)
  }
  /** The next call of `method` fails so. */
  failNext(method: string, failure: Failure): void {
    this.#failures.push({ method, failure })
  }
  nextMessageId(): number {
    return this.#messageId++
  }
  addFile(bytes: Buffer, name: string): string {
    const id = `F${this.#files.size + 1}`
    const file = { bytes, path: `documents/${id}/${name}` }
    this.#files.set(id, file)
    this.#paths.set(file.path, file.bytes)
    return id
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://fake').pathname)
    const file = path.startsWith(`/file/bot${this.token}/`) ? path.slice(`/file/bot${this.token}/`.length) : undefined
    if (file !== undefined) return this.#download(file, response)
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    try {
      const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? []
      if (token !== this.token || method === undefined) throw new Refused({ code: 401, description: 'Unauthorized' })
      const gone = new AbortController()
      response.on('close', () => gone.abort())
      const call = await readCall(request)
      if (method === 'getUpdates') {
        const batch = await this.#poll(call.fields, gone.signal)
        response.on('finish', batch.seen)
        reply(200, { ok: true, result: batch.updates })
      } else reply(200, { ok: true, result: this.#run(method, call) })
    } catch (error) {
      const failure = error instanceof Refused ? error.failure : { code: 500, description: String(error) }
      const { code, description, retryAfter } = failure
      const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }
      reply(code, { ok: false, error_code: code, description, ...parameters })
    }
  }

  #run(method: string, call: CallBody): unknown {
    const { fields } = call
    this.calls.push({ method, fields })
    this.#failAsPlanned(method)
    switch (method) {
      case 'getMe':
        return { id: this.botId, is_bot: true, first_name: 'Bot Rekaan', username: 'rekaan_bot' }
      case 'setWebhook':
        this.updates.webhook = {
          url: textOf(fields['url']),
          secret: fields['secret_token'] === undefined ? undefined : textOf(fields['secret_token']),
          connections: Number(fields['max_connections'] ?? 40),
        }
        this.updates.deliver()
        return true
      case 'deleteWebhook':
        this.updates.webhook = undefined
        return true
      case 'getFile':
        return this.#fileOf(textOf(fields['file_id']))
      case 'sendMessage':
        return this.#sendText(fields)
      case 'sendDocument':
        return this.#sendDocument(call)
      case 'answerCallbackQuery':
        return true
      default:
        throw new Refused({ code: 404, description: `Not Found: ${method}` })
    }
  }

  #failAsPlanned(method: string): void {
    const i = this.#failures.findIndex((planned) => planned.method === method)
    const [planned] = i < 0 ? [] : this.#failures.splice(i, 1)
    const failure = planned?.failure ?? this.refuses?.(method)
    if (failure) throw new Refused(failure)
  }

  /** A newer poll ends the one before it, as on the real platform. */
  async #poll(fields: Record<string, unknown>, gone: AbortSignal) {
    this.#failAsPlanned('getUpdates')
    if (this.updates.webhook) throw new Refused({ code: 409, description: 'Conflict: a webhook is active' })
    this.#polling?.abort()
    const polling = new AbortController()
    this.#polling = polling
    const [offset, limit, seconds] = ['offset', 'limit', 'timeout'].map((name) => Number(fields[name] ?? 0))
    const signal = AbortSignal.any([gone, polling.signal])
    const batch = await this.updates.poll(offset ?? 0, limit || 100, seconds ?? 0, signal)
    if (polling.signal.aborted) {
      throw new Refused({ code: 409, description: 'Conflict: terminated by other getUpdates request' })
    }
    this.#polling = undefined
    return batch
  }

  #sendText(fields: Record<string, unknown>): Message {
    const raw = textOf(fields['text'])
    const text = fields['parse_mode'] === 'HTML' ? visibleText(raw) : raw
    if (text === undefined) throw new Refused({ code: 400, description: "Bad Request: can't parse entities" })
    if (text.trim() === '') throw new Refused({ code: 400, description: 'Bad Request: message text is empty' })
    if (text.length > TEXT_LIMIT) throw new Refused({ code: 400, description: 'Bad Request: message is too long' })
    return this.#deliver(fields, { text, raw, file: undefined, content: { text } })
  }
  #sendDocument({ fields, files }: CallBody): Message {
    const file = files.get('document')
    if (!file) throw new Refused({ code: 400, description: 'Bad Request: there is no document in the request' })
    const id = this.addFile(file.bytes, file.name)
    const content = { document: { file_id: id, file_unique_id: `u${id}`, file_name: file.name } }
    return this.#deliver(fields, { text: '', raw: '', file, content })
  }
  #deliver(
    fields: Record<string, unknown>,
    what: Pick<SentMessage, 'text' | 'raw' | 'file'> & { content: Record<string, unknown> },
  ): Message {
    const chat = Number(fields['chat_id'])
    if (!Number.isSafeInteger(chat)) throw new Refused({ code: 400, description: 'Bad Request: chat not found' })
    if (this.blockedBy.has(chat)) {
      throw new Refused({ code: 403, description: 'Forbidden: bot was blocked by the user' })
    }
    const markup = fields['reply_markup'] as InlineKeyboardMarkup | undefined
    for (const button of markup?.inline_keyboard.flat() ?? []) {
      if ('callback_data' in button && Buffer.byteLength(button.callback_data) > 64) {
        throw new Refused({ code: 400, description: 'Bad Request: BUTTON_DATA_INVALID' })
      }
    }
    const id = this.nextMessageId()
    const message = {
      message_id: id,
      date: Math.floor(Date.now() / 1000),
      chat: { id: chat, type: 'private', first_name: 'Orang Rekaan' },
      from: { id: this.botId, is_bot: true, first_name: 'Bot Rekaan' },
      ...what.content,
      ...(markup ? { reply_markup: markup } : {}),
    } as unknown as Message
    const { text, raw, file } = what
    const sent = { id, chat, text, raw, markup, file: file && { name: file.name, bytes: file.bytes }, message }
    this.sent.push(sent)
    this.shows?.(sent)
    return message
  }

  #fileOf(id: string): unknown {
    const file = this.#files.get(id)
    if (!file) throw new Refused({ code: 400, description: 'Bad Request: invalid file_id' })
    if (file.bytes.length > DOWNLOAD_BYTES)
      throw new Refused({ code: 400, description: 'Bad Request: file is too big' })
    return { file_id: id, file_unique_id: `u${id}`, file_size: file.bytes.length, file_path: file.path }
  }
  #download(path: string, response: ServerResponse): void {
    const bytes = this.#paths.get(path)
    response.writeHead(bytes ? 200 : 404).end(bytes)
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
