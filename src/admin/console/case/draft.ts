/** What an operator has typed about a case: it outlives a lost claim, an ended session and a closed panel. */
export type Draft = {
  reasons: readonly string[]
  note: string
  /** For colleagues; apart from `note`, which the school may read. */
  remark: string
}

const EMPTY: Draft = { reasons: [], note: '', remark: '' }
const drafts = new Map<string, Draft>()

/** Kept in memory only: notes are about people, and the machine may be shared. */
export const draftOf = (application: string): Draft => drafts.get(application) ?? EMPTY
export const keepDraft = (application: string, draft: Draft): void => void drafts.set(application, draft)
export const dropDraft = (application: string): void => void drafts.delete(application)
