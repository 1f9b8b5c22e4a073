import type { Log } from '../config/log.ts'
import type { Inbox, InboxMessage } from '../models/chat/inbox.ts'
import type { TurnDocument, Turns } from '../models/chat/turns.ts'
import { nextTurn } from './bag.ts'
import type { BagTiming } from './bag.ts'

export type MailboxDeps = {
  inbox: Inbox
  turns: Turns
  /**
   * Takes an opened turn to its end, or says when to come back (downloads). Safe to run twice at once. `messages` are
   * those of the turn, where they have just been read.
   */
  runTurn: (turn: TurnDocument, messages?: readonly InboxMessage[]) => Promise<{ again: Date } | 'done'>
  /** Whether this channel's messages are persisted in their order. */
  ordered: (channel: string) => boolean
  timing: BagTiming
  now: () => Date
  log: Log
}

export type Mailbox = {
  /**
   * Works one chat until nothing of it can be done now; `again` says when something can. Several processes may run the
   * same chat at once: turns are opened by a unique insert and decided once, so that they repeat each other's work
   * harmlessly.
   */
  run: (chat: string) => Promise<{ again?: Date }>
}

export function createMailbox({ inbox, turns, runTurn, ordered, timing, now, log }: MailboxDeps): Mailbox {
  return {
    async run(chat) {
      // what was taken to its end here needs no second look: whoever has opened the next turn meanwhile shows in its insert
      let known: TurnDocument | undefined
      for (;;) {
        const latest: TurnDocument | null = known ?? (await turns.latest(chat))
        known = undefined
        if (latest && latest.state !== 'done') {
          const outcome = await attempt(latest)
          if (outcome !== 'done') return outcome
          continue
        }
        const waiting = await inbox.waiting(chat)
        const plan = nextTurn(waiting, now(), timing, ordered)
        if (!plan) return {}
        if ('wait' in plan) return { again: plan.wait }
        const opened = await turns.open(chat, (latest?.n ?? 0) + 1, plan.close, plan.at)
        if (!opened) continue
        const closed = new Set(plan.close)
        const outcome = await attempt(opened, inbox.opened(waiting.filter((message) => closed.has(message._id))))
        if (outcome !== 'done') return outcome
        known = { ...opened, state: 'done' }
      }
    },
  }

  async function attempt(turn: TurnDocument, messages?: readonly InboxMessage[]): Promise<{ again: Date } | 'done'> {
    try {
      return await runTurn(turn, messages)
    } catch (error) {
      const again = await turns.postpone(turn._id, turn.attempts)
      log.error({ err: error, turn: turn._id, attempts: turn.attempts + 1 }, 'turn failed and will be tried again')
      return { again }
    }
  }
}
