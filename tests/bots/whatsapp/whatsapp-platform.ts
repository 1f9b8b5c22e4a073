import { jidNormalizedUser } from '@whiskeysockets/baileys'
import type { Channel } from '../../../src/bots/channel.ts'
import { createWhatsapp } from '../../../src/bots/whatsapp/whatsapp.ts'
import type { WhatsappOptions } from '../../../src/bots/whatsapp/whatsapp.ts'
import { createLog } from '../../../src/config/log.ts'
import type { Database } from '../../../src/models/store/connect.ts'
import { createLeases } from '../../../src/models/store/leases.ts'
import { createWhatsappStates } from '../../../src/models/whatsapp/state.ts'
import type { Sealer } from '../../../src/models/store/sealing.ts'
import { until } from '../../support/until.ts'
import type { ContractPerson, ContractPlatform } from '../../contracts/channel.ts'
import type { MockPerson } from '../../servers/mock-whatsapp-person.ts'
import { MockWhatsApp } from '../../servers/mock-whatsapp.ts'

export type WhatsappStores = { database: Database; sealer: Sealer }
/** One process of ours at the mock server. Once `cut`, nothing of it reaches the stores any more. */
export type WhatsappProcess = { channel: Channel; name: string; cut(): void }

let processes = 0

/** A channel like that of a new process, with a name of its own at the server and in the lease. */
export function whatsappProcess(
  server: MockWhatsApp,
  stores: WhatsappStores,
  given: Partial<WhatsappOptions> = {},
): WhatsappProcess {
  processes += 1
  const name = `process-${processes}`
  const now = (): Date => new Date()
  const leases = createLeases({ database: stores.database, now })
  let alive = true
  const living = <T>(work: Promise<T>): Promise<T> => (alive ? work : new Promise<T>(() => undefined))
  const channel = createWhatsapp({
    ...stores,
    url: server.url(name),
    lease: {
      hold: (ms) => living(leases.hold('whatsapp', name, ms)),
      release: () => living(leases.release('whatsapp', name)),
    },
    openBlob: async () => undefined,
    typingMs: () => 0,
    now,
    log: createLog('silent'),
    ...given,
  })
  return {
    channel,
    name,
    cut() {
      alive = false
      server.cut(name)
    },
  }
}

/** Pairs a device with the account, as the office does once, with a handful of keys; the process ends afterwards. */
export async function pairOnce(server: MockWhatsApp, stores: WhatsappStores): Promise<void> {
  server.keys.spare = 1
  const { channel } = whatsappProcess(server, stores)
  const states = createWhatsappStates(stores)
  await channel.start({
    onMessage: async () => undefined,
    onReceipt: async () => undefined,
    onChange: async () => undefined,
    onHealth: () => undefined,
  })
  const qr = await until(async () => (await states.read())?.qr)
  server.scan(qr)
  await until(async () => ((await states.read())?.state === 'open' ? true : undefined))
  await channel.stop()
}

/** Real Baileys against the mock server, over real stores. */
export async function whatsappPlatform(stores: WhatsappStores): Promise<ContractPlatform> {
  const server = new MockWhatsApp()
  await server.open()
  await pairOnce(server, stores)
  const made = new Map<Channel, WhatsappProcess>()

  return {
    create() {
      const one = whatsappProcess(server, stores)
      made.set(one.channel, one)
      return one.channel
    },
    async kill(channel) {
      made.get(channel)?.cut()
    },
    person: (name) => contractPerson(server.person(name)),
    async close() {
      // a channel that a test has killed may wait for ever for a handler that never ends
      for (const channel of made.keys()) void channel.stop()
      await server.close()
      if (server.faults.length > 0) throw new AggregateError(server.faults, 'the mock server failed')
    },
  }
}

function contractPerson(person: MockPerson): ContractPerson {
  const latestOptions = (): readonly string[] => seen(person).at(-1)?.options ?? []
  return {
    address: { channel: 'whatsapp', id: jidNormalizedUser(person.lid) },
    async says(text) {
      await person.text(text)
    },
    async sends(files, caption) {
      const [only, second] = files
      if (only && !second) await person.file(only, caption === undefined ? {} : { caption })
      else await person.album(files, caption)
    },
    async repeats() {
      await person.repeat()
    },
    async taps(label) {
      await person.text(String(latestOptions().indexOf(label) + 1))
    },
    async heard() {
      // what has been acknowledged to us may still be on its way through the phone's own queue
      await person.settled()
      return seen(person)
    },
  }
}

/** Numbered lines at the end of a text are options, as people read them. */
function seen(person: MockPerson): { text: string; options: readonly string[] }[] {
  return person.heard.map(({ text }) => {
    const lines = text.split('\n')
    const first = lines.findIndex((_, i) => lines.slice(i).every((line) => /^\*\d+\* /.test(line)))
    if (first < 0) return { text, options: [] }
    const options = lines.slice(first).map((line) => line.replace(/^\*\d+\* /, ''))
    return { text: lines.slice(0, first).join('\n'), options }
  })
}
