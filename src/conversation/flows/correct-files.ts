import type { DocumentKind } from '../../models/application.ts'
import type { Answers } from '../../models/session.ts'
import type { DraftFile, TurnFile } from '../../models/turn.ts'
import { hint } from '../definition.ts'
import type { Reading, Said, Scene } from '../definition.ts'
import { text } from '../steps.ts'
import { join } from '../texts/texts.ts'
import { answersOf, kindsOf, standingFiles } from './correct-tasks.ts'
import type { CorrectFile } from './correct-tasks.ts'
import { failedText } from './failed-files.ts'
import { MOST_FILES } from './placement.ts'

/**
 * Files for the documents that are asked for; a new set replaces one that was complete. An album may bring several at
 * once: by caption and file name, or one for each in the order they were asked.
 */
export function receiveCorrection(said: Said, step: string, scene: Scene): Reading {
  const failure = failedText(scene, said.files)
  const sent = said.files.filter((file) => file.state !== 'failed')
  if (sent.length === 0) return hint(failure)
  // unmatched until the correction is sent: whoever leaves here loses no file
  const effects = [{ kind: 'keep' as const, files: sent.map((file) => file.id) }]
  const { files: before = [], done = {} } = answersOf(scene)
  const kinds = step === 'fix' ? kindsOf(sent, scene) : undefined
  const replaced = (kind: DocumentKind): boolean => kinds?.includes(kind) === true && done[kind] !== undefined
  const files = before.filter((file) => file.kind === 'other' || !replaced(file.kind))
  // whatever a pupil has, what the office asks for may come: one file of each at least
  const least = kinds?.[0] !== undefined && files.every((file) => file.kind !== kinds[0]) ? 1 : 0
  const came = sent.slice(0, Math.max(least, MOST_FILES - standingFiles(scene) - files.length))
  const beyond = sent.length - came.length
  const limit = beyond > 0 ? text(scene, 'fileLimit', { limit: MOST_FILES, n: beyond }) : undefined
  for (const [i, file] of came.entries()) {
    const kind = kinds?.[i] ?? 'other'
    files.push(page(file, kind, files.filter((other) => other.kind === kind).length + 1))
  }
  if (!kinds) {
    const kept = came.length > 0 ? text(scene, 'filesKept', { n: came.length }) : undefined
    return { kind: 'take', set: { files }, note: join(kept, failure, limit), effects }
  }
  const note = join(failure, limit)
  // what failed is asked for again before this document counts as put right
  if (failure) return { kind: 'take', set: { files }, note, effects }
  const settled = kinds.slice(0, came.length).map((kind) => [kind, true as const] as const)
  const now = { ...done, ...Object.fromEntries(settled) }
  return { kind: 'take', set: { files, done: now, changing: undefined }, effects, ...(note && { note }) }
}

function page(file: TurnFile, kind: DocumentKind, n: number): CorrectFile {
  const { id, mediaType, state } = file
  return { id, kind, page: n, ...(mediaType && { mediaType }), ...(state === 'waiting' && { state }) }
}

/** As the application takes it. */
export function plainFile(file: CorrectFile): DraftFile {
  const { state: _, ...plain } = file
  return plain
}

/** What became of files that were on their way: a document of which one did not come is asked for again. */
export function settleCorrection(scene: Scene): Answers {
  const { files = [], done = {} } = answersOf(scene)
  const states = new Map(scene.facts.files.map((file) => [file.id, file]))
  const settled = files.filter((file) => file.state && (states.get(file.id)?.state ?? 'waiting') !== 'waiting')
  if (settled.length === 0) return scene.answers
  const gone = settled.filter((file) => states.get(file.id)?.state === 'failed')
  const left = files
    .filter((file) => !gone.includes(file))
    .map((file) => (settled.includes(file) ? page({ ...states.get(file.id)! }, file.kind, file.page) : file))
  const asked = new Set<string>(gone.map((file) => file.kind))
  const kept = Object.fromEntries(Object.entries(done).filter(([key]) => !asked.has(key)))
  return { ...scene.answers, files: left, done: kept, ...(gone.length > 0 && { confirmed: undefined }) }
}
