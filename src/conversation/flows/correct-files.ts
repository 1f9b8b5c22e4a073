import type { DocumentKind } from '../../models/application/application.ts'
import type { Answers } from '../../models/chat/session.ts'
import type { DraftFile, TurnFile } from '../../models/chat/turn.ts'
import { hint } from '../definition.ts'
import type { Reading, Said, Scene } from '../definition.ts'
import { text } from '../steps.ts'
import { join } from '../texts/texts.ts'
import { looseIn } from './aside.ts'
import { answersOf, kindsOf, openTasks, standingFiles, takenUp } from './correct-tasks.ts'
import type { CorrectFile, Task } from './correct-tasks.ts'
import { failedText } from './failed-files.ts'
import { waitLoose } from './loose-files.ts'
import { MOST_FILES } from './placement.ts'

/**
 * Files for the documents that are asked for; a new set replaces one that was complete. An album may bring several at
 * once: by caption and file name, or one for each in the order they were asked.
 */
export function receiveCorrection(said: Said, step: string, scene: Scene, task?: Task): Reading {
  if (step === 'pick') return waitForPick(said, scene)
  const failure = failedText(scene, said.files)
  const sent = said.files.filter((file) => file.state !== 'failed')
  if (sent.length === 0) return hint(failure)
  // unmatched until the correction is sent: whoever leaves here loses no file
  const effects = [{ kind: 'keep' as const, files: sent.map((file) => file.id) }]
  const { files: before = [], done = {} } = answersOf(scene)
  const kinds = step === 'fix' ? kindsOf(sent, scene, task) : undefined
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

/** Nobody has said yet whose it is: it is taken once that is said. */
function waitForPick(said: Said, scene: Scene): Reading {
  const { loose, came, note, effects } = waitLoose(looseIn(scene.memory), said.files, scene)
  if (came === 0) return hint(note)
  const kept = join(note, text(scene, 'filesKept', { n: came }))
  return { kind: 'go', to: { flow: 'correct', answers: scene.answers, memory: { loose }, note: kept, effects } }
}

/**
 * With what PERBAIKI begins: what was put right of this very return before one left it, and the files that were sent
 * before it was said whose they are, for the first document that is asked for.
 */
export function begin(scene: Scene, ticket: string | undefined): { answers: Answers; memory: Answers; note?: string } {
  const before = { ...scene, answers: takenUp(scene, ticket) as Answers }
  const there = { ...scene, answers: settleCorrection(before) }
  const loose = looseIn(scene.memory)
  const { tasks } = openTasks(there)
  const task = tasks.find((one) => one.what === 'document' && answersOf(there).done?.[one.key] === undefined)
  const said = { text: '', files: loose, turn: '' }
  const reading = task && loose.length > 0 ? receiveCorrection(said, 'fix', there, task) : undefined
  if (reading?.kind !== 'take') return { answers: before.answers, memory: {} }
  const answers = { ...there.answers, ...reading.set }
  const n = loose.filter(({ id }) => answersOf({ ...there, answers }).files?.some((file) => file.id === id)).length
  return { answers, memory: { loose: undefined }, note: join(text(scene, 'looseTaken', { n }), reading.note) }
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
