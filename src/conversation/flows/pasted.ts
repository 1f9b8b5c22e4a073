import type { Answers } from '../../models/chat/session.ts'
import type { Reading, Said, Scene } from '../definition.ts'
import { readPieces } from '../reading/pieces.ts'
import type { PieceField, Piece } from '../reading/piece.ts'
import { text } from '../steps.ts'
import { join } from '../texts/texts.ts'
import { nextAnswers } from './card.ts'
import { notedText } from './noted.ts'
import { FIELDS } from './pupil-steps.ts'
import { pupilMemory, pupilOf } from './pupil.ts'
import type { ClarifiedField, PupilAnswers } from './pupil.ts'

/** At these steps several answers in one message are read. */
const PASTED_AT: readonly string[] = ['reason', 'name', 'nik', 'birthDate', 'mismatch', 'class', 'nextPupil']
const ORDER: readonly ClarifiedField[] = ['nik', 'birthDate', 'class', 'reason', 'name']

/**
 * Reads several answers in one message, or one of another kind than was asked (conversation design §2). Each piece
 * passes its own step's check; the good ones stay, the first that fails is asked first.
 */
export function readPasted(said: Said, step: string, scene: Scene): Reading | undefined {
  if (!PASTED_AT.includes(step)) return undefined
  const begun: Answers = step === 'nextPupil' ? { ...nextAnswers(pupilMemory(scene.memory)) } : scene.answers
  const pasted = readPieces(said.text, knownOf(pupilOf(begun), step))
  if (pasted.kind === 'none') return undefined
  if (pasted.kind === 'pupils') return { kind: 'tell', text: text(scene, 'severalPupils', { n: pasted.count }) }
  const start = step === 'nextPupil' ? { sent: undefined, ...begun } : {}
  if (pasted.kind === 'lone') {
    const { piece } = pasted
    // "5B" before the next name changes the class; anything else that was asked is read by its own step
    if (piece.field === step) return undefined
    if (step === 'nextPupil' && piece.field !== 'nik' && !piece.labelled) return undefined
    // compared where a NIK stands beside it, and never kept: alone it answers nothing
    if (piece.field === 'kk') return { kind: 'hint', text: text(scene, 'familyCardAlone') }
    return takePieces([piece], start, begun, step, scene)
  }
  const reading = takePieces(pasted.pieces, start, begun, step, scene)
  const [question] = pasted.questions
  if (!question || question.field === 'kk' || question.field === 'citizenship' || reading.kind !== 'take')
    return reading
  const { field } = question
  const fits = question.readings.filter((piece) => {
    const known = piece.value === knownOf(pupilOf(begun), step)[field]
    return known || checkPiece(piece, field, undefined, { ...scene, answers: begun }).kind === 'take'
  })
  if (fits.length < 2) {
    return pasted.pieces.length > 0 ? reading : undefined
  }
  const readings = fits.map(({ text: typed, value }) => ({ text: typed, value }))
  // whoever pastes says nothing of a reason: as with one piece more, it is the usual one
  const usual = pupilOf(begun).reason === undefined && pasted.pieces.length > 0 ? { reason: 'NEW' } : {}
  return { ...reading, set: { ...usual, ...reading.set, clarify: { field, readings } } }
}

function takePieces(pieces: readonly Piece[], start: Answers, begun: Answers, step: string, scene: Scene): Reading {
  let answers: Answers = begun
  let set: Answers = start
  const noted = new Map<PieceField, string>()
  let failed: { field: ClarifiedField; text: string } | undefined
  const familyCard = pieces.find((piece) => piece.field === 'kk')?.value
  const status = pieces.find((piece) => piece.field === 'citizenship')?.value
  if (status !== undefined) {
    const citizenship = status === 'wna' ? status : undefined
    set = { ...set, citizenship }
    answers = { ...answers, citizenship }
    // beside a reason it is told with that, and what nearly every child is, is not told
    const told = citizenship === undefined || pieces.some((piece) => piece.field === 'reason')
    if (!told) noted.set('citizenship', text(scene, 'foreignChild'))
  }
  for (const field of ORDER) {
    const piece = pieces.find((one) => one.field === field)
    if (!piece) continue
    const reading = checkPiece(piece, field, familyCard, { ...scene, answers })
    if (reading.kind === 'take') {
      set = { ...set, ...reading.set }
      answers = { ...answers, ...reading.set }
      noted.set(field, notedText(scene, field, pupilOf(answers), piece.value))
    } else if (!failed && 'text' in reading) failed = { field, text: reading.text ?? '' }
  }
  if (familyCard !== undefined && familyCard === pupilOf(answers).nik) {
    set = { ...set, nik: undefined }
    failed = { field: 'nik', text: text(scene, 'nikIsFamilyCard') }
    noted.delete('nik')
  }
  if (set['reason'] === undefined && pupilOf(answers).reason === undefined && pieces.length > 1) {
    set = { ...set, reason: 'NEW' }
  }
  const { again } = pupilOf(begun)
  if (again !== undefined && again in set) set = { ...set, again: undefined }
  const list = (['name', 'nik', 'birthDate', 'class', 'reason', 'citizenship'] as const).flatMap(
    (field) => noted.get(field) ?? [],
  )
  const note = list.length > 0 ? text(scene, 'noted', { list: list.join('; ') }) : undefined
  if (failed && list.length === 0) return { kind: 'hint', text: failed.text }
  const opening = join(note, failed?.text)
  // a failed piece is asked first: its own step comes again before the first gap does
  const first =
    failed && failed.field !== step && pupilOf(answers)[failed.field] !== undefined ? failed.field : undefined
  return { kind: 'take', set: first ? { ...set, again: first } : set, ...(opening && { note: opening }) }
}

function checkPiece(piece: Piece, field: ClarifiedField, familyCard: string | undefined, scene: Scene): Reading {
  if (field === 'nik' && familyCard !== undefined && piece.value === familyCard) {
    return { kind: 'hint', text: text(scene, 'nikIsFamilyCard') }
  }
  const typed = field === 'reason' || field === 'class' ? piece.value : piece.text
  return FIELDS[field].read({ text: typed, files: [], turn: '' }, scene)
}

function knownOf(answers: PupilAnswers, step: string): Partial<Record<PieceField, string>> {
  const known: Partial<Record<PieceField, string>> = {}
  const { reason, name, nik, birthDate, typedDate, class: group, again } = answers
  const date = birthDate ?? typedDate
  if (reason && step !== 'reason') known.reason = reason
  if (name && again !== 'name') known.name = name
  if (nik && again !== 'nik' && step !== 'mismatch') known.nik = nik
  if (date && again !== 'birthDate' && step !== 'mismatch') known.birthDate = date
  // at the next pupil's name a class is said on purpose: it replaces the kept one
  if (group && again !== 'class' && step !== 'name' && step !== 'nextPupil') known.class = group
  return known
}
