import { formatDate } from '../../models/identity/date.ts'
import { maskNik, nikAgreesWith } from '../../models/identity/identity.ts'
import type { Effect, TurnFile } from '../../models/chat/turn.ts'
import { agreedTo, pupilText } from '../consent.ts'
import { take, wholeHint } from '../definition.ts'
import type { Reading, Scene, Step } from '../definition.ts'
import type { DraftFact } from '../facts.ts'
import { readChange } from '../reading/choices.ts'
import { readCorrection } from '../reading/correction.ts'
import type { CorrectableLine } from '../reading/correction.ts'
import { wordsOf } from '../reading/vocabulary.ts'
import { readClass, saysWord } from '../reading/words.ts'
import { askChoice, askYesNo, text } from '../steps.ts'
import { join } from '../texts/texts.ts'
import { takeChange } from './change.ts'
import { kindsText, needs } from './document-steps.ts'
import { waitingText } from './loose-files.ts'
import { MOST_FILES, draftFiles, receive } from './placement.ts'
import { pupilMemory, pupilOf } from './pupil.ts'
import type { Entry, PupilAnswers, PupilMemory } from './pupil.ts'
import { reasonText } from './reason-steps.ts'
import { lacksPortrait } from './requirements.ts'

/** The lines of the card in their order; `again` names the step that a line asks again. */
export function cardLines(scene: Scene): CorrectableLine[] {
  return [
    { value: 'name', words: ['nama'], typed: true },
    { value: 'nik', words: ['nik'], typed: true },
    { value: 'birthDate', words: ['lahir', 'tanggal', 'tanggal lahir', 'tgl lahir', 'tgl'], typed: true },
    { value: 'class', words: ['kelas', 'kls'], typed: true },
    { value: 'reason', words: ['alasan', 'kewarganegaraan'], typed: true },
    { value: 'documents', words: ['berkas', 'dokumen', 'foto', 'pas foto', 'akta', 'kk', 'ktp'], typed: false },
    ...scene.facts.office.questions.map(({ name }) => ({ value: `question:${name}`, words: [name], typed: false })),
  ]
}

/** Words that may stand beside a yes at the card. */
const BESIDE_YES = /(?<!\p{L})(?:semua(?:nya)?|kirim(?:kan)?|data(?:nya)?|itu|langsung)(?!\p{L})/giu

const summary: Step = {
  label: 'labelSummary',
  short: 'shortSummary',
  yesNo: true,
  ask(scene) {
    const send = text(scene, 'send')
    const change = text(scene, 'change')
    return {
      text: cardText(scene),
      choices: [
        { value: 'KIRIM', label: send },
        { value: 'UBAH', label: change },
      ],
    }
  },
  read(said, scene) {
    const sent = take({ confirm: agreedTo(pupilText(scene.facts.office), said, scene.now) })
    if (saysWord(said.text, 'kirim')) return sent
    const change = readChange(said.text, cardLines(scene))
    const correction = change?.value === undefined ? readCorrection(said.text, cardLines(scene)) : undefined
    if (correction) return takeChange(correction, scene)
    if (change?.line) return takeChange({ ...change, line: change.line }, scene)
    // a remark with a "sudah" in it is no consent: all of the message must agree
    const agreed = readClass(said.text.replaceAll(BESIDE_YES, ' '), { alone: true })?.class
    if (agreed === 'YES' || agreed === 'ON') return sent
    if (change || readClass(said.text, { yesNo: true })?.class === 'NO')
      return { kind: 'tell', text: text(scene, 'changeWhich'), whole: true }
    return wholeHint(text(scene, 'summaryHint'))
  },
}

/** The card that KIRIM agrees to. */
function cardText(scene: Scene): string {
  const answers = pupilOf(scene.answers)
  const { name = '', nik = '', birthDate = '' } = answers
  const extras = scene.facts.office.questions.map((question, i) =>
    text(scene, 'summaryExtra', { n: i + 7, label: question.name, value: answers.extra?.[question.name] ?? '' }),
  )
  const remarks = remarksOf(scene, answers)
  return text(scene, 'summary', {
    name,
    nik: maskNik(nik),
    date: formatDate(birthDate),
    class: answers.class ?? '',
    reason: reasonText(scene, { ...answers, reason: answers.reason ?? 'NEW' }),
    files: kindsText(scene) || '–',
    extra: extras.map((line) => `${line}\n`).join(''),
    remarks: remarks.length > 0 ? `${text(scene, 'remarks', { list: remarks.join('; ') })}\n` : '',
  })
}

