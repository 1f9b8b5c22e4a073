import makeWASocket, { addTransactionCapability, initAuthCreds } from '@whiskeysockets/baileys'
import type { SignalKeyStore } from '@whiskeysockets/baileys'
import { once } from 'node:events'
import { setImmediate as breathe } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createWhatsapp } from '../src/bots/whatsapp/whatsapp.ts'
import { closeConsole, quietLogger } from '../src/bots/whatsapp/quiet.ts'
import { createLog } from '../src/config/log.ts'
import { touchChat } from '../src/models/chat/chats.ts'
import { createInbox } from '../src/models/chat/inbox.ts'
import { createLeases } from '../src/models/store/leases.ts'
import { createWhatsappStates } from '../src/models/whatsapp/state.ts'
import type { MockPerson } from '../tests/servers/mock-whatsapp-person.ts'
import { MockWhatsApp } from '../tests/servers/mock-whatsapp.ts'
import { until } from '../tests/support/until.ts'
import type { Bench, Result } from './support/result.ts'
import { onStand } from './support/stand.ts'
import type { Stand } from './support/stand.ts'

const PEOPLE = 20
const MEBIBYTE = 1024 * 1024
type Echo = { perSecond: number; heapMiB: number[]; reconnectMs?: number }

/** Inbound and reply over the mock server, ours with the inbox and durable keys beside bare Baileys with neither. */
export const run: Bench = async (sizes): Promise<Result> => {
  const reopen = closeConsole()
  try {
    const messages = sizes.pick(10_000, 200)
    const ours = await onStand((stand) => ourEcho(stand, messages))
    const fewer = sizes.pick(2_000, 200)
    const bare = await bareEcho(fewer)
    const [, second = 0, , last = 0] = ours.heapMiB
    return {
      title: 'WhatsApp: inbound and reply',
      how:
        `Real Baileys against the mock server in the same process (its phones' encryption is in both figures): ${PEOPLE} people, ` +
        `${messages.toLocaleString('en')} messages, each answered. Ours persists the message and the session keys before the platform hears of ` +
        'it, keeps the reply for phones that ask again, and waits for the word of the server. The baseline echoes from ' +
        `memory and waits for nothing, over ${fewer.toLocaleString('en')} messages. Heap after garbage collection, at the ends of the quarters.`,
      rows: [
        { what: 'messages in and out', unit: '/s', ours: ours.perSecond, baseline: bare.perSecond },
        { what: 'heap, end of the second quarter', unit: 'MiB', ours: second },
        { what: 'heap, end of the last quarter', unit: 'MiB', ours: last },
        {
          what: 'last quarter against the second',
          unit: '×',
          ours: last / second,
          goal: { of: 'ours', most: 1.1 },
        },
        { what: 'dropped line until open again', unit: 'ms', ours: ours.reconnectMs ?? Number.NaN },
      ],
    }
  } finally {
    reopen()
  }
}

/** Everybody speaks, and speaks again once answered; the heap at the end of each quarter. */
async function talk(people: readonly MockPerson[], server: MockWhatsApp, messages: number): Promise<Echo> {
  const heapMiB: number[] = []
  let answered = 0
  let asked = 0
  const over = Promise.withResolvers<void>()
  const ask = (person: MockPerson): void => {
    if (asked >= messages) return
    asked += 1
    person.text(`pesan ${asked}`).catch(over.reject)
  }
  server.events.on('heard', (person: MockPerson) => {
    answered += 1
    person.heard.length = 0
    person.copies.clear()
    person.forgetSaid()
    server.receipts.length = 0
    if (answered % Math.ceil(messages / 4) === 0 || answered === messages) heapMiB.push(heapNow())
    if (answered === messages) over.resolve()
    else ask(person)
  })
  const begun = performance.now()
  for (const person of people) ask(person)
  await over.promise
  const seconds = (performance.now() - begun) / 1000
  server.events.removeAllListeners('heard')
  return { perSecond: messages / seconds, heapMiB }
}

