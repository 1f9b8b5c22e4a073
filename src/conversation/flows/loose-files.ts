import type { Effect, TurnFile } from '../../models/chat/turn.ts'
import type { Scene } from '../definition.ts'
import { text } from '../steps.ts'
import { join } from '../texts/texts.ts'
import { returned } from './correct-tasks.ts'
import { failedText } from './failed-files.ts'
import { MOST_FILES } from './placement.ts'

export type Loose = {
  /** Those that wait now, the earlier ones first. */
  loose: readonly TurnFile[]
  /** How many of this turn's are there, or on their way. */
  came: number
  /** Why some are not, and how many are too many for one pupil; empty where there is nothing to say. */
  note: string
  effects: readonly Effect[]
}

/**
 * Files of which nobody has said the pupil wait together, no more than one pupil may have. Of one that did not come it is
 * told why, and it is not counted; one too many stays with the chat as unmatched.
 */
export function waitLoose(before: readonly TurnFile[], sent: readonly TurnFile[], scene: Scene): Loose {
  const came = sent.filter((file) => file.state !== 'failed')
  const all = [...before, ...came]
  const loose = all.slice(0, MOST_FILES)
  const beyond = Math.min(came.length, all.length - loose.length)
  const limit = beyond > 0 ? text(scene, 'fileLimit', { limit: MOST_FILES, n: beyond }) : undefined
  return {
    loose,
    came: came.length,
    note: join(failedText(scene, sent), limit),
    effects: came.length > 0 ? [{ kind: 'keep', files: came.map((file) => file.id) }] : [],
  }
}

/** What became of those that were on their way: one that did not come is nobody's. The same list where nothing has. */
export function refreshLoose(loose: readonly TurnFile[], states: readonly TurnFile[]): readonly TurnFile[] {
  if (!loose.some((file) => file.state === 'waiting')) return loose
  const known = new Map(states.map((file) => [file.id, file]))
  return loose
    .map((file) => (file.state === 'waiting' ? (known.get(file.id) ?? file) : file))
    .filter((file) => file.state !== 'failed')
}

/** What the files may be for, and how that is said; a picture that a return asked for is the likeliest. */
export function waitingText(scene: Scene, n: number): string {
  const [one, ...more] = returned(scene)
  if (!one) return text(scene, 'filesLoose', { n })
  return text(scene, 'filesForReturned', { n, command: more.length > 0 ? 'PERBAIKI' : `PERBAIKI ${one.ticket}` })
}