function remarksOf(scene: Scene, answers: PupilAnswers): string[] {
  const { nik, birthDate, files = [] } = answers
  const all = needs(scene)
  const remarks: string[] = []
  if (nik && birthDate && !nikAgreesWith(nik, birthDate)) remarks.push(text(scene, 'remarkDate'))
  if (answers.sorted === 'office') remarks.push(text(scene, 'remarkUnsorted'))
  if (all.portrait === 'optional' && lacksPortrait(files, all)) remarks.push(text(scene, 'remarkNoPortrait'))
  return remarks
}

/** Answers with which the next pupil of a round begins: reason and class stay; whether it is a foreign child does not. */
export function nextAnswers(memory: PupilMemory): PupilAnswers {
  const { reason, origin, class: group } = memory.round ?? {}
  return { ...(reason && { reason }), ...(origin && { origin }), ...(group && { class: group }) }
}

/** A coordinator who is not approved yet may keep so many drafts and no more. */
export function atDraftLimit(scene: Scene): boolean {
  const { coordinator, drafts, office } = scene.facts
  return coordinator?.state === 'pending' && drafts.length >= office.drafts.unapprovedLimit
}

export function overLimit(scene: Scene): Reading {
  const note = text(scene, 'draftLimit', { limit: scene.facts.office.drafts.unapprovedLimit })
  return { kind: 'go', to: { flow: 'menu', memory: { draft: undefined }, answers: { quiet: true }, note } }
}

/** "Ada murid lain?" – "masih ada 3 lagi", "ada satu lagi", "tambah murid". */
const ANOTHER =
  /^(?:(?:iya|ya)\s+)?(?:(?:masih\s+)?ada|masih|tambah|nambah)(?:\s+(?:\d{1,3}|satu|dua|tiga|empat|lima|beberapa|banyak))?(?:\s+(?:orang|anak|murid|siswa))?(?:\s+(?:lagi|lain))?$/

const nextPupil: Step = {
  late: true,
  ...askYesNo({
    ask: (scene) => text(scene, 'nextPupil'),
    words: ['YA', 'SELESAI'],
    agrees: (said) => ANOTHER.test(wordsOf(said).join(' ')),
    hint: 'nextPupilHint',
    yes(scene, said) {
      // "sudah", "cukup", "selesai" end the round here, though they are a yes elsewhere
      const words = readClass(said)
      if (words?.class === 'ON') return dayDone(scene)
      if (atDraftLimit(scene)) return overLimit(scene)
      return take({ sent: undefined, ...nextAnswers(pupilMemory(scene.memory)) })
    },
    no: dayDone,
  }),
}
const CHANGES = /(?<!\p{L})(?:ubah|ganti|edit|betulkan|perbaiki|koreksi|salah|keliru)(?!\p{L})/iu

/** "ubah nama jadi Siti" right after KIRIM is about the pupil that was sent, not the next one's name. */
export function changesSent(said: string, scene: Scene): boolean {
  if (!CHANGES.test(said)) return false
  const bare = ['ubah', 'salah', 'keliru'].some((word) => saysWord(said, word))
  return bare || readChange(said, cardLines(scene))?.line !== undefined
}

/** How data that were sent can still be put right: on the card where they wait for the approval, else by a person. */
export function sentText(scene: Scene): string {
  const { last } = pupilMemory(scene.memory)
  const waits = scene.facts.drafts.some((draft) => draft.id === last?.id)
  return text(scene, waits ? 'sentWaits' : 'sentAlready', { name: last?.name ?? text(scene, 'newPupil') })
}

/** KIRIM waits for the approval: what comes for that pupil goes with it. */
function joinWaiting(draft: DraftFact, loose: readonly TurnFile[], scene: Scene): Reading {
  const answers = pupilOf(draft.answers)
  const { files, taken, beyond } = receive(answers.files ?? [], loose, scene.now)
  const sorted = files.map((entry): Entry => (entry.kind ? entry : { ...entry, kind: 'other' }))
  const joined = text(scene, 'filesJoin', { n: taken.length, name: answers.name ?? text(scene, 'newPupil') })
  const limit = beyond.length > 0 ? text(scene, 'fileLimit', { limit: MOST_FILES, n: beyond.length }) : undefined
  const set = { ...answers, files: sorted }
  const effect: Effect = { kind: 'draft', draft: draft.id, step: 'summary', answers: set, files: draftFiles(sorted) }
  return {
    kind: 'go',
    to: { flow: 'submit', answers: { sent: true }, effects: [effect], note: join(joined, limit) },
  }
}

