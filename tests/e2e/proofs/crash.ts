import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FakeBotApi } from '../../servers/fake-bot-api.ts'
import { startCoordinator } from '../support/coordinator.ts'
import type { Coordinator } from '../support/coordinator.ts'
import { discoverFailpoints } from '../support/failpoints.ts'
import { startFleet } from '../support/fleet.ts'
import type { Layout } from '../support/fleet.ts'
import { openJudge } from '../support/judge.ts'
import type { Verdict } from '../support/judge.ts'
import { officeFile } from '../support/pace.ts'
import type { Pace } from '../support/pace.ts'
import { startOffice } from '../support/office.ts'
import { telegramPhone } from '../support/phone.ts'
import { samplePupil } from '../support/pupil.ts'
import type { Pupil } from '../support/pupil.ts'
import { searchReadable } from '../support/readable.ts'
import { seeded } from '../support/random.ts'
import { until } from '../support/service.ts'

export type CrashSize = {
  seed: number
  layout: Layout
  coordinators: number
  /** Pupils of each. */
  pupils: number
  /** Of the failpoints every `share`-th is armed, from `seed` on; 1 for all. */
  share: number
  /** Kills at random places, after the named ones. */
  randomKills: number
  /** Everything has to be over by then. */
  limitMs: number
  pace: Pace
  say?: (line: string) => void
}
export type CrashFigures = Omit<Verdict, 'lost' | 'doubled' | 'wrong'> & {
  submissions: number
  processes: number
  failpoints: number
  killsAtFailpoints: number
  killsAtRandom: number
  storeKills: number
  askedAgain: number
  /** Of the logs, the data folder and a dump of the collections, and how many kinds of values were readable there. */
  searchedBytes: number
  readable: number
  seconds: number
  lost: number
  doubled: number
  wrong: number
}
export type CrashResult = {
  figures: CrashFigures
  /** Everything that is wrong, a sentence each; empty when the proof holds. */
  complaints: string[]
  /** Moments of failpoints where nobody died. */
  unreached: string[]
}

const FIRST_CHAT = 770_000_001
/** The chance of a random kill is one of so many at each failpoint's moment. */
const ODDS = 700
/** The stores' supervisor gives up one that dies within two seconds again and again. */
const STORES_REST_MS = 4_000

/**
 * Coordinators submit over Telegram and operators decide, while processes of the service are killed before and after
 * each failpoint, then at random, the stores too every second time. What people sent and heard decides.
 */
