import type { Answers, Session } from './session.ts'
import type { DocumentKind } from '../application/application.ts'
import type { Given } from '../consent/consent.ts'
import type { Finding } from '../application/findings.ts'
import type { Choice, UnsupportedKind } from './message.ts'

/** One received file, as the conversation sees it. `id` names it for good (design: named by id). */
export type TurnFile = {
  id: string
  /** Sealed wherever it is stored. */
  name?: string
  caption?: string
  state: FileState
  mediaType?: string
  failure?: FileFailure
}
export type FileState = 'waiting' | 'stored' | 'failed'
/** Why a file could not be taken; each has a sentence in conversation/texts. */
export type FileFailure = 'too-big' | 'unsupported-type' | 'empty' | 'download-failed' | 'over-limit'

/** What happened meanwhile, told to the conversation as a turn of its own. */
export type SystemEvent =
  /** A file that was still downloading when its turn was answered has arrived or failed. */
  | { event: 'file'; file: string; turn: string }
  /** The files of a turn were looked at, or its time for that is over. */
  | { event: 'verdicts'; files: readonly string[] }
  /** A file of a sent application cannot be used as it is: worth another picture before somebody takes the case. */
  | { event: 'retake'; application: string; file: string; of: DocumentKind; page: number; code: string }
  | { event: 'reminder'; application: string; purgeOn: Date }
  | { event: 'approved' }

export type TurnInput =
  | { kind: 'text'; text: string }
  | { kind: 'choice'; value: string }
  | { kind: 'files'; files: readonly TurnFile[]; text?: string }
  | { kind: 'phone'; phone: string }
  | { kind: 'unsupported'; what: UnsupportedKind }
  | ({ kind: 'system' } & SystemEvent)

/** What the engine answers to: one message, one bag of files, or something that happened meanwhile. */
export type Turn = TurnInput & {
  id: string
  /** The chat's id (a keyed hash), not its address. */
  chat: string
  /** The turn's clock. */
  closedAt: Date
  /** When what was said came in: before `closedAt` of an earlier turn, it was no answer to what that one asked. */
  saidAt?: Date
}

/**
 * What a turn leads to, in order. Stored whole in the turn before anything of it is done; effect i of turn t runs
 * under the key `t/i`, so that a second run repeats nothing.
 * `reply` texts are templates: `{ticket}` and the other names in `ReplyValues` are filled from the effect's result.
 */
export type Effect =
  /** `notice`: nobody asked for it, so it waits while notices are off. */
  | { kind: 'say'; text: string; choices?: readonly Choice[]; notice?: true }
  /** Creates or replaces the draft application `draft` (stage draft) with these answers. */
  | { kind: 'draft'; draft: string; step: string; answers: Answers; files: readonly DraftFile[] }
  /** `erase`: the person was told that its data are deleted; else its files stay as unmatched. */
  | { kind: 'discard'; draft: string; erase?: true }
  | {
      kind: 'submit'
      draft: string
      answers: Answers
      files: readonly DraftFile[]
      findings: readonly Finding[]
      consent: Given
      reply: { queued: Reply; pending: Reply; duplicate: Reply }
    }
  | {
      kind: 'correct'
      application: string
      answers: Answers
      files: readonly DraftFile[]
      /** Return reasons that the coordinator says are done by others (parent, office). */
      done: readonly string[]
      /** `duplicate`: the pupil that it was put right to has another open application; earlier decisions have none. */
      reply: { queued: Reply; stale: Reply; duplicate?: Reply }
    }
  /** A file or value for an application that is already submitted; a claimed one gets it as a request. */
  | {
      kind: 'attach'
      application: string
      files: readonly DraftFile[]
      reply: { attached: Reply; requested: Reply; stale: Reply }
    }
  | { kind: 'cancel'; application: string; reply: { cancelled: Reply; requested: Reply; stale: Reply } }
  | {
      kind: 'register'
      npsn: string
      name: string
      role: CoordinatorRole
      consent: Given
      invitation?: string
      reply: { approved: Reply; pending: Reply }
    }
  /** An invitation code of somebody who waits for approval: lets them in, before whatever else the turn does. */
  | { kind: 'admit'; invitation: string; reply: { approved: Reply; pending: Reply } }
  | { kind: 'phone'; phone: string }
  /** Files that no step could take: they stay with the chat as unmatched until a draft or application lists them. */
  | { kind: 'keep'; files: readonly string[] }
  /** What looking at these files came to is to be told now, as a turn of its own: it may have come while one was away. */
  | { kind: 'hear'; files: readonly string[] }
  | { kind: 'notices'; on: boolean }
  | { kind: 'help'; note?: string; reply: Reply }
  | { kind: 'complain'; text: string; files: readonly string[]; reply: Reply }

/** A text to send once the effect's outcome is known, with names in braces filled from `ReplyValues`. */
export type Reply = { text: string; choices?: readonly Choice[] }
/** What a reply may name: only what cannot be known before the effect has run. */
export type ReplyValues = Partial<
  Record<'ticket' | 'position' | 'estimate' | 'round' | 'servedRound' | 'number' | 'due' | 'existing' | 'stage', string>
>

export type CoordinatorRole = 'operator' | 'teacher' | 'head' | 'administration'

/** A file with the place that it was given. */
export type DraftFile = {
  id: string
  kind: DocumentKind
  page: number
  findings?: readonly Finding[]
  mediaType?: string
}

/** What the engine hands back for one turn. `session` null forgets the conversation. */
export type Decided = { session: Session | null; effects: readonly Effect[] }
