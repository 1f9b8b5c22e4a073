import type { DocumentKind } from '../application/application.ts'
import type { Finding } from '../application/findings.ts'

/** So long after its turn a chat hears what looking at its files came to, whether all were looked at or not. */
export const LOOK_PATIENCE_MS = 60_000

/** What looking at one file came to, as far as the conversation goes. One that could not be looked at has no findings. */
export type FileVerdict = {
  id: string
  /** What it surely is, by its words and shape. */
  kind?: DocumentKind
  /** What is to be said of it as the portrait, and as a paper; what is heavy is worth another picture. */
  portrait: readonly Finding[]
  paper: readonly Finding[]
  /** What plainly stands on it and nobody typed yet: offered, never taken. */
  offered: { name?: string; nik?: string }
}
