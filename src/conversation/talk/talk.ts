import type { InboxMessage, Waiting } from '../../models/chat/inbox.ts'
import type { Effect, Turn, TurnFile } from '../../models/chat/turn.ts'
import type { Decision, OpenTurn } from '../../models/chat/turns.ts'
import type { Facts } from '../facts.ts'
import type { Message } from '../performer.ts'
import { nextTurn } from './bag.ts'
import { createMemory } from './memory.ts'
import type { TalkDeps } from './talk-deps.ts'
import type { Chat } from './memory.ts'
import { inputOf, standAside } from './turn-input.ts'

/** So soon a turn is looked at again that another process is at, later each time. */
const OTHERS_MS = 100
const MOST_OTHERS_MS = 1_500

export type Talk = ReturnType<typeof createTalk>

/**
 * One chat at a time: takes its waiting messages into turns, decides, performs, says. Several processes may run the same
 * chat: what each remembers of it ends in an insert that fails where it was wrong; then the chat is read afresh.
 */
export function createTalk(deps: TalkDeps) {
  const { inbox, turns, life, now, log } = deps
  const chats = createMemory()
  let stopped = false

  function run(id: string, chat: Chat): Promise<void> {
    if (stopped) return Promise.resolve()
    if (chat.running) {
      chat.more = true
      return chat.running
    }
    clearTimeout(chat.timer?.handle)
    chat.timer = undefined
    chat.running = turnsOf(id, chat).then(
      (again) => {
        chat.running = undefined
        if (chat.more) void run(id, chat)
        else if (again) comeBack(id, chat, again.getTime() - now().getTime())
      },
      (err: unknown) => {
        log.error({ err, chat: id }, 'a chat failed; the sweeper comes back to it')
        // the same object stays: nobody else works this chat meanwhile, and nothing of what it knew is believed
        forgetWhatIsKnown(chat)
        chat.running = undefined
      },
    )
    return chat.running
  }
  function forgetWhatIsKnown(chat: Chat): void {
    clearTimeout(chat.timer?.handle)
    Object.assign(chat, { timer: undefined, n: undefined, open: undefined, more: false, ask: false })
    chat.waiting.clear()
  }
  /** Works the chat in `ms`, unless it is to be worked sooner. */
  function comeBack(id: string, chat: Chat, ms: number): void {
    const at = performance.now() + ms
    if (stopped || (chat.timer && chat.timer.at <= at)) return
    clearTimeout(chat.timer?.handle)
    chat.timer = { at, handle: setTimeout(() => void run(id, chat), Math.max(0, ms)) }
  }

  /** Works the chat until nothing of it can be done now; gives back when something can. */
  async function turnsOf(id: string, chat: Chat): Promise<Date | undefined> {
    for (;;) {
      chat.more = false
      if (stopped) return undefined
      const later = chat.n === undefined ? await load(id, chat) : undefined
      if (later) return later
      if (chat.ask) {
        const read = await inbox.waiting(id)
        heard(chat, read)
        // they are marked when the bag is decided
        for (const message of chat.open?.turn.messages ?? []) chat.waiting.delete(message)
      }
      if (chat.open) {
        const { turn, messages } = chat.open
        try {
          const outcome = await decide(id, chat, messages, turn.closedAt)
          if (outcome instanceof Date) return outcome
          if (outcome === 'lost') chat.n = undefined
        } catch (error) {
          if (chat.open) await turns.postpone(turn._id)
          throw error
        }
        continue
      }
      const waiting = [...chat.waiting.values()].sort(
        (a, b) => a.order - b.order || a.receivedAt.getTime() - b.receivedAt.getTime(),
      )
      const plan = nextTurn(waiting, now(), deps.timing)
      if (!plan) return undefined
      if ('wait' in plan) return plan.wait
      try {
        const outcome = await decide(id, chat, plan.close, plan.at)
        if (outcome === 'lost') chat.n = undefined
        else for (const message of plan.close) chat.waiting.delete(message._id)
        if (outcome instanceof Date) return outcome
      } catch (error) {
        if (chat.n !== undefined) await inbox.postpone(plan.close)
        throw error
      }
    }
  }

  /**
   * Makes a turn of these messages and takes it to its end; gives back when to come back while its files are waited for.
   * `lost`: another process was faster with this number or with one of the messages, and nothing was done.
   */
  async function decide(
    id: string,
    chat: Chat,
    messages: readonly InboxMessage[],
    closedAt: Date,
  ): Promise<'done' | 'lost' | Date> {
    const open: OpenTurn = chat.open?.turn ?? {
      _id: `${id}.${chat.n! + 1}`,
      chat: id,
      n: chat.n! + 1,
      messages: messages.map((message) => message._id),
      closedAt,
    }
    const files = messages.some((message) => message.files > 0) ? await deps.filesOf(messages) : []
    // what the service itself has to tell goes on, as notices do
    const system = messages[0]?.channel === 'system'
    const turn: Turn = {
      ...inputOf(messages, files),
      id: open._id,
      chat: id,
      closedAt,
      ...(messages[0] && { saidAt: messages[0].receivedAt }),
    }
    const waits = files.filter((file) => file.state === 'waiting').map((file) => file.id)
    const patience = new Date(closedAt.getTime() + deps.timing.downloads)
    if (waits.length > 0 && now() < patience && !(await deps.takenOver(id))) {
      if (!chat.open && !(await turns.insert(open))) return 'lost'
      chat.n = open.n
      chat.open = { turn: open, messages }
      return patience
    }
    const [aside, facts, queued] = await Promise.all([
      !system && deps.takenOver(id),
      deps.facts(chat.session, turn),
      deps.isQueuedIn(id),
    ])
    const decision: Decision = {
      decided: aside ? standAside(chat.session, turn) : deps.advance(chat.session, turn, facts),
      by: life.self,
      awaiting: aside ? [] : waits,
      looking: aside ? undefined : lookingAt(closedAt, files),
    }
    if (!(await (chat.open ? turns.decide(open, decision) : turns.insert(open, decision)))) return 'lost'
    // until all effects have their rows nothing may be built on it: not by this process either
    chat.n = undefined
    chat.open = undefined
    await performAll(chat, open, decision.decided.effects, queued ? 'queued' : 'now', facts.coordinator)
    chat.n = open.n
    chat.session = decision.decided.session
    if (decision.awaiting.length > 0) await deps.recheckFiles(decision.awaiting)
    return 'done'
  }

  async function performAll(
    chat: Chat,
    turn: OpenTurn,
    effects: readonly Effect[],
    saying: Chat['saying'],
    coordinator?: Facts['coordinator'],
  ): Promise<void> {
    chat.saying = saying
    // some effects change who speaks: what comes after them asks anew
    const speaker = effects.some(({ kind }) => kind === 'register' || kind === 'admit')
      ? undefined
      : (coordinator ?? undefined)
    try {
      for (const [i, effect] of effects.entries())
        await deps.perform(effect, { key: `${turn._id}/${i}`, turn, speaker })
    } catch (error) {
      await turns.postpone(turn._id)
      throw error
    }
    if (chat.saying !== 'now') deps.hintSend(turn.chat)
    inbox.turned(...turn.messages)
    turns.done(turn._id)
  }

  /**
   * Reads where the chat is; a turn that a killed process left is taken to its end first. Gives when to come back while
   * another process is at it, or where it has failed and its time has not come.
   */
  async function load(id: string, chat: Chat): Promise<Date | undefined> {
    const [{ turn, session }, waiting] = await Promise.all([turns.latest(id), inbox.waiting(id)])
    if (turn && turn.state !== 'done' && turn.attempts > 0 && turn.nextAttemptAt > now()) return turn.nextAttemptAt
    if (turn?.state === 'decided' && !turns.isDone(turn._id)) {
      if (turn.by !== undefined && turn.by !== life.self && (await life.isAlive(turn.by))) {
        chat.met += 1
        return new Date(now().getTime() + Math.min(MOST_OTHERS_MS, OTHERS_MS * chat.met))
      }
      if (turn.session === undefined) await turns.keepSession(turn._id, session)
      await performAll(chat, turn, turns.effectsOf(turn), turn.by === undefined ? 'queued' : 'interrupted')
      if (turn.awaiting && turn.awaiting.length > 0) await deps.recheckFiles(turn.awaiting)
    }
    chat.open = turn?.state === 'open' ? { turn, messages: await inbox.byIds(turn.messages) } : undefined
    chat.session = session
    chat.met = 0
    heard(chat, waiting)
    const taken = await turns.ofMessages([...chat.waiting.keys()])
    for (const message of taken) chat.waiting.delete(message)
    // whoever was to mark them was killed; those of an open turn are marked at its end
    const open = chat.open?.turn.messages ?? []
    inbox.turned(...[...taken].filter((message) => !open.includes(message)))
    chat.n = turn?.n ?? 0
    return undefined
  }

  /** What the store says that waits. Where that is only the first part of it, nothing behind it goes before the rest. */
  function heard(chat: Chat, { messages, cut }: Waiting): void {
    chat.ask = cut
    const last = messages.at(-1)
    if (cut && last) {
      for (const [id, message] of chat.waiting) if (message.order > last.order) chat.waiting.delete(id)
    }
    for (const message of messages) chat.waiting.set(message._id, message)
  }

  function lookingAt(closedAt: Date, files: readonly TurnFile[]): Decision['looking'] {
    if (deps.lookPatience === undefined) return undefined
    const ids = files.filter((file) => file.state !== 'failed').map((file) => file.id)
    return { files: ids, verdictAt: new Date(closedAt.getTime() + deps.lookPatience) }
  }

  return {
    /** For the performer: ends what the turn's insert has begun; what does not go out holds back what is behind it. */
    async say(message: Message): Promise<void> {
      const chat = chats.of(message.chat)
      if (chat.saying === 'interrupted') {
        await deps.keepSaid(message, { state: 'interrupted' })
        return
      }
      const ending = chat.saying === 'now' && !message.notice ? await deps.sayNow(message) : undefined
      if (ending?.state !== 'sent') chat.saying = 'queued'
      await deps.keepSaid(message, ending)
    },

    /** For the way in: these messages are stored and wait. */
    take(id: string, messages: readonly InboxMessage[]): Promise<void> {
      const chat = chats.of(id)
      for (const message of messages) chat.waiting.set(message._id, message)
      return run(id, chat)
    },

    /** Something has come to this chat, or settled in it: the store is asked, now or within `ms`. */
    wake(id: string, ms = 0): Promise<void> {
      const chat = chats.of(id)
      chat.ask = true
      if (ms === 0) return run(id, chat)
      comeBack(id, chat, ms)
      return Promise.resolve()
    },

    /** For the sweeper: a turn that nobody has ended. A chat that is worked is left alone. */
    resume(id: string): Promise<void> {
      const chat = chats.of(id)
      if (chat.running) return chat.running
      chat.n = undefined
      return run(id, chat)
    },

    /** Lets go of what is known of chats that have said nothing for long. */
    forgetIdle: chats.forgetIdle,

    /** Ends what is being said; nothing is begun afterwards. */
    async stop(): Promise<void> {
      stopped = true
      for (const chat of chats.all()) clearTimeout(chat.timer?.handle)
      await Promise.all(chats.all().flatMap((chat) => (chat.running ? [chat.running] : [])))
      await Promise.all([inbox.flush(), turns.flush()])
    },
  }
}
