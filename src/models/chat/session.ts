/** What one conversation knows so far, by step or field name. Plain JSON: it must survive a deploy. */
export type Answers = Readonly<Record<string, unknown>>

/**
 * Where one chat is. Plain data, sealed at rest; `version` is the flow's, so that a deploy that changes a flow
 * migrates it or asks from the first gap.
 */
export type Session = {
  flow: string
  version: number
  step: string
  answers: Answers
  /** Kept across flows and pupils: school, class and reason of the round, parked flows, misses. */
  memory: Answers
  waitingSince: Date
  /** Compared on save: two runs never overwrite each other. */
  rev: number
}

/** JSON keeps dates as text; a session has exactly one. */
export function reviveSession(session: Session): Session {
  return { ...session, waitingSince: new Date(session.waitingSince) }
}
