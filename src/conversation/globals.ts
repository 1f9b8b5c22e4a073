import { parseTicket } from '../models/application/ticket.ts'
import type { Effect, Turn } from '../models/chat/turn.ts'
import type { Outcome, Prompt, Said, Scene } from './definition.ts'
import { helpText, startPupil } from './flows/menu.ts'
import { aside, parkDraft } from './flows/park.ts'
import { back, parkedIn, showsTheWay } from './flows/aside.ts'
import { begin } from './flows/correct-files.ts'
import { askedBefore, later, leftBehind } from './flows/correct-tasks.ts'
import { pupilOf } from './flows/pupil.ts'
import { statusList, statusOne } from './flows/status.ts'
import { nextOfficeDay } from './hours.ts'
import type { Arrival, Place, Standing } from './place.ts'
import { definitionOf, hasDraft, moved, promptOf, stepOf, tidy } from './place.ts'
import { readGlobal } from './reading/commands.ts'
import type { GlobalReading, GlobalWord } from './reading/commands.ts'
import { saysWord } from './reading/words.ts'
import { text } from './steps.ts'
import { join } from './texts/texts.ts'

type Led = { place: Place; arrival: Arrival }
export type Word = Led & { word: GlobalWord | 'other' }

/**
 * A global word as the whole message, wherever it is said: it never loses the draft, and leads back to its question.
 * Undefined where the message is none, or is one of the choices on screen.
 */
export function readWord(said: Said, standing: Standing, turn: Turn): Word | undefined {
  const step = stepOf(standing)
  const prompt = step.ask(standing.scene)
  if (isOnScreen(said.text, prompt, standing)) return undefined
  const more = readMore(said, standing)
  if (more) return { word: 'other', ...more }
  const reading = readGlobal(said.text, { exact: step.named ?? false })
  if (!reading) return undefined
  const led = obey(reading, standing, turn)
  return led && { word: reading.word, ...led }
}

/** Choices on screen beat global words; the menu's are the same words. */
function isOnScreen(said: string, prompt: Prompt, standing: Standing): boolean {
  if (standing.place.flow === 'menu') return false
  const typed = said.trim().toLowerCase()
  const hit = prompt.choices?.find(({ value, label }) => value.toLowerCase() === typed || label.toLowerCase() === typed)
  return hit !== undefined && !['PETUGAS', 'KEMBALI'].includes(hit.value)
}

/** LAGI after a page of the list; a ticket number where the list was shown, or where nothing is under way. */
function readMore(said: Said, standing: Standing): Led | undefined {
  const { place, scene } = standing
  const page = place.memory['page']
  if (typeof page === 'number' && saysWord(said.text, 'lagi')) return showList(standing, page + 1)
  const idle = place.flow === 'menu' || (place.flow === 'submit' && place.answers['sent'] === true)
  const ticket = page !== undefined || idle ? parseTicket(said.text.trim()) : undefined
  return ticket ? told(standing, statusOne(scene, ticket), 'statusOn') : undefined
}

function obey(reading: GlobalReading, standing: Standing, turn: Turn): Led | undefined {
  const { scene, place } = standing
  const known = scene.facts.coordinator !== null
  switch (reading.word) {
    case 'PETUGAS':
      return officer(reading, standing)
    case 'PENGADUAN':
      return place.flow === 'complain' ? undefined : aside(standing, 'complain', {})
    case 'BANTUAN':
      return told(standing, helpText(scene))
    case 'BERHENTI':
      return { ...told(standing, text(scene, 'noticesOff')), ...notices(standing, false) }
    case 'MULAI':
      return { ...told(standing, text(scene, 'noticesOn')), ...notices(standing, true) }
    case 'KEMBALI':
      return goBack(standing)
    case 'MENU':
      return known ? showMenu(standing) : { place, arrival: {} }
    default:
      return known ? obeyKnown(reading, standing, turn) : { place, arrival: {} }
  }
}

function obeyKnown(reading: GlobalReading, standing: Standing, turn: Turn): Led | undefined {
  const { scene, place } = standing
  const { ticket, wrongTicket } = reading
  if (wrongTicket !== undefined) return told(standing, text(scene, 'ticketUnknown', { ticket: wrongTicket }))
  switch (reading.word) {
    case 'AJUKAN':
      return startAnother(standing)
    case 'STATUS':
      return ticket ? told(standing, statusOne(scene, ticket), 'statusOn') : showList(standing, 1)
    case 'DRAF': {
      if (hasDraft(place) && scene.facts.drafts.length === 0) return told(standing, text(scene, 'draftsNone'))
      if (scene.facts.drafts.length === 0) return told(standing, text(scene, 'draftsNone'), 'onMenu')
      return aside(standing, 'drafts', {})
    }
    case 'PERBAIKI':
      return correcting(ticket, standing)
    case 'BATAL':
      // "batal" to "YA BATAL atau TIDAK" is neither
      return place.flow === 'cancel' && !ticket ? undefined : cancelling(ticket, standing)
    default:
      throw new Error(`${turn.id}: no way for a global word`)
  }
}