async function ourEcho(stand: Stand, messages: number): Promise<Echo> {
  const server = new MockWhatsApp()
  await server.open()
  const context = { ...(await stand.open('whatsapp')), now: () => new Date() }
  const leases = createLeases(context)
  const inbox = createInbox({ ...context, log: createLog('silent') })
  const states = createWhatsappStates(context)
  const channel = createWhatsapp({
    ...context,
    url: server.url(),
    lease: { hold: (ms) => leases.hold('whatsapp', 'bench', ms), release: () => leases.release('whatsapp', 'bench') },
    openBlob: async () => undefined,
    typingMs: () => 0,
    random: () => 1,
    log: createLog('silent'),
  })
  try {
    await channel.start({
      async onMessage(message) {
        await inbox.accept(await touchChat(context, message), message)
        const text = message.body.kind === 'text' ? message.body.text : ''
        // as the sender does: not in the handler, so that the next message is not held up
        channel.send({ key: message.platformId, to: message.from, text }).catch(() => undefined)
      },
      onReceipt: async () => undefined,
      onChange: async () => undefined,
      onHealth: () => undefined,
    })
    server.scan(await until(async () => (await states.read())?.qr))
    await until(() => (channel.isAway?.() ? undefined : true))
    const echo = await talk(peopleOf(server), server, messages)
    const dropped = performance.now()
    server.drop()
    await once(server.events, 'login')
    await until(() => (channel.isAway?.() ? undefined : true))
    return { ...echo, reconnectMs: performance.now() - dropped }
  } finally {
    await channel.stop()
    await context.database.close()
    await server.close()
  }
}

async function bareEcho(messages: number): Promise<Echo> {
  const server = new MockWhatsApp()
  await server.open()
  const kept = new Map<string, unknown>()
  const store: SignalKeyStore = {
    get: (type, ids) =>
      Object.fromEntries(
        ids.flatMap((id) => (kept.has(`${type}/${id}`) ? [[id, kept.get(`${type}/${id}`)]] : [])),
      ) as never,
    set(data) {
      for (const [type, values] of Object.entries(data)) {
        for (const [id, value] of Object.entries(values)) kept.set(`${type}/${id}`, value)
      }
    },
  }
  const logger = quietLogger(createLog('silent'))
  const creds = initAuthCreds()
  const keys = addTransactionCapability(store, logger, { maxCommitRetries: 1, delayBetweenTriesMs: 1 })
  const open = Promise.withResolvers<void>()
  let socket: ReturnType<typeof makeWASocket> | undefined
  const connect = (): void => {
    const opened = makeWASocket({
      auth: { creds, keys },
      logger,
      waWebSocketUrl: server.url(),
      markOnlineOnConnect: false,
      syncFullHistory: false,
      enableRecentMessageCache: false,
      getMessage: async () => undefined,
    })
    socket = opened
    opened.ev.on('creds.update', (update) => void Object.assign(creds, update))
    opened.ev.on('connection.update', ({ connection, qr }) => {
      if (qr) server.scan(qr)
      if (connection === 'open') open.resolve()
      // after pairing the platform asks for a new connection
      if (connection === 'close' && server.isLinked && socket === opened) connect()
    })
    opened.ev.on('messages.upsert', ({ messages: came }) => {
      for (const { key, message } of came) {
        const text = message?.conversation
        if (!key.fromMe && key.remoteJid && text) void opened.sendMessage(key.remoteJid, { text })
      }
    })
  }
  connect()
  try {
    await open.promise
    await breathe()
    return await talk(peopleOf(server), server, messages)
  } finally {
    const last = socket
    socket = undefined
    await last?.end(undefined)
    await server.close()
  }
}

function peopleOf(server: MockWhatsApp): MockPerson[] {
  return Array.from({ length: PEOPLE }, (_, i) => server.person(`Orang Rekaan ${i}`))
}
/** What is left after a collection. */
function heapNow(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed / MEBIBYTE
}
