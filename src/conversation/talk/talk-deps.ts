import type { Log } from '../../config/log.ts'
import type { Inbox, InboxMessage } from '../../models/chat/inbox.ts'
import type { Session } from '../../models/chat/session.ts'
import type { Decided, Turn, TurnFile } from '../../models/chat/turn.ts'
import type { Turns } from '../../models/chat/turns.ts'
import type { Ending } from '../../models/notice/deliveries.ts'
import type { LifeSign } from '../../models/store/life-sign.ts'
import type { Facts } from '../facts.ts'
import type { Message, Perform } from '../performer.ts'
import type { BagTiming } from './bag.ts'

/** What a talk needs of the stores, of the conversation, and of the ways in and out. */
export type TalkDeps = {
  inbox: Inbox
  turns: Turns
  life: Pick<LifeSign, 'self' | 'isAlive'>
  /** The files of these messages, in their order; a file without a row yet counts as waiting. */
  filesOf(messages: readonly InboxMessage[]): Promise<TurnFile[]>
  facts(session: Session | null, turn: Turn): Promise<Facts>
  advance(session: Session | null, turn: Turn, facts: Facts): Decided
  /** Executes one effect under its key; a second call with the same key changes nothing. What it says comes to `say`. */
  perform: Perform
  /** Whether an operator answers this chat: its turns are then recorded and not answered. */
  takenOver(chat: string): Promise<boolean>
  /** Whether a delivery stands in this chat: what is said now has to stand behind it. */
  isQueuedIn(chat: string): Promise<boolean>
  /** Says it at once: how that ended, or undefined where it has to be queued, as when the sign of life is over. */
  sayNow(message: Message): Promise<Ending | undefined>
  /** Keeps what is said, as it is after its first attempt. Nothing happens where its key is known. */
  keepSaid(message: Message, ending: Ending | undefined): Promise<unknown>
  /** Something is queued in this chat. */
  hintSend(chat: string): void
  /** Called when a file that a decided turn waits for may have settled already. */
  recheckFiles(files: readonly string[]): Promise<void>
  timing: BagTiming
  /** How long after a turn its files are waited for to be looked at, in ms; absent where nobody looks at them. */
  lookPatience?: number
  now: () => Date
  log: Log
}
