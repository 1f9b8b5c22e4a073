import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readDataKeys } from '../../../src/config/data-key.ts'
import { connectDatabase } from '../../../src/models/mongo/connect.ts'
import { deliveries } from '../../../src/models/mongo/delivery-schema.ts'
import { createInbox, inboxModel } from '../../../src/models/mongo/inbox.ts'
import { openKeyring } from '../../../src/models/mongo/keyring.ts'
import { createWhatsappStates } from '../../../src/models/mongo/whatsapp-state.ts'
import { LOOPBACK_CERT } from '../../servers/mock-whatsapp-media.ts'
import type { MockPerson } from '../../servers/mock-whatsapp-person.ts'
import { MockWhatsApp } from '../../servers/mock-whatsapp.ts'
import { startCoordinator } from '../support/coordinator.ts'
import type { Coordinator } from '../support/coordinator.ts'
import { startFleet } from '../support/fleet.ts'
import type { Layout } from '../support/fleet.ts'
import { openJudge } from '../support/judge.ts'
import { samplePupil } from '../support/pupil.ts'
import { seeded } from '../support/random.ts'
import { until } from '../support/service.ts'
import { whatsappPhone } from '../support/whatsapp-phone.ts'

export type WhatsappCrashSize = {
  seed: number
  layout: Layout
  coordinators: number
  /** Pupils of each. */
  pupils: number
  /** kill -9, at random moments and at random failpoints. */
  kills: number
  limitMs: number
  say?: (line: string) => void
}
export type WhatsappCrashFigures = {
  submissions: number
  processes: number
  kills: number
  /** Messages that people said, each with the platform's word that it has it. */
  said: number
  /** Acknowledged to the platform and not in the inbox: what the library's receipt window loses. */
  lostInWindow: number
  replies: number
  /** Replies that went out in several attempts, and were one message on the phone. */
  attemptedAgain: number
  interrupted: number
  seconds: number
  lost: number
  doubled: number
  wrong: number
}

/** The chance of a kill is one of so many at each failpoint's moment. */
const ODDS = 500
const BETWEEN_KILLS_MS = 2_500

/**
 * Coordinators submit over WhatsApp, real Baileys against the mock server, while processes are killed at random. What
 * people sent and heard decides: every message that the platform was told we have is in the inbox, every reply is on
 * the phone once.
 */
