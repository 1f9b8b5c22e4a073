import { setTimeout as wait } from 'node:timers/promises'
import makeWASocket, { makeCacheableSignalKeyStore, proto } from '@whiskeysockets/baileys'
import type {
  BaileysEventMap,
  BinaryNode,
  CacheStore,
  ConnectionState,
  SignalDataSet,
  UserFacingSocketConfig,
  WAMessage,
  WAVersion,
} from '@whiskeysockets/baileys'
import type { ILogger } from '@whiskeysockets/baileys/lib/Utils/logger.js'
import type { Auth } from './auth.ts'
import { createReceiving } from './receiving.ts'

const CLOSING_MS = 2_000
/** Sessions grow to some hundred kilobytes each. */
const MOST_CACHED = 500

export type WhatsappSocket = ReturnType<typeof makeWASocket>

export type SocketDeps = {
  auth: Auth
  /** Another address than the platform's: tests. */
  url: string | undefined
  version: WAVersion | undefined
  logger: ILogger
  nextOrder: () => number
  /** Persists a message: resolves when durable, never rejects. */
  take: (message: WAMessage, order: number) => Promise<void>
  /** The message of ours under this id as it went out, for a phone that asks again. */
  sentPayload: (id: string) => Promise<Buffer | undefined>
  onState: (state: Partial<ConnectionState>) => void
  onUpdates: (updates: BaileysEventMap['messages.update']) => void
  /** The credentials could not be kept: this connection must not go on. */
  onFault: (error: unknown) => void
}

/** What the server said of a message of ours; `error` is its code where it refused. */
export type Acknowledgement = { error?: string }

/** One connection, from its opening to its end. */
export type Connection = {
  socket: WhatsappSocket
  /** Resolves at the end with the library's code; undefined where we ended it. */
  closed: Promise<number | undefined>
  /** Begins to wait for the server's word on a message; undefined when the connection ended before that came. */
  acknowledged(id: string): Promise<Acknowledgement | undefined>
  /** Takes the listeners off and closes; idempotent. */
  end(): Promise<void>
}

/** The only place that opens a socket. Each attempt has a new one; the old one is ended first. */
export function openConnection(deps: SocketDeps): Connection {
  const { auth, logger } = deps
  const closed = Promise.withResolvers<number | undefined>()
  const receiving = createReceiving({
    nextOrder: deps.nextOrder,
    me: () => ({ id: auth.creds.me?.id ?? '', lid: auth.creds.me?.lid ?? '' }),
    take: async (message, order) => deps.take(await withNumber(message), order),
  })
  let ended: Promise<void> | undefined
  const underway = new Set<Promise<void>>()
  /** After the end nothing is written any more: the next connection has read the same keys. */
  async function write(data: SignalDataSet): Promise<void> {
    if (ended) return new Promise(() => undefined)
    const writing = Promise.resolve(auth.keys.set(data))
    underway.add(writing)
    try {
      await writing
    } catch (error) {
      deps.onFault(error)
      throw error
    } finally {
      underway.delete(writing)
    }
  }
  const config: UserFacingSocketConfig = {
    auth: { creds: auth.creds, keys: makeCacheableSignalKeyStore({ ...auth.keys, set: write }, logger, cache()) },
    logger,
    markOnlineOnConnect: false,
    syncFullHistory: false,
    // with the cache the heap grows with every reply; then the store below is what phones are answered from
    enableRecentMessageCache: false,
    getMessage: async ({ id }) => {
      const payload = id ? await deps.sentPayload(id) : undefined
      return payload && proto.Message.decode(payload)
    },
    makeSignalRepository: receiving.makeSignalRepository,
    shouldIgnoreJid: isNoPerson,
    ...(deps.url === undefined ? {} : { waWebSocketUrl: deps.url }),
    ...(deps.version ? { version: deps.version } : {}),
  }
  const socket = makeWASocket(config)
  receiving.watch(socket.ws)
  const awaited = new Map<string, (word: Acknowledgement | undefined) => void>()
  socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
    awaited.get(attrs['id'] ?? '')?.(attrs['error'] === undefined ? {} : { error: attrs['error'] })
  })

  /** Where a message does not tell the sender's number, the library may know it from elsewhere. */
  async function withNumber(message: WAMessage): Promise<WAMessage> {
    const { remoteJid, remoteJidAlt, fromMe } = message.key
    if (fromMe || remoteJidAlt || !remoteJid?.endsWith('@lid')) return message
    const number = await socket.signalRepository.lidMapping.getPNForLID(remoteJid).catch(() => null)
    return number ? { ...message, key: { ...message.key, remoteJidAlt: number } } : message
  }

  let saving = Promise.resolve()
  socket.ev.on('creds.update', (update) => {
    Object.assign(auth.creds, update)
    saving = saving.then(() => auth.saveCreds()).catch(deps.onFault)
  })
  socket.ev.on('connection.update', (state) => {
    deps.onState(state)
    if (state.connection !== 'close') return
    for (const tell of awaited.values()) tell(undefined)
    closed.resolve(codeOf(state))
  })
  socket.ev.on('messages.upsert', ({ messages }) => {
    for (const message of messages) {
      if (message.key.fromMe) deps.onUpdates([{ key: message.key, update: { status: message.status ?? null } }])
      else void receiving.upserted(message)
    }
  })
  socket.ev.on('messages.update', deps.onUpdates)

  async function end(): Promise<void> {
    for (const event of ['creds.update', 'messages.upsert', 'messages.update'] as const) {
      socket.ev.removeAllListeners(event)
    }
    // a line that is dead does not answer: what is left of it goes with its buffers
    await Promise.race([socket.end(undefined), wait(CLOSING_MS, undefined, { ref: false })])
    for (const tell of awaited.values()) tell(undefined)
    closed.resolve(undefined)
    await Promise.allSettled([saving, ...underway])
  }
  return {
    socket,
    closed: closed.promise,
    acknowledged(id) {
      const word = Promise.withResolvers<Acknowledgement | undefined>()
      if (ended) word.resolve(undefined)
      awaited.set(id, word.resolve)
      return word.promise.finally(() => awaited.delete(id))
    },
    end: () => (ended ??= end()),
  }
}

/** The library's own cache never lets go of its timer; this one is as old as its connection. */
function cache(): CacheStore {
  const kept = new Map<string, unknown>()
  return {
    get: <T>(key: string) => kept.get(key) as T | undefined,
    set(key, value) {
      kept.delete(key)
      kept.set(key, value)
      const oldest = kept.size > MOST_CACHED ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
    },
    del: (key) => void kept.delete(key),
    flushAll: () => kept.clear(),
  }
}

function isNoPerson(jid: string): boolean {
  return !jid.endsWith('@lid') && !jid.endsWith('@s.whatsapp.net')
}

/** The status code of the library's error, which is a Boom. */
function codeOf({ lastDisconnect }: Partial<ConnectionState>): number | undefined {
  const error = lastDisconnect?.error
  const output = error && 'output' in error ? (error.output as { statusCode?: unknown }) : undefined
  return typeof output?.statusCode === 'number' ? output.statusCode : undefined
}