export async function proveCrashes(size: CrashSize): Promise<CrashResult> {
  const say = size.say ?? (() => undefined)
  const random = seeded(size.seed)
  const begun = Date.now()
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-crash-'))
  const api = new FakeBotApi()
  const root = await api.open()
  api.updates.disorder = { duplicates: 0.1, late: 0.1, random }

  // what the purge does when a message's life is over, and WhatsApp, have crash tests of their own
  const names = discoverFailpoints().filter((name) => !/purge|forget|^whatsapp/.test(name))
  const armed = names.flatMap((name) => [`${name}:before`, `${name}:after`])
  const left = new Set(armed.filter((_, i) => i % size.share === size.seed % size.share))
  const wanted = left.size
  const done = new AbortController()
  let phase: 'named' | 'random' | 'calm' = 'named'
  let lastDeath = Date.now()
  let atRandom = 0
  let starts = 0
  let storeKills = 0
  let storesKilledAt = 0

  function arm(): string | undefined {
    starts += 1
    // not always at its first coming: the work before it differs then
    const points = [...left].map((point) => `${point}:${1 + Math.floor(random() * 2)}`)
    if (phase === 'random') points.push(`random:${size.seed * 1000 + starts}:${ODDS}`)
    return points.length > 0 ? points.join(',') : undefined
  }
  const fleet = await startFleet({
    dataDir,
    layout: size.layout,
    env: {
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: root,
      DEMO: '1',
      OFFICE_FILE: await officeFile(dataDir, size.pace),
      ADMIN_USERNAME: 'supervisor',
      ADMIN_PASSWORD: 'kata-sandi-rekaan',
    },
    arm,
    async onDeath(where) {
      lastDeath = Date.now()
      if (!left.delete(where)) atRandom += 1
      if (phase === 'random' && atRandom >= size.randomKills) phase = 'calm'
      if (fleet.deaths.length % 2 === 0 && Date.now() - storesKilledAt > STORES_REST_MS) {
        storesKilledAt = Date.now()
        storeKills += 1
        await fleet.killStores()
      }
      say(`${fleet.deaths.length} ${where} (${left.size} left)`)
    },
  })
  const people: Coordinator[] = []
  let office: ReturnType<typeof startOffice> | undefined
  try {
    for (let i = 0; i < size.coordinators; i++) {
      const pupils: Pupil[] = []
      for (let j = 0; j < size.pupils; j++) pupils.push(await samplePupil(i * size.pupils + j, sizeOf(i + j)))
      people.push(
        startCoordinator({
          phone: telegramPhone(api, FIRST_CHAT + i),
          chat: FIRST_CHAT + i,
          npsn: String(69_900_001 + (i % 30)),
          name: 'Qxbapak Rekaan',
          pupils,
          patienceMs: size.pace.patienceMs,
          upSince: () => fleet.upSince(),
          signal: done.signal,
        }),
      )
    }
    office = startOffice({ urls: () => fleet.adminUrls, random, signal: done.signal })
    const limit = Date.now() + size.limitMs
    const judge = await openJudge({ mongodbUri: fleet.stores.mongodbUri, dataDir })
    try {
      let told = 0
      await until(
        async () => {
          if (phase === 'named' && (left.size === 0 || Date.now() - lastDeath > size.pace.quietMs)) {
            // what is left of the named ones stays armed
            phase = size.randomKills > 0 ? 'random' : 'calm'
            // armed anew: the one that is killed now takes the odds with it
            if (phase === 'random') fleet.kill(Math.floor(random() * fleet.size))
          }
          for (const { ledger } of people) if (ledger.refused.length > 0) throw new Error(ledger.refused.join('\n'))
          const finished = people.every((one) => one.idle) && office!.idle
          if (finished && phase === 'random') phase = 'calm'
          if (Date.now() - told > 10_000) {
            told = Date.now()
            const tickets = people.reduce(
              (sum, { ledger }) => sum + ledger.pupils.filter((p) => p.tickets.size > 0).length,
              0,
            )
            say(`${phase}: ${tickets} tickets, ${office!.decisions().length} decisions, ${fleet.deaths.length} deaths`)
          }
          return (
            finished &&
            fleet.upSince() !== undefined &&
            (await judge.settled().catch(() => false)) &&
            office!.idle &&
            people.every((one) => one.idle)
          )
        },
        limit - Date.now(),
        'the end of the crash run',
      ).catch(async (error: unknown) => {
        const stuck = people
          .filter((one) => !one.idle)
          .map(({ ledger }) => ({
            chat: ledger.chat,
            without: ledger.pupils.filter((p) => p.tickets.size === 0).length,
            heard: ledger.heard.slice(-4),
          }))
        const unsettled = await judge.unsettled()
        throw new Error(`${String(error)}\n${JSON.stringify({ phase, unsettled, stuck }, null, 1)}`)
      })
      done.abort()
      await Promise.all([...people.map((one) => one.ended), office.ended])
      const ledgers = people.map(({ ledger }) => ledger)
      const seen = ledgers.map(({ chat }) => ({
        chat,
        texts: api.sent.filter((message) => message.chat === chat).map((message) => message.text),
      }))
      const { lost, doubled, wrong, ...counts } = await judge.verdict({ ledgers, decisions: office.decisions(), seen })
      const codes = await fleet.stop()
      const readable = await searchReadable({
        dataDir,
        mongodbUri: fleet.stores.mongodbUri,
        output: fleet.output(),
      })
      if (codes.some((code) => code !== 0)) wrong.push(`SIGTERM ended the processes with ${codes.join(', ')}`)
      wrong.push(...office.strange(), ...ledgers.flatMap((ledger) => ledger.strange))
      const atFailpoints = wanted - left.size
      return {
        figures: {
          submissions: size.coordinators * size.pupils,
          processes: size.layout.length,
          failpoints: wanted,
          killsAtFailpoints: atFailpoints,
          killsAtRandom: atRandom,
          storeKills,
          askedAgain: ledgers.reduce((sum, ledger) => sum + ledger.askedAgain, 0),
          ...counts,
          searchedBytes: readable.bytes,
          readable: readable.found.length,
          seconds: Math.round((Date.now() - begun) / 1000),
          lost: lost.length,
          doubled: doubled.length,
          wrong: wrong.length,
        },
        complaints: [...lost, ...doubled, ...wrong, ...readable.found.map((what) => `readable: ${what}`)],
        unreached: [...left],
      }
    } finally {
      await judge.close()
    }
  } finally {
    done.abort()
    await Promise.allSettled([...people.map((one) => one.ended), office?.ended])
    await fleet.close()
    await api.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Most pupils have five papers in one album; some send them singly, unnamed, or with very many pages. */
function sizeOf(n: number): { files: number; way: Pupil['way'] } {
  const sizes = [
    { files: 5, way: 'album' },
    { files: 60, way: 'album' },
    { files: 5, way: 'single' },
    { files: 5, way: 'photos' },
    { files: 23, way: 'album' },
  ] as const
  return sizes[n % sizes.length]!
}
