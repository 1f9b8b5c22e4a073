import type { ReturnReason } from '../../config/office-schema.ts'
import { DOCUMENT_KINDS } from '../../models/application.ts'
import type { DocumentKind } from '../../models/application.ts'
import { formatDate } from '../../models/identity-date.ts'
import { maskNik } from '../../models/identity.ts'
import type { DraftFile, TurnFile } from '../../models/turn.ts'
import { hint, take, wholeHint } from '../definition.ts'
import type { ConversationDefinition, Outcome, Reading, Said, Scene, Step } from '../definition.ts'
import type { ApplicationFact } from '../facts.ts'
import { readClass, saysWord } from '../reading/words.ts'
import { numbered, pick, text } from '../steps.ts'
import type { Option } from '../steps.ts'
import { join, kindName } from '../texts/texts.ts'
import { back } from './aside.ts'
import { cutName } from './card.ts'
import { FIELDS } from './pupil-steps.ts'
import { kindTold } from './placement.ts'
import { needsOf } from './requirements.ts'

type Field = 'name' | 'nik' | 'birthDate' | 'class'
/** One thing that the office asked for: a document, an answer, or an errand of others. */
type Task =
  | { key: string; what: 'document'; kind: DocumentKind; reason: ReturnReason }
  | { key: string; what: 'field'; field: Field; reason: ReturnReason }
  | { key: string; what: 'errand'; reason: ReturnReason }

type CorrectAnswers = {
  ticket?: string
  /** By task: the new value, or true where files or an errand settle it. */
  done?: Readonly<Record<string, string | true>>
  files?: readonly DraftFile[]
  changing?: boolean
  confirmed?: boolean
}
const answersOf = (scene: Scene): CorrectAnswers => scene.answers as CorrectAnswers

function returned(scene: Scene): ApplicationFact[] {
  return scene.facts.applications.filter((one) => one.stage === 'returned')
}
function chosen(scene: Scene): ApplicationFact | undefined {
  const all = returned(scene)
  const { ticket } = answersOf(scene)
  return ticket === undefined && all.length === 1 ? all[0] : all.find((one) => one.ticket === ticket)
}

/** Each document or answer once, in the order of the reasons; what the office does itself asks nothing. */
function tasksOf(scene: Scene, one: ApplicationFact): Task[] {
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
  return [...tasks.values()]
}

function open(scene: Scene): { tasks: Task[]; task: Task | undefined; at: number } {
  const one = chosen(scene)
  const tasks = one ? tasksOf(scene, one) : []
  const at = tasks.findIndex((task) => answersOf(scene).done?.[task.key] === undefined)
  return { tasks, task: tasks[at], at }
}

const MOST_ROWS = 9
const pickOne: Step = {
  late: true,
  ask(scene) {
    const options = pickOptions(scene)
    const rows = numbered(options.map((option) => option.label))
    return {
      text: text(scene, 'correctPick', { rows }),
      choices: options.map(({ value, label }) => ({ value, label })),
    }
  },
  read(said, scene) {
    const options = pickOptions(scene)
    const ticket = pick(said.text, options)
    return ticket ? take({ ticket }) : wholeHint(text(scene, 'chooseOne', { n: options.length }))
  },
}
function pickOptions(scene: Scene): Option[] {
  return returned(scene)
    .slice(0, MOST_ROWS)
    .map((one) => ({ value: one.ticket, label: `${one.ticket} ${cutName(one.pupil.name)}` }))
}

const fix: Step = {
  late: true,
  ask(scene) {
    const { tasks, task, at } = open(scene)
    const prompt = task ? taskPrompt(scene, task) : ''
    return { text: text(scene, 'correctStep', { i: at + 1, n: tasks.length, prompt }) }
  },
  read(said, scene) {
    const { task } = open(scene)
    if (!task) return take({})
    const word = readClass(said.text)?.class
    if (word === 'LATER') return { kind: 'go', to: later(scene) }
    if (task.what === 'field') return readField(said, task.field, scene)
    if (task.what === 'document') return wholeHint(text(scene, 'correctFileHint', { label: taskLabel(scene, task) }))
    if (word === 'ON' || word === 'YES') return settled(scene, task.key, true)
    return wholeHint(text(scene, 'correctDoneHint'))
  },
}

function settled(scene: Scene, key: string, value: string | true): Reading {
  return take({ done: { ...answersOf(scene).done, [key]: value }, changing: undefined })
}

