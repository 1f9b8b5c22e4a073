import type { InboxMessage } from '../../models/chat/inbox.ts'
import type { MediaRef } from '../../models/chat/message.ts'
import type { Session } from '../../models/chat/session.ts'
import type { Decided, Effect, Turn, TurnFile, TurnInput } from '../../models/chat/turn.ts'

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

/** While an operator answers: the conversation stays where it is, and files wait with the chat. */
export function standAside(session: Session | null, turn: Turn): Decided {
  const effects: Effect[] = turn.kind === 'files' ? [{ kind: 'keep', files: turn.files.map((file) => file.id) }] : []
  return { session, effects }
}
