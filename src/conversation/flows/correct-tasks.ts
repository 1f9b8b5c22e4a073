import type { ReturnReason } from '../../config/office-schema.ts'
import { DOCUMENT_KINDS } from '../../models/application/application.ts'
import type { DocumentKind } from '../../models/application/application.ts'
import type { DraftFile, TurnFile } from '../../models/chat/turn.ts'
import type { Answers } from '../../models/chat/session.ts'
import type { Outcome, Scene } from '../definition.ts'
import type { ApplicationFact } from '../facts.ts'
import { text } from '../steps.ts'
import { kindName } from '../texts/texts.ts'
import { back } from './aside.ts'
import { kindTold } from './placement.ts'
import { needsOf } from './requirements.ts'
import type { Needs } from './requirements.ts'

export type Field = 'name' | 'nik' | 'birthDate' | 'class'
/** One thing that the office asked for: a document, an answer, or an errand of others. */
export type Task =
  | { key: string; what: 'document'; kind: DocumentKind; reason: ReturnReason }
  | { key: string; what: 'field'; field: Field; reason: ReturnReason }
  | { key: string; what: 'errand'; reason: ReturnReason }
  /** No reason that we know was named: the officer's own words say what is to be done. */
  | { key: string; what: 'note' }

/** `state`: still on its way. */
export type CorrectFile = DraftFile & { state?: 'waiting' }
export type CorrectAnswers = {
  ticket?: string
  /** By task: the new value, or true where files or an errand settle it. */
  done?: Readonly<Record<string, string | true>>
  files?: readonly CorrectFile[]
  changing?: boolean
  confirmed?: boolean
}
export const answersOf = (scene: Scene): CorrectAnswers => scene.answers as CorrectAnswers

export function returned(scene: Scene): ApplicationFact[] {
  return scene.facts.applications.filter((one) => one.stage === 'returned')
}
export function chosen(scene: Scene): ApplicationFact | undefined {
  const all = returned(scene)
  const { ticket } = answersOf(scene)
  return ticket === undefined && all.length === 1 ? all[0] : all.find((one) => one.ticket === ticket)
}

/** Each document or answer once, in the order of the reasons; what the office does itself asks nothing. */
export function tasksOf(scene: Scene, one: ApplicationFact): Task[] {
  const tasks = new Map<string, Task>()
  for (const code of one.returnReasons) {
    const reason = scene.facts.office.returnReasons.find((known) => known.code === code)
    if (!reason || reason.who === 'office') continue
    if (reason.asks.length === 0) tasks.set(code, { key: code, what: 'errand', reason })
    for (const asked of reason.asks) {
      if (tasks.has(asked)) continue
      const kind = DOCUMENT_KINDS.find((known) => known === asked)
      if (kind) tasks.set(asked, { key: asked, what: 'document', kind, reason })
      else tasks.set(asked, { key: asked, what: 'field', field: asked as Field, reason })
    }
  }
  const known = scene.facts.office.returnReasons.some(({ code }) => one.returnReasons.includes(code))
  return known ? [...tasks.values()] : [{ key: 'note', what: 'note' }]
}

export function openTasks(scene: Scene): { tasks: Task[]; task: Task | undefined; at: number } {
  const one = chosen(scene)
  const tasks = one ? tasksOf(scene, one) : []
  const at = tasks.findIndex((task) => answersOf(scene).done?.[task.key] === undefined)
  return { tasks, task: tasks[at], at }
}

/** How many files the pupil keeps whatever is sent: those of a kind that is asked for are replaced. */
export function standingFiles(scene: Scene): number {
  const { tasks } = openTasks(scene)
  const asked = tasks.flatMap((task): DocumentKind[] => (task.what === 'document' ? [task.kind] : []))
  return (chosen(scene)?.documents ?? []).filter((kind) => kind === 'other' || !asked.includes(kind)).length
}

function needsOfCase(scene: Scene): Needs {
  const one = chosen(scene)
  return needsOf({ ...one?.pupil, ...(one && { reason: one.reason }) }, scene.facts, scene.now)
}

export function color(scene: Scene): string {
  return needsOfCase(scene).color
}

/** As the requirements call it: `Kartu Keluarga`. */
export function taskLabel(scene: Scene, task: Task): string {
  const { office } = scene.facts
  if (task.what === 'note') return text(scene, 'noteLabel')
  if (task.what === 'errand') return task.reason.label
  if (task.what === 'field') return task.field
  if (task.kind === 'portrait') return text(scene, 'portraitLabel')
  const piece = needsOfCase(scene).pieces.find((known) => known.kind === task.kind)
  return piece?.label ?? kindName(office, task.kind)
}

/** Which document each file corrects, of those that are asked for from `task` on; undefined where that is none. */
export function kindsOf(
  came: readonly TurnFile[],
  scene: Scene,
  task = openTasks(scene).task,
): DocumentKind[] | undefined {
  const { tasks } = openTasks(scene)
  if (task?.what !== 'document') return undefined
  const asked = tasks.flatMap((one) => (one.what === 'document' ? [one.kind] : []))
  const told = came.map((file) => asked.find((kind) => kind === kindTold(file)))
  const left = asked.filter((kind) => answersOf(scene).done?.[kind] === undefined && !told.includes(kind))
  const untold = told.filter((kind) => kind === undefined).length
  const inOrder = untold > 1 && untold === left.length
  return told.map((kind) => kind ?? (inOrder ? left.shift()! : (left[0] ?? task.kind)))
}

export function later(scene: Scene): Outcome {
  return back(scene, text(scene, 'correctLater', { ticket: chosen(scene)?.ticket ?? '' }))
}

/** One task is open again, without what was sent for it. */
export function askedAnew(scene: Scene, key: string): Pick<CorrectAnswers, 'done' | 'files'> {
  const { done: { [key]: _, ...done } = {}, files = [] } = answersOf(scene)
  return { done, files: files.filter((file) => file.kind !== key) }
}

/** KEMBALI: the task before the open one; undefined at the first. */
export function askedBefore(scene: Scene): Answers | undefined {
  const { tasks, at } = openTasks(scene)
  const before = tasks[(at < 0 ? tasks.length : at) - 1]
  return before && { ...scene.answers, ...askedAnew(scene, before.key) }
}

/** A correction that was left before KIRIM, and since when the return that it answers stands. */
type Left = CorrectAnswers & { since: string }

/** What is kept of a correction that one leaves; undefined where nothing was put right yet. */
export function leftBehind(scene: Scene): Left | undefined {
  const one = chosen(scene)
  const { done, files } = answersOf(scene)
  if (!one || (!done && !files)) return undefined
  return { ticket: one.ticket, ...(done && { done }), ...(files && { files }), since: sinceOf(one) }
}

/** With what PERBAIKI begins: what was put right of this very return before one left it. */
export function takenUp(scene: Scene, ticket: string | undefined): CorrectAnswers {
  const { since, ...left } = (scene.memory['correction'] ?? {}) as Partial<Left>
  const all = returned(scene)
  const wanted = ticket ?? (all.length === 1 ? all[0]?.ticket : undefined)
  const same = all.some((one) => one.ticket === wanted && one.ticket === left.ticket && sinceOf(one) === since)
  return same ? left : ticket === undefined ? {} : { ticket }
}

function sinceOf(one: ApplicationFact): string {
  return new Date(one.updatedAt).toISOString()
}
