import type { FakeBotApi } from '../../tests/servers/fake-bot-api.ts'
import type { FakePerson } from '../../tests/servers/fake-bot-people.ts'

/** One chat of a bench: says the next thing once the last was answered. `next` gives undefined when it has said all. */
export type Chatter = { person: FakePerson; next(turn: number): (() => void) | undefined }
export type Chatted = { turns: number; seconds: number; answerMs: number[] }

const LOOK_MS = 4

/** Lets all chatters talk at once until each has said all. Throws when nothing is answered for `patienceMs`. */
export async function chat(
  api: FakeBotApi,
  chatters: readonly Chatter[],
  watch: (turns: number) => void = () => undefined,
  patienceMs = 40_000,
): Promise<Chatted> {
  const open = new Map(chatters.map((chatter) => [chatter.person.id, { chatter, turn: 0, saidAt: 0 }]))
  const answerMs: number[] = []
  let seen = api.sent.length
  let last = performance.now()
  const begun = last
  const say = (id: number): void => {
    const state = open.get(id)
    if (!state) return
    const words = state.chatter.next(state.turn)
    state.turn += 1
    state.saidAt = performance.now()
    if (words) words()
    else open.delete(id)
  }
  for (const { person } of chatters) say(person.id)
  while (open.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    for (; seen < api.sent.length; seen++) {
      const { chat: id } = api.sent[seen]!
      last = performance.now()
      const state = open.get(id)
      if (state) answerMs.push(last - state.saidAt)
      watch(answerMs.length)
      say(id)
    }
    if (performance.now() - last > patienceMs) throw new Error(`${open.size} chats are not answered any more`)
  }
  return { turns: answerMs.length, seconds: (last - begun) / 1000, answerMs }
}
