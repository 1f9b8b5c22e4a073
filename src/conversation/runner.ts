import type { MediaRef } from '../models/chat/message.ts'
import type { Inbox, InboxMessage } from '../models/chat/inbox.ts'
import type { Sessions } from '../models/chat/sessions.ts'
import type { Looking, TurnDocument, Turns } from '../models/chat/turns.ts'
import type { Session } from '../models/chat/session.ts'
import type { Decided, Effect, Turn, TurnFile, TurnInput } from '../models/chat/turn.ts'
import type { Facts } from './facts.ts'

/** Everything the runner may touch. app.ts supplies it. */
export type RunnerDeps = {
  inbox: Inbox
  turns: Turns
  sessions: Sessions
  /** The files of these messages, in their order; a file without a row yet counts as waiting. */
  filesOf(messages: readonly InboxMessage[]): Promise<TurnFile[]>
  facts(session: Session | null, turn: Turn): Promise<Facts>
  advance(session: Session | null, turn: Turn, facts: Facts): Decided
  /** Executes one effect under `key`; a second call with the same key changes nothing. */
  perform: (effect: Effect, context: { key: string; turn: TurnDocument }) => Promise<void>
  /** Whether an operator answers this chat: its turns are then recorded and not answered. */
  takenOver(chat: string): Promise<boolean>
  /** Called when a file that a decided turn waits for may have settled already. */
  recheckFiles(files: readonly string[]): Promise<void>
  /** How long a bag waits for downloads, in ms. */
  downloadPatience: number
  /** How long after a turn its files are waited for to be looked at, in ms; absent where nobody looks at them. */
  lookPatience?: number
  now: () => Date
}

/** Takes one opened turn to its end: decide once, perform, save, done. Any prefix of it may have happened before. */
export function createRunner(
  deps: RunnerDeps,
): (turn: TurnDocument, read?: readonly InboxMessage[]) => Promise<{ again: Date } | 'done'> {
  const { inbox, turns, sessions, perform, now } = deps

  return async (document, read) => {
    let decided: Decided
    let awaiting = document.awaiting ?? []
    if (document.state === 'open') {
      const messages = read ?? (await inbox.byIds(document.messages))
      const files = messages.some((m) => m.files > 0) ? await deps.filesOf(messages) : []
      // what the service itself has to tell goes on, as notices do
      const aside = messages[0]?.channel !== 'system' && (await deps.takenOver(document.chat))
      const waiting = aside ? [] : files.filter((file) => file.state === 'waiting').map((file) => file.id)
      const patience = new Date(document.closedAt.getTime() + deps.downloadPatience)
      if (waiting.length > 0 && now() < patience) return { again: patience }
      const turn: Turn = {
        ...inputOf(messages, files),
        id: document._id,
        chat: document.chat,
        closedAt: document.closedAt,
        ...(messages[0] && { saidAt: messages[0].receivedAt }),
      }
      const session = await sessions.load(document.chat)
      const wanted = aside ? standAside(session, turn) : deps.advance(session, turn, await deps.facts(session, turn))
      decided = await turns.decide(document._id, wanted, waiting, aside ? undefined : lookingAt(turn.closedAt, files))
      awaiting = waiting
    } else {
      decided = turns.decisionOf(document)
    }

    for (const [i, effect] of decided.effects.entries()) {
      await perform(effect, { key: `${document._id}/${i}`, turn: document })
    }
    await sessions.save(document.chat, document.n, decided.session)
    await inbox.markTurned(document.messages, document._id)
    await turns.done(document._id)
    if (awaiting.length > 0) await deps.recheckFiles(awaiting)
    return 'done'
  }

  function lookingAt(closedAt: Date, files: readonly TurnFile[]): Looking | undefined {
    if (deps.lookPatience === undefined) return undefined
    const ids = files.filter((file) => file.state !== 'failed').map((file) => file.id)
    return { files: ids, verdictAt: new Date(closedAt.getTime() + deps.lookPatience) }
  }
}

/** While an operator answers: the conversation stays where it is, and files wait with the chat. */
function standAside(session: Session | null, turn: Turn): Decided {
  const effects: Effect[] = turn.kind === 'files' ? [{ kind: 'keep', files: turn.files.map((file) => file.id) }] : []
  return { session, effects }
}

/** One turn from its messages: either one message, or a bag of files with all its captions. */
export function inputOf(messages: readonly InboxMessage[], files: readonly TurnFile[]): TurnInput {
  const first = messages[0]
  if (!first) return { kind: 'unsupported', what: 'other' }
  if (files.length > 0) {
    const captions = messages.flatMap((m) => (m.body.kind === 'files' && m.body.caption ? [m.body.caption] : []))
    return { kind: 'files', files, ...(captions.length > 0 && { text: captions.join('\n') }) }
  }
  const body = first.body
  // neither can be alone in a turn: files have rows, a placeholder is not taken into one
  if (body.kind === 'files' || body.kind === 'placeholder') return { kind: 'unsupported', what: 'other' }
  return body
}

/** The files of a message as the channel named them, each with the id that it has for good. */
export function namedFiles(
  message: Pick<InboxMessage, '_id' | 'body'>,
): { id: string; media: MediaRef; caption?: string }[] {
  if (message.body.kind !== 'files') return []
  const { caption } = message.body
  return message.body.files.map((media, i) => ({
    id: `${message._id}-${i}`,
    media,
    ...(i === 0 && caption !== undefined && { caption }),
  }))
}
