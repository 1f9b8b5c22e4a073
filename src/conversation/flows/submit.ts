import type { Answers } from '../../models/chat/session.ts'
import type { Effect, Reply } from '../../models/chat/turn.ts'
import { nikAgreesWith } from '../../models/identity/identity.ts'
import { consentOf, pupilText } from '../consent.ts'
import { hint, take } from '../definition.ts'
import type { ConversationDefinition, News, Outcome, Prompt, Reading, Said, Scene } from '../definition.ts'
import { readChange } from '../reading/choices.ts'
import { readFileLine } from '../reading/file-line.ts'
import { readClass } from '../reading/words.ts'
import { text } from '../steps.ts'
import { join, stageName } from '../texts/texts.ts'
import { cardLines, cardSteps, changesSent, sentText } from './card.ts'
import { takeChange } from './change.ts'
import { checkingOf, endChecking } from './checking.ts'
import { documentSteps, filesOf, needs } from './document-steps.ts'
import { doubtSteps } from './doubt-steps.ts'
import { sortSteps, wrongLine } from './sort-steps.ts'
import { failedPlaces } from './failed-files.ts'
import { findingsOf } from './findings.ts'
import { refreshLoose, waitLoose } from './loose-files.ts'
import { readPasted } from './pasted.ts'
import { MOST_FILES, applyLine, draftFiles, openFiles, place, receive, refresh } from './placement.ts'
import { openQuestion, pupilSteps } from './pupil-steps.ts'
import { pupilMemory, pupilOf } from './pupil.ts'
import type { PupilAnswers } from './pupil.ts'
import { ageOf, asksMarried, lackingPieces, lacksPortrait } from './requirements.ts'

const DOCUMENT_STEPS: readonly string[] = ['documents', 'secondGuardian', 'fourthFile', 'sort', 'summary']
/** The main questions in order, for KEMBALI; the others belong to one of them. */
const MAIN: readonly string[] = ['reason', 'name', 'nik', 'birthDate', 'class', 'documents', 'summary']
const ASIDE: Readonly<Record<string, string>> = {
  origin: 'name',
  mismatch: 'class',
  married: 'class',
  question: 'documents',
  secondGuardian: 'documents',
  fourthFile: 'documents',
  sort: 'documents',
}

