import type { Talked, TalkingChat } from './support/platform.ts'
import { nikOf, schoolOf } from './support/pupils.ts'
import { median } from './support/result.ts'
import type { Bench, Result, Row } from './support/result.ts'
import { onStand } from './support/stand.ts'
import { openOurs, openPlainBot, openPlatform, processorMs } from './support/talkers.ts'
import type { Bot } from './support/talkers.ts'
import { writesServed } from './support/writes.ts'

const REGISTERING = ['halo', 'SETUJU', 'NPSN', 'YA', 'Orang Rekaan, guru kelas'] as const
const CONTENDERS = ['session', 'stores', 'ours'] as const
type Contender = (typeof CONTENDERS)[number]
/** One round of one bot. Of one turn: processor time in ms, the bot's and the load's, and write commands. */
type Round = {
  turnsPerSecond: number
  p50: number
  p95: number
  processor: number
  load: number
  writes: number | undefined
}
type Rounds = Record<Contender, Round[]>

/** Whole turns, from the message on the webhook to the reply at the platform, beside a plain bot: many chats, and one. */
export const run: Bench = (sizes) =>
  onStand(async (stand): Promise<Result> => {
    const chats = sizes.pick(200, 40)
    const rounds = sizes.pick(3, 1)
    const alonePupils = sizes.pick(4, 1)
    const { database } = await stand.open('turns')
    const platform = await openPlatform()
    const bots: Record<Contender, Bot> = {
      session: await openPlainBot(stand, platform, 'session'),
      stores: await openPlainBot(stand, platform, 'said'),
      ours: await openOurs(stand, platform, 'turns'),
    }

    async function measured(bot: Bot, talking: readonly TalkingChat[]): Promise<Round> {
      const before = await counted(bot)
      const talked = await platform.talk(bot.hook, talking)
      const after = await counted(bot)
      return roundOf(talked, before, after)
    }
    async function counted({ pids }: Bot): Promise<Counted> {
      const writes = await writesServed(database)
      return { processor: await processorMs(pids), load: await processorMs([platform.pid]), writes }
    }
    /** The bots take turns; what a round's chats say before it, warming them up, is not measured. */
    async function compared(ofRound: (round: number) => Talking, first?: Talking): Promise<Rounds> {
      const found: Rounds = { session: [], stores: [], ours: [] }
      for (const name of CONTENDERS) if (first) await platform.talk(bots[name].hook, first.measured)
      for (let round = 0; round < rounds; round++) {
        const { before, measured: talking } = ofRound(round)
        for (const name of CONTENDERS) {
          if (before) await platform.talk(bots[name].hook, before)
          found[name].push(await measured(bots[name], talking))
        }
      }
      return found
    }
    try {
      const many = Array.from({ length: chats }, (_, i) => FIRST_CHAT + i)
      const crowd = await compared(
        (round) => ({ measured: many.map((id, i) => dictating(id, round * chats + i, 1)) }),
        {
          measured: many.map((id, i) => registering(id, i)),
        },
      )
      const alone = await compared((round) => {
        const id = FIRST_CHAT + chats + round
        const n = rounds * chats + round * (alonePupils + 1)
        const { lines } = dictating(id, n, 1)
        return {
          before: [{ id, lines: [...registering(id, round).lines, ...lines] }],
          measured: [dictating(id, n + 1, alonePupils)],
        }
      })
      return {
        title: 'Whole turns',
        how:
          'Telegram by webhook: fake platform and load are one process of their own (plain http, 40 kept connections), and a ' +
          'chat says its next line when the last is answered: pupils are dictated line by line (name, NIK, birth date, class, ' +
          `laid aside). Ours is one process with all roles. The baseline, unless a line names the other, is a plain bot that ` +
          'stores what is said: telegraf, a mongoose document for each chat (find, decide, save, reply), a row for each ' +
          'message and each reply; it seals nothing, and loses or doubles on a kill. The other keeps only the session. All ' +
          `three on the same engine, in turns, ${rounds} rounds of ${chats * 7} turns at ${chats} chats and of ` +
          `${alonePupils * 7} at one that is warm; medians. Processor time is process, engine and Redis, user and system ` +
          'of all threads; writes are write commands by the count of the engine, one may carry those of several turns.',
        rows: [...crowdRows(crowd, chats), ...aloneRows(alone)],
      }
    } finally {
      for (const name of CONTENDERS) await bots[name].stop()
      platform.close()
      await database.close()
    }
  })