function readField(said: Said, field: Field, scene: Scene): Reading {
  const one = chosen(scene)
  if (!one) return take({})
  // checked as in the first submission, but against the NIK only by the office: it asked for this very value
  const { nik: _, ...pupil } = one.pupil
  const reading = FIELDS[field].read(said, { ...scene, answers: pupil })
  if (reading.kind !== 'take') return reading
  const value = reading.set[field] ?? reading.set['typedDate']
  return typeof value === 'string' ? settled(scene, field, value) : hint(text(scene, 'mixed'))
}

function taskPrompt(scene: Scene, task: Task): string {
  const { label, fix: how, place = '' } = task.reason
  if (task.what === 'errand') {
    return text(scene, place ? 'correctParent' : 'correctDo', { label, fix: how, place })
  }
  if (task.what === 'field') {
    const pupil = chosen(scene)?.pupil
    return FIELDS[task.field].ask({ ...scene, answers: { ...pupil, again: task.field } }).text
  }
  if (task.kind === 'portrait') return text(scene, 'correctSendPortrait', { color: color(scene) })
  if (task.kind === 'other') return text(scene, 'correctOther', { label, fix: how })
  return text(scene, 'correctSend', { label: taskLabel(scene, task) })
}

function color(scene: Scene): string {
  const one = chosen(scene)
  return needsOf({ ...one?.pupil, ...(one && { reason: one.reason }) }, scene.facts, scene.now).color
}

/** As the requirements call it: `Kartu Keluarga`. */
function taskLabel(scene: Scene, task: Task): string {
  const { office } = scene.facts
  const one = chosen(scene)
  if (task.what === 'errand') return task.reason.label
  if (task.what === 'field') return task.field
  if (task.kind === 'portrait') return text(scene, 'portraitLabel')
  const piece = one && office.requirements[one.reason].pieces.find((known) => known.kind === task.kind)
  return piece?.label ?? kindName(office, task.kind)
}

function later(scene: Scene): Outcome {
  return back(scene, text(scene, 'correctLater', { ticket: chosen(scene)?.ticket ?? '' }))
}

/** What was put right, as the summary and the choice of what to change name it. */
function doneText(scene: Scene, task: Task): string {
  const value = answersOf(scene).done?.[task.key]
  if (task.what === 'errand') return text(scene, 'correctedDone', { label: task.reason.label })
  if (task.what === 'document' || typeof value !== 'string') return taskLabel(scene, task)
  if (task.field === 'name') return text(scene, 'correctedName', { value })
  if (task.field === 'nik') return text(scene, 'correctedNik', { value: maskNik(value) })
  if (task.field === 'birthDate') return text(scene, 'correctedBirthDate', { value: formatDate(value) })
  return text(scene, 'correctedClass', { value })
}

const summary: Step = {
  late: true,
  yesNo: true,
  ask: (scene) => ({
    text: text(scene, 'correctSummary', {
      list: open(scene)
        .tasks.map((task) => doneText(scene, task))
        .join(', '),
    }),
    choices: [
      { value: 'KIRIM', label: text(scene, 'send') },
      { value: 'UBAH', label: text(scene, 'change') },
    ],
  }),
  read(said, scene) {
    const word = readClass(said.text, { yesNo: true })?.class
    if (saysWord(said.text, 'kirim') || word === 'YES' || word === 'ON') return take({ confirmed: true })
    if (word === 'LATER') return { kind: 'go', to: later(scene) }
    if (word === 'NO' || saysWord(said.text, 'ubah')) return take({ changing: true })
    return wholeHint(text(scene, 'correctHint'))
  },
}

/** UBAH: which of the corrections? */
const which: Step = {
  late: true,
  ask(scene) {
    const options = whichOptions(scene)
    const rows = numbered(options.map((option) => option.label))
    return {
      text: text(scene, 'correctPick', { rows }),
      choices: options.map(({ value, label }) => ({ value, label })),
    }
  },
  read(said, scene) {
    const options = whichOptions(scene)
    const key = options.length === 1 ? options[0]?.value : pick(said.text, options)
    if (!key) return wholeHint(text(scene, 'chooseOne', { n: options.length }))
    const { [key]: _, ...done } = answersOf(scene).done ?? {}
    return take({ done, changing: undefined })
  },
}
function whichOptions(scene: Scene): Option[] {
  return open(scene).tasks.map((task) => ({ value: task.key, label: doneText(scene, task) }))
}

