import { setTimeout as untilItIsOfferedAgain } from 'node:timers/promises'
import type { FakeBotApi, SentMessage } from '../../servers/fake-bot-api.ts'
import { callWebhook } from '../../servers/fake-bot-updates.ts'

/** One line of a person. `token` stands in the answer to it, and in no other answer of the chat. */
export type SaidLine = { order: number; token?: string }
/** One message of the bot on a phone: which line it answers, and which pupil it says the chat is about. */
export type Shown = { token: string; about?: string }

export type Chatterbox = {
  readonly chat: number
  /** All lines, in the order in which they were posted; each was acknowledged once `done`. */
  readonly said: readonly SaidLine[]
  readonly shown: readonly Shown[]
  /** Registers and begins a pupil, a line after each answer. */
  begin(npsn: string): Promise<void>
  /** Talks until it is told to stop; resolves when all that it said is acknowledged and answered. */
  talk(paired: boolean): Promise<void>
  stop(): void
  hear(message: SentMessage): void
}

export type Hooks = { urls: () => readonly string[]; secret: string; random: () => number }

const RETRY_MS = 20
const SYLLABLES = ['ba', 'ci', 'du', 'fe', 'go', 'ha', 'ji', 'ku', 'le', 'mo', 'na', 'pi', 'ru', 'se', 'to', 'wa']
const TICKET = /\bQ\d{4,}-\d\b/
const NAME = /Anak [A-Z][a-z]+/

/**
 * A person who changes the pupil's name again and again, and asks in between for a ticket that is not there: every answer
 * says which line it is for, and the one about the ticket also which name the conversation holds. In pairs the second
 * line is posted right behind the first.
 */
export function createChatterbox(api: FakeBotApi, chat: number, hooks: Hooks): Chatterbox {
  const said: SaidLine[] = []
  const shown: Shown[] = []
  const waiting = new Map<string | undefined, () => void>()
  let stopped = false
  let n = 0

  const answered = (token?: string): Promise<void> => new Promise((resolve) => waiting.set(token, resolve))

  /** Resolves when it is acknowledged, by whichever process; it is offered again until then, to either. */
  async function post(text: string, token?: string): Promise<void> {
    const order = api.updates.nextId()
    said.push({ order, ...(token !== undefined && { token }) })
    const person = { id: chat, first_name: 'Orang Rekaan' }
    const message = {
      message_id: api.nextMessageId(),
      date: Math.floor(Date.now() / 1000),
      from: { ...person, is_bot: false, language_code: 'id' },
      chat: { ...person, type: 'private' },
      text,
    }
    for (;;) {
      const urls = hooks.urls()
      const url = urls[Math.floor(hooks.random() * urls.length)]!
      const status = await callWebhook({ url, secret: hooks.secret, connections: 1 }, { update_id: order, message })
      if (status === 200) return
      await untilItIsOfferedAgain(RETRY_MS)
    }
  }
  function name(): () => Promise<unknown> {
    const token = `Anak ${word((n += 1))}`
    return () => Promise.all([answered(token), post(`ubah nama jadi ${token}`, token)])
  }
  function ticket(): () => Promise<unknown> {
    n += 1
    const token = `Q${1000 + n}-${n % 10}`
    return () => Promise.all([answered(token), post(`STATUS ${token}`, token)])
  }

  return {
    chat,
    said,
    shown,
    async begin(npsn) {
      for (const text of ['halo', 'SETUJU', npsn, 'YA', 'Orang Rekaan, guru kelas', '1', 'Murid Rekaan'])
        await Promise.all([answered(), post(text)])
    },
    async talk(paired) {
      while (!stopped) {
        const lines = paired ? [name(), ticket()] : [n % 2 === 0 ? name() : ticket()]
        await Promise.all(lines.map((line) => line()))
      }
    },
    stop() {
      stopped = true
    },
    hear({ text }) {
      const about = NAME.exec(text)?.[0]
      const token = TICKET.exec(text)?.[0] ?? about
      if (token !== undefined) shown.push({ token, ...(about !== undefined && { about }) })
      waiting.get(token)?.()
      waiting.delete(token)
    },
  }
}

/** A name that no other number has. */
function word(number: number): string {
  let text = ''
  for (let left = number + 16; left > 0; left = Math.floor(left / 16)) text += SYLLABLES[left % 16]
  return text.charAt(0).toUpperCase() + text.slice(1)
}