/** KIRIM was said: what comes for that pupil is added to the application, up to what one pupil may have. */
function attaching(to: { id: string; name: string }, loose: readonly TurnFile[], scene: Scene): Reading {
  const { retake } = pupilMemory(scene.memory)
  const again = retake?.application === to.id && loose.length === 1 ? retake : undefined
  const there = scene.facts.applications.find((one) => one.id === to.id)?.documents.length ?? 0
  // one that takes the place of another makes them no more
  const files = again ? loose : loose.slice(0, Math.max(0, MOST_FILES - there))
  const beyond = loose.length - files.length
  const limit = beyond > 0 ? text(scene, 'fileLimit', { limit: MOST_FILES, n: beyond }) : undefined
  const sent = { flow: 'submit', answers: { sent: true } }
  if (files.length === 0) return { kind: 'go', to: { ...sent, ...(limit && { note: limit }) } }
  const { name } = to
  const { kind, page } = again ?? ({ kind: 'other', page: 1 } as const)
  return {
    kind: 'go',
    to: {
      ...sent,
      ...(again && { memory: { retake: undefined } }),
      reply: (next) => ({
        kind: 'attach',
        application: to.id,
        files: files.map((file, i) => ({ id: file.id, kind, page: page + i })),
        reply: {
          attached: { ...next, text: join(text(scene, 'attached', { name }), limit, next.text) },
          requested: { ...next, text: join(text(scene, 'attachRequested', { name }), limit, next.text) },
          stale: { ...next, text: join(text(scene, 'attachStale', { name }), next.text) },
        },
      }),
    },
  }
}

function dayDone(scene: Scene): Reading {
  return {
    kind: 'go',
    to: { flow: 'menu', answers: { quiet: true }, memory: { draft: undefined }, note: dayText(scene) },
  }
}

const MOST_ROWS = 10
/** The day's tickets, newest last. */
function dayText(scene: Scene): string {
  const { office, applications } = scene.facts
  const day = (at: Date): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone: office.hours.timeZone }).format(new Date(at))
  const today = applications.filter((one) => day(one.submittedAt) === day(scene.now)).toReversed()
  if (today.length === 0) return text(scene, 'dayNone')
  const rows = today.slice(-MOST_ROWS).map((one) => `*${one.ticket}* ${cutName(one.pupil.name)}`)
  if (today.length > rows.length) rows.push(text(scene, 'dayMore', { n: today.length - rows.length }))
  return text(scene, 'dayDone', { n: today.length, rows: rows.join('\n') })
}

const NAME_WIDTH = 24
/** Names in lists are cut, so that ten rows stay one screen. */
export function cutName(name: string, width = NAME_WIDTH): string {
  return name.length <= width ? name : `${name.slice(0, width - 1).trimEnd()}…`
}

/** Files that came after KIRIM: whose are they? */
const forWhom: Step = {
  ...askChoice({
    ask: (scene) => text(scene, 'forWhom', { name: pupilMemory(scene.memory).last?.name ?? '' }),
    options: (scene) => [
      { value: 'last', label: pupilMemory(scene.memory).last?.name ?? '' },
      { value: 'next', label: text(scene, 'forWhomNext'), words: ['berikutnya', 'murid lain', 'baru'] },
    ],
    taken(value, scene) {
      const { loose = [] } = pupilOf(scene.answers)
      const { last } = pupilMemory(scene.memory)
      if (value === 'next' || !last) {
        if (atDraftLimit(scene)) return overLimit(scene)
        const files = loose.map((file, i) => ({ ...file, n: i + 1 }))
        return take({
          sent: undefined,
          loose: undefined,
          files,
          early: true,
          ...nextAnswers(pupilMemory(scene.memory)),
        })
      }
      const waits = scene.facts.drafts.find((draft) => draft.id === last.id)
      if (waits) return joinWaiting(waits, loose, scene)
      const back = scene.facts.applications.find((one) => one.id === last.id && one.stage === 'returned')
      if (back) {
        const note = waitingText(scene, loose.length)
        return { kind: 'go', to: { flow: 'menu', answers: { quiet: true }, memory: { loose }, note } }
      }
      return attaching(last, loose, scene)
    },
  }),
}

export const cardSteps = { summary, nextPupil, forWhom }