/** One pupil: reason, name, NIK, birth date, class, documents, card; then the next pupil. */
export const submit: ConversationDefinition = {
  name: 'submit',
  version: 1,
  drafted: true,
  steps: { ...pupilSteps, ...documentSteps, ...sortSteps, ...doubtSteps, ...cardSteps },

  next(scene) {
    const a = pupilOf(scene.answers)
    if (a.closed || a.confirm) return 'done'
    if (a.loose) return 'forWhom'
    if (a.sent) return 'nextPupil'
    if (a.clarify) return 'clarify'
    if (a.doubt) return 'doubt'
    if (a.again) return a.again.startsWith('question:') ? 'question' : a.again
    if (!a.reason) return 'reason'
    if (a.reason === 'MOVED_IN' && !a.origin) return 'origin'
    if (!a.name) return 'name'
    if (!a.nik) return 'nik'
    if (!a.birthDate) return a.typedDate ? 'mismatch' : 'birthDate'
    if (asksMarried(a, scene.facts.office, scene.now)) return 'married'
    if (!a.class) return 'class'
    if (openQuestion(scene)) return 'question'
    return nextDocument(scene, a) ?? 'summary'
  },

  settle(scene) {
    const before = pupilOf(scene.answers)
    if (before.sent) return settleLoose(before, scene)
    let a: PupilAnswers = before
    if (a.nik && a.typedDate && !a.birthDate && nikAgreesWith(a.nik, a.typedDate)) a = { ...a, birthDate: a.typedDate }
    if (a.birthDate && a.typedDate) {
      const { typedDate: _, ...rest } = a
      a = rest
    }
    const open = scene.facts.openNiks.find((one) => one.nik === a.nik && one.reason === a.reason)
    if (open) a = { ...a, closed: { why: 'open', ticket: open.ticket, stage: open.stage } }
    const age = a.birthDate ? ageOf(a.birthDate, scene.facts.office, scene.now) : 0
    if (age >= scene.facts.office.ages.until) a = { ...a, closed: { why: 'age', age: scene.facts.office.ages.until } }
    if (a.files) a = settleFiles(a, scene)
    return a === before ? scene.answers : { ...a }
  },

  previous(step, scene) {
    const at = MAIN.indexOf(ASIDE[step] ?? step)
    const before = MAIN.slice(0, Math.max(0, at)).toReversed()
    if (step === 'nextPupil' || step === 'forWhom') return undefined
    return before.find((one) => one === 'documents' || scene.answers[one] !== undefined)
  },

  digest(said, step, scene) {
    const { again, name } = pupilOf(scene.answers)
    const word = again ? readClass(said.text)?.class : undefined
    if (again && again === step && (word === 'ON' || word === 'YES'))
      return take({ again: undefined }, text(scene, 'keepNow'))
    if (name && step !== 'summary' && /^\s*(?:ubah|ganti)(?!\p{L})/iu.test(said.text)) {
      const change = readChange(said.text, cardLines(scene))
      const known = change?.line && change.line !== 'documents' && scene.answers[change.line] !== undefined
      if (change?.line && known) return takeChange({ ...change, line: change.line }, scene)
    }
    if (step === 'nextPupil' && changesSent(said.text, scene)) return { kind: 'tell', text: sentText(scene) }
    if (DOCUMENT_STEPS.includes(step) && step !== 'sort') {
      const files = filesOf(scene)
      const line = files.length > 0 ? readFileLine(said.text, files.length) : undefined
      if (line?.kind === 'wrong') return wrongLine(scene, line)
      if (line?.kind === 'places') {
        const set = { files: applyLine(files, line), unsure: undefined, again: undefined, checking: undefined }
        return take(set, text(scene, 'lineTaken'))
      }
    }
    return readPasted(said, step, scene)
  },

  receive(said, step, scene) {
    if (step !== 'nextPupil' && step !== 'forWhom') return receiveFiles(said, step, scene)
    const { loose, came, note, effects } = waitLoose(pupilOf(scene.answers).loose ?? [], said.files, scene)
    return came === 0 ? hint(note) : { kind: 'take', set: { loose }, effects, ...(note && { note }) }
  },

  finish(scene) {
    const a = pupilOf(scene.answers)
    const { draft = scene.facts.draftId } = pupilMemory(scene.memory)
    const round = { reason: a.reason, origin: a.origin, class: a.class }
    const on = { flow: 'submit', answers: { sent: true } }
    if (!a.closed) return sendOff(scene, draft, on, round)
    const note = closedText(scene, a.name ?? '', a.closed)
    // the application is not begun, but what was sent is not dropped: it may belong to another pupil
    const files = (a.files ?? []).map((entry) => entry.id)
    const effects: Effect[] = [
      ...(pupilMemory(scene.memory).draft ? [{ kind: 'discard' as const, draft }] : []),
      ...(files.length > 0 ? [{ kind: 'keep' as const, files }] : []),
    ]
    return { ...on, note, effects, memory: { draft: undefined, round, last: undefined } }
  },
}

/** Why no application is begun. */
function closedText(scene: Scene, name: string, closed: NonNullable<PupilAnswers['closed']>): string {
  if (closed.why === 'age') return text(scene, 'overAge', { name, age: closed.age })
  if (closed.why === 'married') return text(scene, 'overMarried', { name })
  return text(scene, 'nikOpen', { existing: closed.ticket, stage: stageOf(scene, closed.stage) })
}

function stageOf(scene: Scene, stage: string): string {
  const known = scene.facts.openNiks.find((one) => one.stage === stage)
  return known ? stageName(scene.facts.office, known.stage) : stage
}

/** Which question about documents is open, if any. */
function nextDocument(scene: Scene, a: PupilAnswers): string | undefined {
  const files = filesOf(scene)
  const all = needs(scene)
  if (openFiles(files).length > 0 || a.checking) return 'documents'
  const unsorted = files.filter((entry) => !entry.kind)
  if (unsorted.length > 0) return a.unsure && unsorted.length === 1 ? 'fourthFile' : 'sort'
  const cards = files.filter((entry) => entry.kind === 'eid_card').length
  if (a.pairAsk && !a.pairDone && cards === 1) return 'secondGuardian'
  if (a.sorted === 'office') return undefined
  if (lackingPieces(files, all).length > 0) return 'documents'
  const portrait = lacksPortrait(files, all)
  return portrait && (all.portrait === 'due' || !a.noPortrait) ? 'documents' : undefined
}

function settleLoose(a: PupilAnswers, scene: Scene): Answers {
  if (!a.loose) return scene.answers
  const { loose: before, ...rest } = a
  const loose = refreshLoose(before, scene.facts.files)
  if (loose === before) return scene.answers
  return loose.length > 0 ? { ...rest, loose } : rest
}

