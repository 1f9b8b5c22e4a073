import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readDataKeys } from '../../../src/config/data-key.ts'
import { connectDatabase } from '../../../src/models/store/connect.ts'
import { openKeyring } from '../../../src/models/store/keyring.ts'
import { createWhatsappStates } from '../../../src/models/whatsapp/state.ts'
import { LOOPBACK_CERT } from '../../servers/mock-whatsapp-media.ts'
import type { MockPerson } from '../../servers/mock-whatsapp-person.ts'
import { MockWhatsApp } from '../../servers/mock-whatsapp.ts'
import { startCoordinator } from '../support/coordinator.ts'
import type { Coordinator } from '../support/coordinator.ts'
import { startFleet } from '../support/fleet.ts'
import type { Layout } from '../support/fleet.ts'
import { openJudge } from '../support/judge.ts'
import type { Verdict } from '../support/judge.ts'
import { startOffice } from '../support/office.ts'
import type { OfficeScript } from '../support/office.ts'
import { officeFile } from '../support/pace.ts'
import type { Pace } from '../support/pace.ts'
import { samplePupil } from '../support/pupil.ts'
import { seeded } from '../support/random.ts'
import { until } from '../support/service.ts'
import { judgeWhatsapp } from '../support/whatsapp-judge.ts'
import type { WhatsappVerdict } from '../support/whatsapp-judge.ts'
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
  pace: Pace
  say?: (line: string) => void
}
export type WhatsappCrashFigures = Pick<Verdict, 'applications' | 'files' | 'decisions' | 'interrupted'> &
  Omit<WhatsappVerdict, 'lost' | 'doubled'> & {
    submissions: number
    processes: number
    kills: number
    seconds: number
    lost: number
    doubled: number
    wrong: number
  }

/** The chance of a kill is one of so many at each failpoint's moment. */
const ODDS = 500
/** Others come after so many acknowledgements on average, whatever the machine does in a second: they are spread over the run. */
const ACKNOWLEDGEMENTS_BETWEEN_KILLS = 30

/**
 * The crash test of the spine over WhatsApp, real Baileys against the mock server: coordinators submit and correct, the
 * office decides and hands over, and processes are killed at random meanwhile. What people sent and heard decides: every
 * message that the platform was told we have is in the inbox, every reply and outcome is on the phone once.
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
      OFFICE_FILE: await officeFile(dataDir, size.pace),
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
  let office: OfficeScript | undefined
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
          patienceMs: size.pace.patienceMs,
          upSince: () => (server.connection?.active ? fleet.upSince() : undefined),
          signal: done.signal,
        }),
      )
    }
    office = startOffice({ urls: () => fleet.adminUrls, random, signal: done.signal })
    const judge = await openJudge({ mongodbUri: fleet.stores.mongodbUri, dataDir })
    try {
      let killAt = ACKNOWLEDGEMENTS_BETWEEN_KILLS * (0.5 + random())
      await until(
        async () => {
          for (const { ledger } of people) if (ledger.refused.length > 0) throw new Error(ledger.refused.join('\n'))
          const idle = people.every((one) => one.idle) && office!.idle
          if (!calm && server.receipts.length >= killAt && fleet.upSince() !== undefined) {
            killAt = server.receipts.length + ACKNOWLEDGEMENTS_BETWEEN_KILLS * (0.5 + random())
            fleet.kill(Math.floor(random() * fleet.size))
          }
          if (!idle || fleet.upSince() === undefined) return false
          calm = true
          if (!(await judge.settled().catch(() => false))) return false
          // a phone may still be reading what the platform has, and ask for it again
          await Promise.all(phones.map((person) => person.settled()))
          // what the last settling has told may ask somebody for more
          return server.unacknowledged.length === 0 && office!.idle && people.every((one) => one.idle)
        },
        size.limitMs,
        'the end of the crash run',
      ).catch(async (error: unknown) => {
        const stuck = people.filter((one) => !one.idle).map(({ ledger }) => ledger.heard.slice(-12))
        const left = {
          unsettled: await judge.unsettled(),
          unacknowledged: server.unacknowledged.length,
          faults: server.faults.map(String),
          stuck,
        }
        throw new Error(`${String(error)}\n${JSON.stringify(left, null, 1)}`)
      })
      done.abort()
      await Promise.all([...people.map((one) => one.ended), office.ended])
      const ledgers = people.map(({ ledger }) => ledger)
      const { lost, doubled, wrong, ...counts } = await judge.verdict({
        ledgers,
        decisions: office.decisions(),
        // what phones show is compared below, message by message
        seen: [],
      })
      const phonesSay = await judgeWhatsapp(server, phones, context, say)
      const { lost: unheard, doubled: heardTwice, ...chats } = phonesSay
      lost.push(...unheard)
      doubled.push(...heardTwice)
      if (chats.lostInWindow > 0) lost.push(`${chats.lostInWindow} messages are not in the inbox`)
      const codes = await fleet.stop()
      if (codes.some((code) => code !== 0)) wrong.push(`SIGTERM ended the processes with ${codes.join(', ')}`)
      if (server.faults.length > 0) wrong.push(...server.faults.map(String))
      wrong.push(...office.strange(), ...ledgers.flatMap((ledger) => ledger.strange))
      const figures = {
        submissions: size.coordinators * size.pupils,
        processes: size.layout.length,
        kills: fleet.deaths.length,
        applications: counts.applications,
        files: counts.files,
        decisions: counts.decisions,
        ...chats,
        interrupted: counts.interrupted,
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
    await Promise.allSettled([...people.map((one) => one.ended), office?.ended])
    await database.close()
    await fleet.close()
    await server.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
