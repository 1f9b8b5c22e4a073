/** `statement`: the school says that the parents agree; `sheet`: their signatures on paper; `perPupil`: one's own. */
export const CONSENT_KINDS = ['statement', 'sheet', 'perPupil'] as const
export type ConsentKind = (typeof CONSENT_KINDS)[number]

/** Who agreed, as far as it is known: a coordinator by their id, a parent or guardian by what was written. */
export type ConsentBy = { role: 'coordinator' | 'guardian'; id?: string; relation?: string }

/** What somebody agreed to in a chat (law 27/2022): which text, when, and the words that show it. */
export type Given = { at: Date; by: string; textVersion: string; evidence: string }

/** The words that were agreed to. The version is their fingerprint: nothing of a pupil is in either. */
export type ConsentText = { version: string; text: string }
