import { grammyConversation } from './baselines/grammy-conversation.ts'
import type { Kept } from './baselines/grammy-conversation.ts'
import { nikOf } from './support/pupils.ts'
import { median } from './support/result.ts'
import type { Bench, Result, Row } from './support/result.ts'
import { World } from '../tests/conversation/world.ts'
import { advance } from '../src/conversation/engine.ts'
import { reviveSession } from '../src/models/chat/session.ts'
import type { Session } from '../src/models/chat/session.ts'
import type { Turn } from '../src/models/chat/turn.ts'

/** What is said about the n-th pupil; seven turns. */
const wordsOf = (n: number): readonly string[] => [
  'AJUKAN',
  '1',
  `Anak Rekaan ${'abcdefghij'[n % 10]}`,
  nikOf(n),
  'YA',
  '4A',
  'nanti',
]
const WORDS = Array.from({ length: 40 }, (_, n) => wordsOf(n)).flat()
const PUPIL = 7
/** Rounds until the compiler has seen enough of both. */
const WARM_UP = 40

/** One decided turn of the same small dialogue, early and late in a conversation. */
export const run: Bench = async (sizes): Promise<Result> => {
  const rounds = sizes.pick(60, 5)
  const stands = [
    {
      past: 10,
      ours: [] as number[],
      bare: [] as number[],
      turns: preparedEngine(10),
      theirs: await preparedGrammy(10),
    },
    {
      past: 200,
      ours: [] as number[],
      bare: [] as number[],
      turns: preparedEngine(200),
      theirs: await preparedGrammy(200),
    },
  ]
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const { ours, bare, turns, theirs } of stands) {
      const ourTime = timed(() => {
        for (const turn of turns) turn()
      })
      const begun = performance.now()
      for (const turn of theirs) await turn()
      const theirTime = performance.now() - begun
      if (round < 0) continue
      ours.push((ourTime * 1000) / PUPIL)
      bare.push((theirTime * 1000) / PUPIL)
    }
  }
  const rows = stands.map(({ past, ours, bare }): Row => ({
    what: `one turn after ${past} past turns`,
    unit: 'µs',
    ours: median(ours),
    baseline: median(bare),
  }))
  const [early, late] = rows
  return {
    title: 'Engine turn',
    how:
      `The next seven turns (one pupil dictated and laid aside), each from the state as it is stored: JSON in, decided, JSON out; ${rounds} rounds in turns, the ` +
      'median of a turn. Ours is `advance` with its facts (an office, a school, the drafts so far). The baseline is ' +
      '`@grammyjs/conversations` with the same questions, answers by plain patterns, and a platform that answers on the ' +
      'spot; it replays the conversation from its beginning. The ratio is of time: less is better.',
    rows: [
      ...rows,
      {
        what: 'growth from 10 to 200 past turns',
        unit: '×',
        ours: late!.ours / early!.ours,
        baseline: late!.baseline! / early!.baseline!,
      },
    ],
  }
}

function timed(work: () => void): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

/** Seven turns of the engine, each with the stored session before it and the facts of that moment. */
function preparedEngine(past: number): (() => void)[] {
  const world = new World({ flow: 'menu' })
  for (const text of WORDS.slice(0, past)) world.say({ text })
  return WORDS.slice(past, past + PUPIL).map((text, i) => {
    const stored = JSON.stringify(world.session)
    const turn: Turn = { id: `bench-${i}`, chat: 'chat1', closedAt: world.now, kind: 'text', text }
    const facts = world.facts(turn)
    world.say({ text })
    return () => void JSON.stringify(advance(reviveSession(JSON.parse(stored) as Session), turn, facts))
  })
}

/** The same seven turns of the baseline, each from its stored state before. */
async function preparedGrammy(past: number): Promise<(() => Promise<void>)[]> {
  const kept: Kept = { text: undefined }
  const say = await grammyConversation(kept)
  await say('/start')
  for (const text of WORDS.slice(0, past)) await say(text)
  const turns: (() => Promise<void>)[] = []
  for (const text of WORDS.slice(past, past + PUPIL)) {
    const stored = kept.text
    if (stored === undefined) throw new Error('the conversation of the baseline has ended')
    turns.push(async () => {
      kept.text = stored
      await say(text)
    })
    await say(text)
    if (kept.text === stored) throw new Error('the baseline did not take a turn')
  }
  return turns
}
