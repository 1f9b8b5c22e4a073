import type { InboxMessage } from '../../models/chat/inbox.ts'
import type { Session } from '../../models/chat/session.ts'
import type { OpenTurn } from '../../models/chat/turns.ts'

/** What this process knows of a chat. Only a guess: the next turn's insert says whether it still holds. */
export type Chat = {
  /** The number of its latest turn; undefined where the store has to be asked. */
  n: number | undefined
  session: Session | null
  waiting: Map<string, InboxMessage>
  /** Its latest turn where that is not decided: a bag that waits for downloads. */
  open: { turn: OpenTurn; messages: readonly InboxMessage[] } | undefined
  /** How what is performed now is said. */
  saying: 'now' | 'queued' | 'interrupted'
  running: Promise<void> | undefined
  /** Something came during a run: another follows it. */
  more: boolean
  /** Something may have come that this process was not handed: the store is asked. */
  ask: boolean
  /** When the chat is to be worked again. */
  timer: { handle: NodeJS.Timeout; at: number } | undefined
  /** How often another process was found at its latest turn. */
  met: number
  usedAt: number
}

const MOST_CHATS = 20_000
/** What the purge may have let go of meanwhile is not held on to. */
const IDLE_MS = 600_000

/** The chats that this process has in mind; those that say nothing for long are let go of. */
export function createMemory() {
  const chats = new Map<string, Chat>()

  function forget(idleMs: number): void {
    const before = performance.now() - idleMs
    for (const [id, chat] of chats) if (!chat.running && !chat.timer && chat.usedAt <= before) chats.delete(id)
  }
  return {
    of(id: string): Chat {
      const known = chats.get(id)
      if (known) {
        known.usedAt = performance.now()
        return known
      }
      if (chats.size >= MOST_CHATS) forget(0)
      const chat: Chat = {
        n: undefined,
        session: null,
        waiting: new Map(),
        open: undefined,
        saying: 'queued',
        running: undefined,
        more: false,
        ask: false,
        timer: undefined,
        met: 0,
        usedAt: performance.now(),
      }
      chats.set(id, chat)
      return chat
    },
    forgetIdle: (): void => forget(IDLE_MS),
    all: () => [...chats.values()],
  }
}
