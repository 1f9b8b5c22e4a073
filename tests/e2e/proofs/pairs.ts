import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FakeBotApi } from '../../servers/fake-bot-api.ts'
import { createChatterbox } from '../support/chatterbox.ts'
import { startFleet } from '../support/fleet.ts'
import { seeded } from '../support/random.ts'
import { until } from '../support/service.ts'
import { openTurnJudge } from '../support/turn-judge.ts'
import type { TurnVerdict } from '../support/turn-judge.ts'

export type PairsSize = {
  seed: number
  /** Each with all roles, on the same stores; a message goes to any of them. */
  processes: number
  chats: number
  /** Lines come in pairs, the second posted right behind the first; or one by one. */
  paired: boolean
  kills: number
  /** The kills, and then what is left to do, each have to be over by then. */
  limitMs: number
  say?: (line: string) => void
}
export type PairsFigures = Omit<TurnVerdict, 'lost' | 'doubled' | 'wrong'> & {
  processes: number
  chats: number
  kills: number
  lost: number
  doubled: number
  wrong: number
  /** What was not at its end after the run. */
  open: number
  seconds: number
}

const HOOK_PATH = '/telegram/pairs'
const HOOK_SECRET = 'rekaan-secret'
const FIRST_CHAT = 772_000_001
/** A kill comes so long after all processes were ready. */
const KILL_MS = { from: 300, to: 1_800 }
/** Of the sends, so many are refused: they come again. */
const REFUSED = 0.02
/** A start, on a machine with other work. */
const START_MS = 60_000

/**
 * kill -9 again and again at random moments, while people write on. Afterwards what the platform acknowledged and showed
 * is held against the store: every message in exactly one turn, every reply shown, in order, and once, unless the service
 * itself counts its sending as interrupted.
 */
export async function provePairs(size: PairsSize): Promise<{ figures: PairsFigures; complaints: string[] }> {
  const say = size.say ?? (() => undefined)
  const begun = Date.now()
  const random = seeded(size.seed)
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-pairs-'))
  const api = new FakeBotApi()
  const root = await api.open()
  const fleet = await startFleet({
    dataDir,
    layout: Array.from({ length: size.processes }, () => 'all'),
    env: {
      LOG_LEVEL: 'error',
      DEMO: '1',
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: root,
      // the platform of this run posts to each process by itself
      TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:1${HOOK_PATH}`,
      TELEGRAM_WEBHOOK_SECRET: HOOK_SECRET,
    },
    arm: () => undefined,
  })
  const hooks = {
    urls: () => fleet.adminUrls.map((url) => url + HOOK_PATH),
    secret: HOOK_SECRET,
    random,
  }
  const people = Array.from({ length: size.chats }, (_, i) => createChatterbox(api, FIRST_CHAT + i, hooks))
  api.shows = (message) => people[message.chat - FIRST_CHAT]?.hear(message)
  try {
    await fleet.ready()
    await Promise.all(people.map((person, i) => person.begin(String(69_900_001 + (i % 30)))))
    api.refuses = (method) =>
      method === 'sendMessage' && random() < REFUSED ? { code: 500, description: 'Internal Server Error' } : undefined
    let talking = people.length
    const since = Date.now()
    for (const person of people) void person.talk(size.paired).then(() => (talking -= 1))

    const limit = Date.now() + size.limitMs
    for (let kill = 1; kill <= size.kills && Date.now() < limit; kill++) {
      const after = KILL_MS.from + random() * (KILL_MS.to - KILL_MS.from)
      const upSince = (): number => Math.max(fleet.upSince() ?? Infinity, since)
      await until(() => Date.now() - upSince() >= after, START_MS, 'the moment of a kill')
      fleet.kill(Math.floor(random() * fleet.size))
      await until(() => fleet.deaths.length === kill, START_MS, 'the death of a process')
      say(`${kill} kills, ${people.reduce((sum, { shown }) => sum + shown.length, 0)} replies`)
    }
    await until(() => fleet.upSince() !== undefined, START_MS, 'the last start')
    for (const person of people) person.stop()

    const judge = await openTurnJudge(fleet.stores.mongodbUri)
    try {
      const unanswered = await until(() => talking === 0, size.limitMs, 'the last answer').catch(() => talking)
      const isOver = async (): Promise<boolean> => Object.values(await judge.open()).every((count) => count === 0)
      await until(isOver, START_MS).catch(() => undefined)
      const open = await judge.open()
      const codes = await fleet.stop()
      const { lost, doubled, wrong, ...counts } = await judge.verdict(people)
      if (unanswered) lost.push(`${unanswered} chats wait for an answer`)
      for (const [what, count] of Object.entries(open)) if (count > 0) wrong.push(`${count} ${what} are left open`)
      if (codes.some((code) => code !== 0)) wrong.push(`SIGTERM ended the processes with ${codes.join(', ')}`)
      if (fleet.deaths.some((death) => death !== 'killed')) wrong.push(`a process ended by itself: ${fleet.output()}`)
      return {
        figures: {
          processes: size.processes,
          chats: size.chats,
          kills: fleet.deaths.length,
          ...counts,
          lost: lost.length,
          doubled: doubled.length,
          wrong: wrong.length,
          open: Object.values(open).reduce((sum, count) => sum + count, 0),
          seconds: Math.round((Date.now() - begun) / 1000),
        },
        complaints: [...lost, ...doubled, ...wrong],
      }
    } finally {
      await judge.close()
    }
  } finally {
    await fleet.close()
    await api.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
