/** What an operator has written to a chat and not sent: it outlives a lost chat, an ended session and another page. */
export type AnswerDraft = { text: string; pictures: readonly { id: string; url: string }[] }

const EMPTY: AnswerDraft = { text: '', pictures: [] }
const drafts = new Map<string, AnswerDraft>()

/** Kept in memory only: answers are about people, and the machine may be shared. */
export const answerDraftOf = (chat: string): AnswerDraft => drafts.get(chat) ?? EMPTY
export const keepAnswerDraft = (chat: string, draft: AnswerDraft): void => void drafts.set(chat, draft)