/**
 * Files for the documents that are asked for; a new set replaces the one before. An album may bring several at once:
 * by caption and file name, or one for each in the order they were asked.
 */
function receive(said: Said, step: string, scene: Scene): Reading {
  const failed = said.files.find((file) => file.state === 'failed')
  const failure = failed && text(scene, 'fileFailed', { n: said.files.indexOf(failed) + 1 })
  const came = said.files.filter((file) => file.state !== 'failed')
  if (came.length === 0) return hint(failure ?? '')
  // unmatched until the correction is sent: whoever leaves here loses no file
  const effects = [{ kind: 'keep' as const, files: came.map((file) => file.id) }]
  const before = answersOf(scene).files ?? []
  const kinds = step === 'fix' ? kindsOf(came, scene) : undefined
  if (!kinds) {
    const first = before.filter((file) => file.kind === 'other').length
    const files = [...before, ...came.map((file, i) => page(file, 'other', first + i + 1))]
    return { kind: 'take', set: { files }, note: join(text(scene, 'filesKept', { n: came.length }), failure), effects }
  }
  const files = before.filter((file) => file.kind === 'other' || !kinds.includes(file.kind))
  for (const [i, file] of came.entries()) {
    const kind = kinds[i]!
    files.push(page(file, kind, files.filter((other) => other.kind === kind).length + 1))
  }
  // what failed is asked for again before this document counts as put right
  if (failure) return { kind: 'take', set: { files }, note: failure, effects }
  const done = { ...answersOf(scene).done, ...Object.fromEntries(kinds.map((kind) => [kind, true as const])) }
  return { kind: 'take', set: { files, done, changing: undefined }, effects }
}

/** Which document each file corrects; undefined where no document is asked for. */
function kindsOf(came: readonly TurnFile[], scene: Scene): DocumentKind[] | undefined {
  const { tasks, task } = open(scene)
  if (task?.what !== 'document') return undefined
  const asked = tasks.flatMap((one) => (one.what === 'document' ? [one.kind] : []))
  const told = came.map((file) => asked.find((kind) => kind === kindTold(file)))
  const left = asked.filter((kind) => answersOf(scene).done?.[kind] === undefined && !told.includes(kind))
  const untold = told.filter((kind) => kind === undefined).length
  const inOrder = untold > 1 && untold === left.length
  return told.map((kind) => kind ?? (inOrder ? left.shift()! : (left[0] ?? task.kind)))
}
function page(file: TurnFile, kind: DocumentKind, n: number): DraftFile {
  return { id: file.id, kind, page: n, ...(file.mediaType && { mediaType: file.mediaType }) }
}

/** PERBAIKI: only what the office asked for is asked again. */
export const correct: ConversationDefinition = {
  name: 'correct',
  version: 1,
  steps: { pick: pickOne, fix, summary, which },
  next(scene) {
    const { confirmed, changing } = answersOf(scene)
    if (!chosen(scene)) return returned(scene).length > 0 && !answersOf(scene).ticket ? 'pick' : 'done'
    const { tasks, task } = open(scene)
    if (tasks.length === 0 || confirmed) return 'done'
    if (task) return 'fix'
    return changing ? 'which' : 'summary'
  },
  receive,
  finish(scene) {
    const one = chosen(scene)
    const { done = {}, files = [], ticket = '' } = answersOf(scene)
    if (!one) return back(scene, text(scene, ticket ? 'correctStale' : 'correctNone', { ticket }))
    const tasks = tasksOf(scene, one)
    if (tasks.length === 0) return back(scene, officeText(scene, one))
    const fields = tasks.flatMap((task) => (task.what === 'field' ? [[task.field, done[task.key]] as const] : []))
    const errands = tasks.filter((task) => task.what === 'errand').map((task) => task.key)
    return {
      ...back(scene, ''),
      note: '',
      reply: (next) => ({
        kind: 'correct',
        application: one.id,
        answers: Object.fromEntries(fields),
        files,
        done: errands,
        reply: {
          queued: { ...next, text: join(text(scene, 'corrected'), next.text || text(scene, 'onMenu')) },
          stale: { ...next, text: join(text(scene, 'correctStale', { ticket: one.ticket }), next.text) },
        },
      }),
    }
  },
}

function officeText(scene: Scene, one: ApplicationFact): string {
  const reason = scene.facts.office.returnReasons.find((known) => one.returnReasons.includes(known.code))
  return reason ? text(scene, 'correctOffice', { label: reason.label, fix: reason.fix }) : text(scene, 'correctNone')
}