/** Says something and leads back: to the question of the draft, or to the menu. */
function told(standing: Standing, words: string, alone?: 'statusOn' | 'onMenu'): Led {
  const { place, scene } = standing
  if (hasDraft(place) || place.flow !== 'menu') return { place, arrival: { note: words, returning: true } }
  const tail = showsTheWay(words) ? undefined : text(scene, alone ?? 'onMenu')
  const memory = { ...place.memory, misses: undefined }
  return { place: { flow: 'menu', answers: { quiet: true }, memory }, arrival: { note: join(words, tail) } }
}

function showList(standing: Standing, wanted: number): Led {
  const waits = standing.place.flow === 'menu' ? '' : promptOf(standing, { returning: true }).text
  const shown = statusList(standing.scene, wanted, waits)
  const led = told(standing, shown.text)
  return { ...led, place: { ...led.place, memory: { ...led.place.memory, page: shown.page } } }
}

function notices(standing: Standing, on: boolean): { arrival: Arrival } {
  const { scene } = standing
  const alone = !hasDraft(standing.place)
  const note = on ? text(scene, alone ? 'noticesOn' : 'noticesOnBack') : text(scene, 'noticesOff')
  return { arrival: { note, returning: true, effects: [{ kind: 'notices', on }] } }
}

/** A request for a person, recorded under a number; the question comes again behind the answer. */
function officer(reading: GlobalReading, standing: Standing): Led {
  const { scene, place } = standing
  const words = text(scene, 'officer', { hours: nextOfficeDay(scene.facts.office, scene.now) })
  const reply = (next: Prompt): Effect => ({
    kind: 'help',
    ...(reading.note && { note: reading.note }),
    reply: { ...next, text: join(words, next.text || text(scene, 'onMenu')) },
  })
  return { place, arrival: { returning: true, reply } }
}

function goBack(standing: Standing): Led {
  const { place, scene, definition, step } = standing
  if (place.flow === 'complain') return lead(place, back(scene, text(scene, 'complainBackShort')))
  if (place.flow === 'correct') {
    const answers = askedBefore(scene)
    return answers ? { place: { ...place, answers }, arrival: {} } : lead(place, later(scene))
  }
  if (parkedIn(place.memory)) return lead(place, back(scene, ''))
  const before = definition.previous?.(step, scene)
  if (before) {
    const answers = { ...place.answers, again: before }
    return { place: { ...place, answers }, arrival: {} }
  }
  if (place.flow === 'submit' || place.flow === 'register') {
    return { place, arrival: { note: place.answers['sent'] ? '' : text(scene, 'firstQuestion') } }
  }
  return showMenu(standing)
}

function showMenu(standing: Standing): Led {
  const { place } = standing
  const lastDraft = place.memory['draft'] ?? place.memory['lastDraft']
  const memory = { ...place.memory, misses: undefined, page: undefined, parked: undefined, draft: undefined, lastDraft }
  return { place: { flow: 'menu', answers: {}, memory }, arrival: {} }
}

/** AJUKAN: the draft that is open is parked first; on the very question after KIRIM it means YA. */
function startAnother(standing: Standing): Led {
  const { scene, place } = standing
  if (place.flow === 'submit' && !hasDraft(place) && !place.answers['sent']) return { place, arrival: {} }
  const note = hasDraft(place) ? parkDraft(standing, undefined).arrival.note : undefined
  const name = pupilOf(place.answers).name ?? text(scene, 'newPupil')
  return lead(place, startPupil(scene, note && text(scene, 'parkedShort', { name })))
}

function cancelling(ticket: string | undefined, standing: Standing): Led {
  const { scene, place } = standing
  if (ticket) {
    const known = scene.facts.applications.some((one) => one.ticket === ticket)
    return known ? aside(standing, 'cancel', { ticket }) : told(standing, text(scene, 'ticketUnknown', { ticket }))
  }
  if (place.flow === 'complain') return lead(place, back(scene, text(scene, 'complainBackShort')))
  if (hasDraft(place)) return aside(standing, 'cancel', {})
  if (parkedIn(place.memory)) return lead(place, back(scene, text(scene, 'notCancelled')))
  return told(standing, text(scene, 'cancelWhich'))
}

/** Whoever has sent the picture before PERBAIKI need not send it again. */
function correcting(ticket: string | undefined, standing: Standing): Led {
  const { scene } = standing
  // said in the middle of one, it goes on with that one, or leaves it for another
  const left = standing.place.flow === 'correct' ? leftBehind(scene) : undefined
  const known = left ? { ...scene.memory, correction: left } : scene.memory
  const { answers, memory, note } = begin({ ...scene, memory: known }, ticket)
  const { place, arrival } = aside(standing, 'correct', answers)
  return {
    place: { ...place, memory: tidy({ ...place.memory, ...(left && { correction: left }), ...memory }) },
    arrival: { ...arrival, ...(note && { note }) },
  }
}

function lead(place: Place, outcome: Outcome): Led {
  const { note, effects, returning } = outcome
  const at = definitionOf(outcome.flow).name === outcome.flow ? outcome : { ...outcome, flow: 'menu' }
  const memory: Scene['memory'] = { misses: undefined, page: undefined, ...outcome.memory }
  return {
    place: moved(place, { ...at, memory }),
    arrival: { ...(note && { note }), ...(effects && { effects }), ...(returning && { returning }) },
  }
}
