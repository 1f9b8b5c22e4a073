import { formatDate } from '../../models/identity/date.ts'
import { maskNik } from '../../models/identity/identity.ts'
import { hint, take, wholeHint } from '../definition.ts'
import type { ConversationDefinition, Reading, Said, Scene, Step } from '../definition.ts'
import type { ApplicationFact } from '../facts.ts'
import { readClass, saysWord } from '../reading/words.ts'
import { numbered, pick, text } from '../steps.ts'
import type { Option } from '../steps.ts'
import { join, stageName } from '../texts/texts.ts'
import { back } from './aside.ts'
import { cutName } from './card.ts'
import { begin, plainFile, receiveCorrection, settleCorrection } from './correct-files.ts'
import { answersOf, askedAnew, chosen, color, later, openTasks, returned, taskLabel, tasksOf } from './correct-tasks.ts'
import type { Field, Task } from './correct-tasks.ts'
import { FIELDS } from './pupil-steps.ts'

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
    if (!ticket) return wholeHint(text(scene, 'chooseOne', { n: options.length }))
    return { kind: 'go', to: { flow: 'correct', ...begin(scene, ticket) } }
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
    const { tasks, task, at } = openTasks(scene)
    const prompt = task ? taskPrompt(scene, task) : ''
    return { text: text(scene, 'correctStep', { i: at + 1, n: tasks.length, prompt }) }
  },
  read(said, scene) {
    const { task } = openTasks(scene)
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
  const other = scene.facts.openNiks.find(
    ({ nik, reason }) => field === 'nik' && nik === value && reason === one.reason,
  )
  if (other && other.ticket !== one.ticket) {
    const stage = stageName(scene.facts.office, other.stage)
    return hint(text(scene, 'nikOpen', { existing: other.ticket, stage }))
  }
  return typeof value === 'string' ? settled(scene, field, value) : hint(text(scene, 'mixed'))
}

function taskPrompt(scene: Scene, task: Task): string {
  if (task.what === 'note') return text(scene, 'correctNote')
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

/** What was put right, as the summary and the choice of what to change name it. */
function doneText(scene: Scene, task: Task): string {
  const value = answersOf(scene).done?.[task.key]
  if (task.what === 'errand' || task.what === 'note') {
    return text(scene, 'correctedDone', { label: taskLabel(scene, task) })
  }
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
      list: openTasks(scene)
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
    if (saysWord(said.text, 'kirim') || word === 'YES' || word === 'ON') {
      const waiting = answersOf(scene).files?.filter((file) => file.state).length ?? 0
      if (waiting > 0) return { kind: 'tell', text: text(scene, 'allLoading', { waiting }), whole: true }
      return take({ confirmed: true })
    }
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
    return take({ ...askedAnew(scene, key), changing: undefined })
  },
}
function whichOptions(scene: Scene): Option[] {
  return openTasks(scene).tasks.map((task) => ({ value: task.key, label: doneText(scene, task) }))
}

/** PERBAIKI: only what the office asked for is asked again. */
export const correct: ConversationDefinition = {
  name: 'correct',
  version: 1,
  steps: { pick: pickOne, fix, summary, which },
  next(scene) {
    const { confirmed, changing } = answersOf(scene)
    if (!chosen(scene)) return returned(scene).length > 0 && !answersOf(scene).ticket ? 'pick' : 'done'
    const { tasks, task } = openTasks(scene)
    if (tasks.length === 0 || confirmed) return 'done'
    if (task) return 'fix'
    return changing ? 'which' : 'summary'
  },
  settle: settleCorrection,
  receive: receiveCorrection,
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
        files: files.map(plainFile),
        done: errands,
        reply: {
          queued: { ...next, text: join(text(scene, 'corrected'), next.text || text(scene, 'onMenu')) },
          stale: { ...next, text: join(text(scene, 'correctStale', { ticket: one.ticket }), next.text) },
          duplicate: {
            ...next,
            text: join(text(scene, 'nikOpen'), text(scene, 'correctAgain', { ticket: one.ticket }), next.text),
          },
        },
      }),
    }
  },
}

function officeText(scene: Scene, one: ApplicationFact): string {
  const reason = scene.facts.office.returnReasons.find((known) => one.returnReasons.includes(known.code))
  return reason ? text(scene, 'correctOffice', { label: reason.label, fix: reason.fix }) : text(scene, 'correctNone')
}
