import type { Stage } from '../models/application/application.ts'
import type { ChannelName } from '../models/chat/message.ts'
import type { Turnover } from '../models/chat/takeovers.ts'
import type { Said, TranscriptPlace } from '../models/chat/transcripts.ts'

/** One chat as the list shows it. */
export type ConversationRow = {
  id: string
  channel: ChannelName
  coordinator?: { id: string; name: string }
  npsn?: string
  lastAt: Date
  last?: Said
  /** Waits for a person since then. */
  asked?: { since: Date; number: string }
  takeover?: { by: string; at: Date; until: Date }
}

/** What the column beside a conversation tells of its coordinator. */
export type ConversationAbout = ConversationRow & {
  /** Masked. */
  phone?: string
  since?: Date
  drafts: readonly { id: string; name?: string; step: string; updatedAt: Date; until: Date }[]
  applications: readonly { id: string; ticket: string; stage: Stage; position: number | null; name: string | null }[]
}

/**
 * Conversations as the console needs them; app.ts puts the models and the takeovers behind it. Refusals: not-found for
 * a chat that does not exist, conflict where the operator does not have the chat.
 */
export type Conversations = {
  find(query: {
    list: 'asking' | 'all'
    /** A ticket, an NPSN, words of a school's or a coordinator's name. */
    q?: string | undefined
    /** Something was written on that day of the office, `YYYY-MM-DD`. */
    day?: string | undefined
    after?: string | undefined
    limit: number
  }): Promise<readonly ConversationRow[]>
  countAsking(): Promise<number>
  about(chat: string): Promise<ConversationAbout>
  transcript(
    chat: string,
    page: { place?: TranscriptPlace; limit: number },
  ): Promise<{ said: readonly Said[]; earlier?: TranscriptPlace; turnovers: readonly Turnover[] }>
  search(chat: string, q: string): Promise<readonly Said[]>
  /** Refusal not-found where the file is not of this chat. */
  checkFile(chat: string, file: string): Promise<void>
  /** `over`: from a colleague who has it. */
  take(chat: string, by: string, how?: { over: boolean }): Promise<void>
  /**
   * Whether the chat is this operator's work: they answer it (`holds`), or it waits for a person, or they have answered it
   * within a day, or hold an application that came from it (`open`); else `closed`.
   */
  standing(chat: string, operator: string): Promise<'holds' | 'open' | 'closed'>
  handBack(chat: string, by: string): Promise<void>
  answer(
    chat: string,
    by: string,
    answer: { text: string; pictures: readonly string[]; transactionId: string },
  ): Promise<{ id: string }>
  keepPicture(chat: string, by: string, bytes: Buffer): Promise<{ id: string }>
}