export async function proveWhatsappCrashes(
  size: WhatsappCrashSize,
): Promise<{ figures: WhatsappCrashFigures; complaints: string[] }> {
  const say = size.say ?? (() => undefined)
  const random = seeded(size.seed)
  const begun = Date.now()
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-whatsapp-'))
  const server = new MockWhatsApp()
  await server.open()
  const done = new AbortController()
  let calm = false
  let starts = 0
  const fleet = await startFleet({
    dataDir,
    layout: size.layout,
    env: {
      WHATSAPP: 'baileys',
      WHATSAPP_WS_URL: server.url(),
      NODE_EXTRA_CA_CERTS: fileURLToPath(LOOPBACK_CERT),
      DEMO: '1',
      ADMIN_USERNAME: 'supervisor',
      ADMIN_PASSWORD: 'kata-sandi-rekaan',
    },
    arm() {
      starts += 1
      return calm || starts <= size.layout.length ? undefined : `random:${size.seed * 1000 + starts}:${ODDS}`
    },
    async onDeath(where) {
      calm = fleet.deaths.length >= size.kills
      say(`${fleet.deaths.length} ${where}`)
    },
  })
  const people: Coordinator[] = []
  const phones: MockPerson[] = []
  const database = await connectDatabase(fleet.stores.mongodbUri)
  try {
    await fleet.ready()
    const keys = await readDataKeys({ dataDir, production: false })
    const sealer = await openKeyring(database, keys.key)
    const context = { database, sealer, now: () => new Date() }
    const states = createWhatsappStates(context)
    await until(async () => (await states.read())?.qr !== undefined, 30_000, 'the QR')
    server.scan((await states.read())?.qr ?? '')
    await until(async () => (await states.read())?.state === 'open', 30_000, 'the connection')

    for (let i = 0; i < size.coordinators; i++) {
      const pupils = await Promise.all(
        Array.from({ length: size.pupils }, (_, j) =>
          samplePupil(i * size.pupils + j, { files: 5, way: j % 3 === 1 ? 'single' : 'album' }),
        ),
      )
      const person = server.person(`Qxbapak ${i} Rekaan`, { lid: i % 3 !== 2 })
      phones.push(person)
      people.push(
        startCoordinator({
          phone: whatsappPhone(person),
          chat: person.lid,
          npsn: String(69_900_001 + (i % 30)),
          name: 'Qxbapak Rekaan',
          pupils,
          patienceMs: 45_000,
          upSince: () => (server.connection?.active ? fleet.upSince() : undefined),
          signal: done.signal,
        }),
      )
    }
    const judge = await openJudge({ mongodbUri: fleet.stores.mongodbUri, dataDir })
    try {
      let killedAt = Date.now()
      await until(
        async () => {
          for (const { ledger } of people) if (ledger.refused.length > 0) throw new Error(ledger.refused.join('\n'))
          const idle = people.every((one) => one.idle)
          if (!calm && !idle && Date.now() - killedAt > BETWEEN_KILLS_MS * (0.5 + random())) {
            killedAt = Date.now()
            if (fleet.upSince() !== undefined) fleet.kill(Math.floor(random() * fleet.size))
          }
          if (!idle || fleet.upSince() === undefined) return false
          calm = true
          return server.unacknowledged.length === 0 && (await judge.settled().catch(() => false))
        },
        size.limitMs,
        'the end of the crash run',
      ).catch(async (error: unknown) => {
        const stuck = people.filter((one) => !one.idle).map(({ ledger }) => ledger.heard.slice(-3))
        const left = { unsettled: await judge.unsettled(), unacknowledged: server.unacknowledged.length, stuck }
        throw new Error(`${String(error)}\n${JSON.stringify(left, null, 1)}`)
      })
      done.abort()
      await Promise.all(people.map((one) => one.ended))
      const ledgers = people.map(({ ledger }) => ledger)
      const { lost, doubled, wrong } = await judge.verdict({ ledgers, decisions: [], seen: [] })

      const inbox = createInbox(context)
      let said = 0
      let lostInWindow = 0
      for (const person of phones) {
        const ids = person.saidIds()
        said += ids.length
        // somebody who began by the number keeps that name, somebody with a LID keeps the LID
        for (const platformId of ids) {
          const rows = [person.lid, person.pn].map((id) =>
            inbox.idOf({ from: { channel: 'whatsapp', id }, account: server.office.pn, platformId }),
          )
          if (await inboxModel(database).exists({ _id: { $in: rows }, state: { $ne: 'placeholder' } })) continue
          lostInWindow += 1
          const words = server.receipts.filter((node) => node.attrs['id'] === platformId)
          say(
            `a message is in no inbox, its acknowledgements: ${JSON.stringify(words.map(({ tag, attrs }) => [tag, attrs['type'], attrs['error']]))}`,
          )
        }
      }
      if (lostInWindow > 0) lost.push(`${lostInWindow} messages are not in the inbox`)

      const sent = await deliveries(database).find({}, { chosenId: 1, state: 1, attempts: 1, interrupted: 1 }).lean()
      const heard = phones.flatMap((person) => person.heard.map(({ id }) => id))
      for (const delivery of sent) {
        if (!heard.includes(delivery.chosenId)) lost.push(`a reply that is ${delivery.state} was not heard`)
      }
      if (new Set(heard).size < heard.length) doubled.push('a message stands twice on a phone')
      const known = new Set(sent.map((delivery) => delivery.chosenId))
      const strangers = heard.filter((id) => !known.has(id)).length
      if (strangers > 0) doubled.push(`${strangers} messages on phones are of no delivery`)
      if (server.faults.length > 0) wrong.push(...server.faults.map(String))
      wrong.push(...ledgers.flatMap((ledger) => ledger.strange))
      const figures = {
        submissions: size.coordinators * size.pupils,
        processes: size.layout.length,
        kills: fleet.deaths.length,
        said,
        lostInWindow,
        replies: sent.length,
        attemptedAgain: phones.reduce((sum, one) => sum + [...one.copies.values()].filter((n) => n > 1).length, 0),
        interrupted: sent.reduce((sum, one) => sum + one.interrupted, 0),
        seconds: Math.round((Date.now() - begun) / 1000),
        lost: lost.length,
        doubled: doubled.length,
        wrong: wrong.length,
      }
      return { figures, complaints: [...lost, ...doubled, ...wrong] }
    } finally {
      await judge.close()
    }
  } finally {
    done.abort()
    await Promise.allSettled(people.map((one) => one.ended))
    await database.close()
    await fleet.close()
    await server.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