function settleFiles(a: PupilAnswers, scene: Scene): PupilAnswers {
  const files = refresh(a.files ?? [], scene.facts.files, scene.now)
  // the requirements follow from reason and birth date: nothing is placed before these are known
  if (!a.birthDate || !a.reason) return files === a.files ? a : { ...a, files }
  const settled = endChecking({ ...a, files }, scene)
  const placed = place(files, needs({ ...scene, answers: { ...a } }), settled, scene.facts)
  const { unsure: _, ...rest } = settled
  return { ...rest, files: placed.files, ...(placed.unsure && { unsure: placed.unsure }) }
}

function receiveFiles(said: Said, step: string, scene: Scene): Reading {
  const before = pupilOf(scene.answers)
  const old = before.files ?? []
  const late = openFiles(old).length > 0 || step === 'sort'
  const { files, taken, beyond } = receive(old, said.files, scene.now)
  const asked = DOCUMENT_STEPS.includes(step)
  const news: News = { received: taken, how: late ? 'late' : taken.length === 1 ? 'one' : 'many' }
  const limit = beyond.length > 0 ? text(scene, 'fileLimit', { limit: MOST_FILES, n: beyond.length }) : undefined
  const stored = files.filter((entry) => entry.state === 'stored').length
  const failed = files.filter((entry) => taken.includes(entry.id) && entry.state === 'failed')
  const came = taken.length - failed.length
  // those that are still on their way are told as they come
  const there = files.filter((entry) => taken.includes(entry.id) && entry.state === 'stored').length
  const lateNote = late && there > 0 ? text(scene, 'joined', { n: there, total: stored }) : undefined
  const name = before.name ?? text(scene, 'newPupil')
  const early = came > 0 ? text(scene, 'filesJoin', { n: came, name }) : undefined
  const set: Answers = { files, ...(asked ? { early: undefined } : { early: true }), again: undefined }
  const effects: Effect[] = beyond.length > 0 ? [{ kind: 'keep', files: beyond.map((file) => file.id) }] : []
  // where files are not asked for yet, nothing else says what became of them
  const note = asked ? join(lateNote, limit) : join(early, failedPlaces(scene, failed), limit)
  const checking = checkingOf(before, files, taken, needs(scene), scene)
  const pair = checking ? {} : pairAsked(files, news, asked, scene)
  return {
    kind: 'take',
    set: { ...set, ...(checking && { checking }), ...(asked ? {} : { again: before.again }), ...pair },
    ...(note && { note }),
    ...(asked && { news }),
    ...(effects.length > 0 && { effects }),
  }
}

/** An ID card that came alone: the other parent's may follow. */
function pairAsked(files: PupilAnswers['files'], news: News, asked: boolean, scene: Scene): Answers {
  if (!asked || news.received.length !== 1 || !files) return {}
  const placed = place(files, needs(scene), pupilOf(scene.answers), scene.facts).files
  const one = placed.find((entry) => entry.id === news.received[0])
  const pair = needs(scene).pieces.some((piece) => piece.kind === 'eid_card' && piece.pair)
  return one?.kind === 'eid_card' && pair ? { pairAsk: true } : {}
}

/** What the person is told once the application has its ticket, waits for approval, or was there already. */
function sendOff(scene: Scene, draft: string, on: Outcome, round: Answers): Outcome {
  const a = pupilOf(scene.answers)
  const { facts } = scene
  const name = a.name ?? ''
  const files = draftFiles(a.files ?? [])
  const agreed = { agreement: a.confirm, text: pupilText(facts.office), now: scene.now }
  const consent = consentOf(facts.coordinator?.id ?? '', agreed)
  const answers: Answers = { ...a }
  const pending: Effect[] =
    facts.coordinator?.state === 'pending' ? [{ kind: 'draft', draft, step: 'summary', answers, files }] : []
  return {
    ...on,
    memory: { draft: undefined, round, last: { id: draft, name } },
    effects: pending,
    reply: (next) => ({
      kind: 'submit',
      draft,
      answers,
      files,
      findings: findingsOf(a, facts, scene.now),
      consent,
      reply: {
        queued: then(text(scene, 'queued', { name }), next),
        pending: then(text(scene, 'pending', { name }), next),
        duplicate: then(text(scene, 'nikOpen'), next),
      },
    }),
  }
}

function then(opening: string, next: Prompt): Reply {
  return { ...next, text: join(opening, next.text) }
}

/** Sends a draft whose KIRIM was said before the coordinator was approved. */
export function sendWaiting(scene: Scene, draft: string, next: Prompt): Effect | undefined {
  return sendOff(scene, draft, { flow: 'submit' }, {}).reply?.(next)
}
