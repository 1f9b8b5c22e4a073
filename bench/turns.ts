import { chat } from './support/chatter.ts'
import type { Chatter } from './support/chatter.ts'
import { nikOf, schoolOf } from './support/pupils.ts'
import { median } from './support/result.ts'
import type { Bench, Result } from './support/result.ts'
import { withTelegram } from './support/service.ts'
import type { TelegramService } from './support/service.ts'
import { onStand } from './support/stand.ts'
import { writesServed } from './support/writes.ts'

const REGISTERING = ['halo', 'SETUJU', 'NPSN', 'YA', 'Orang Rekaan, guru kelas'] as const

/** Turns a second from the message on the webhook to the reply at the platform, many chats at once. */
export const run: Bench = (sizes) =>
  onStand((stand) =>
    withTelegram(stand, 'turns', 'all', async ({ api }): Promise<Result> => {
      const chats = sizes.pick(200, 40)
      const pupils = sizes.pick(3, 1)
      const { database } = await stand.open('turns')
      const people = Array.from({ length: chats }, (_, i) => registered(api, i))
      await chat(api, people)
      const before = await writesServed(database)
      const talked = await chat(
        api,
        people.map(({ person }, i) => answering(person, i * pupils, pupils)),
      )
      const after = await writesServed(database)
      await database.close()
      const writes = before === undefined || after === undefined ? [] : [(after - before) / talked.turns]
      return {
        title: 'Whole turns',
        how:
          `Telegram by webhook from the fake Bot API, one process with all roles, ${chats} chats at once, so that neither the ` +
          "pause of a chat nor the platform's pace decides (a Bot API of our own is not paced): pupils are dictated line " +
          `by line (name, NIK, birth date, class, laid aside), ${talked.turns.toLocaleString('en')} turns from the message to the reply at the platform. ` +
          'Fake platform and load share the machine. Writes are write commands by the count of the engine.',
        rows: [
          {
            what: 'turns, inbound to reply sent',
            unit: 'turns/s',
            ours: talked.turns / talked.seconds,
            goal: { of: 'ours', least: 250 },
          },
          { what: 'median wait for the answer under this load', unit: 'ms', ours: median(talked.answerMs) },
          ...writes.map((ours) => ({
            what: 'write commands per turn (one may carry the writes of several turns)',
            unit: 'commands',
            ours,
          })),
        ],
      }
    }),
  )

/** A chat that registers with a sample school, up to its first question about a pupil. */
function registered(api: TelegramService['api'], i: number): Chatter {
  const person = api.person(71_000_000 + i)
  const words = REGISTERING.map((word) => (word === 'NPSN' ? schoolOf(i) : word))
  return { person, next: (turn) => sayer(person, words[turn]) }
}

/** Dictates pupils and lays each aside before its documents, so that no bag of files has to be waited for. */
function answering(person: Chatter['person'], first: number, count: number): Chatter {
  const words = Array.from({ length: count }, (_, i) => first + i).flatMap((n) => [
    'AJUKAN',
    '1',
    `Anak Rekaan ${'abcdefghij'[n % 10]}`,
    nikOf(n),
    'YA',
    '4A',
    'nanti',
  ])
  return { person, next: (turn) => sayer(person, words[turn]) }
}

function sayer(person: Chatter['person'], text: string | undefined): (() => void) | undefined {
  return text === undefined ? undefined : () => void person.text(text)
}