type Talking = { before?: readonly TalkingChat[]; measured: readonly TalkingChat[] }
const FIRST_CHAT = 71_000_000

/** A chat that registers with a sample school, up to its first question about a pupil. */
function registering(id: number, i: number): TalkingChat {
  return { id, lines: REGISTERING.map((word) => (word === 'NPSN' ? schoolOf(i) : word)) }
}

/** Dictates pupils and lays each aside before its documents, so that no bag of files has to be waited for. */
function dictating(id: number, first: number, count: number): TalkingChat {
  const lines = Array.from({ length: count }, (_, i) => first + i).flatMap((n) => [
    'AJUKAN',
    '1',
    `Anak Rekaan ${'abcdefghij'[n % 10]}`,
    nikOf(n),
    'YA',
    '4A',
    'nanti',
  ])
  return { id, lines }
}

type Counted = { processor: number; load: number; writes: number | undefined }

function roundOf({ turns, seconds, waitMs }: Talked, before: Counted, after: Counted): Round {
  const sorted = waitMs.toSorted((a, b) => a - b)
  return {
    turnsPerSecond: turns / seconds,
    p50: median(sorted),
    p95: sorted[Math.floor(0.95 * (sorted.length - 1))]!,
    processor: (after.processor - before.processor) / turns,
    load: (after.load - before.load) / turns,
    writes:
      before.writes === undefined || after.writes === undefined ? undefined : (after.writes - before.writes) / turns,
  }
}

function crowdRows(rounds: Rounds, chats: number): Row[] {
  const at = `${chats} chats`
  return [
    { ...beside(rounds, 'turnsPerSecond', `${at}: turns`, 'turns/s'), goal: { of: 'ratio', least: 1.2, stretch: 1.5 } },
    beside(rounds, 'turnsPerSecond', `${at}: turns, beside the bot that keeps only the session`, 'turns/s', 'session'),
    {
      ...alone(rounds, 'turnsPerSecond', `${at}: turns, by themselves`, 'turns/s'),
      goal: { of: 'ours', least: 250, stretch: 400 },
    },
    { ...beside(rounds, 'processor', `${at}: processor time a turn`, 'ms'), goal: { of: 'ratio', most: 0.9 } },
    beside(rounds, 'processor', `${at}: processor time, beside the bot that keeps only the session`, 'ms', 'session'),
    beside(rounds, 'load', `${at}: processor time of platform and load, in no other figure`, 'ms'),
    ...writesRow(rounds, at, 0.5),
    beside(rounds, 'p50', `${at}: wait for the answer, p50`, 'ms'),
    beside(rounds, 'p95', `${at}: wait for the answer, p95`, 'ms'),
  ]
}

function aloneRows(rounds: Rounds): Row[] {
  return [
    { ...beside(rounds, 'p50', '1 chat: wait for the answer, p50', 'ms'), goal: { of: 'ratio', most: 2 } },
    beside(rounds, 'p95', '1 chat: wait for the answer, p95', 'ms'),
    beside(rounds, 'turnsPerSecond', '1 chat: turns', 'turns/s'),
    beside(rounds, 'processor', '1 chat: processor time a turn', 'ms'),
    ...writesRow(rounds, '1 chat', 5),
  ]
}

/** None where the engine keeps no count. */
function writesRow(rounds: Rounds, at: string, most: number): Row[] {
  if (rounds.ours.some(({ writes }) => writes === undefined)) return []
  return [{ ...beside(rounds, 'writes', `${at}: write commands a turn`, 'commands'), goal: { of: 'ours', most } }]
}

function beside(
  rounds: Rounds,
  field: keyof Round,
  what: string,
  unit: string,
  baseline: Contender = 'stores',
): Row & { baseline: number } {
  return { ...alone(rounds, field, what, unit), baseline: middle(rounds[baseline], field) }
}

function alone(rounds: Rounds, field: keyof Round, what: string, unit: string): Row {
  return { what, unit, ours: middle(rounds.ours, field) }
}

function middle(rounds: readonly Round[], field: keyof Round): number {
  return median(rounds.map((round) => round[field] ?? Number.NaN))
}
