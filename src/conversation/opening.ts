import type { Session } from '../models/chat/session.ts'
import type { Effect, Turn } from '../models/chat/turn.ts'
import type { Facts } from './facts.ts'
import { definitionOf } from './place.ts'
import type { Arrival, Place, Standing } from './place.ts'
import { startPayload } from './reading/commands.ts'
import { text } from './steps.ts'
import { join } from './texts/texts.ts'

/** Where a turn begins: `renewed` where the flow changed since, `first` for whoever is not known, `left` after a move. */
type Opened = { place: Place; renewed: boolean; first: boolean; left?: true }

/** Says to whoever was moved why the pupil that they were at is gone. */
export function leaving({ scene }: Standing, arrival: Arrival): Arrival {
  const note = text(scene, 'movedSchool', { school: scene.facts.coordinator?.school.name ?? '' })
  const { reply } = arrival
  const opened = { ...arrival, note: join(note, arrival.note) }
  if (!reply) return opened
  // a hint says nothing of what comes next
  const opening = (effect: Effect): Effect =>
    effect.kind === 'say' && !effect.text.includes(note) ? { ...effect, text: join(note, effect.text) } : effect
  return { ...opened, reply: (next) => opening(reply(next)) }
}

/** The session's place, or the start: registering for whoever is not known, else the quiet menu. */
export function openPlace(session: Session | null, facts: Facts): Opened {
  const memory = session?.memory ?? {}
  if (session && facts.coordinator && (memory['school'] ?? facts.coordinator.npsn) !== facts.coordinator.npsn) {
    // moved to another school: its pupils are not theirs any more, what they were complaining of is
    const place = session.flow === 'complain' ? session : { flow: 'menu', answers: { quiet: true } }
    return { place: { flow: place.flow, answers: place.answers, memory: {} }, renewed: false, first: false, left: true }
  }
  if (!facts.coordinator) {
    const registering = session?.flow === 'register' || session?.flow === 'complain'
    if (!session || !registering) {
      return { place: { flow: 'register', answers: {}, memory }, renewed: false, first: true }
    }
  }
  if (!session || (facts.coordinator && session.flow === 'register')) {
    return { place: { flow: 'menu', answers: { quiet: true }, memory }, renewed: false, first: false }
  }
  const { flow, answers, version } = session
  const definition = definitionOf(flow)
  if (definition.name === flow && definition.version === version) {
    return { place: { flow, answers, memory }, renewed: false, first: false }
  }
  const migrated = definition.migrate?.(answers, version) ?? answers
  return { place: { flow: definition.name, answers: migrated, memory }, renewed: true, first: false }
}

/** An invitation code of `/start CODE` waits for the question about it. */
export function withPayload(place: Place, turn: Turn): Place {
  const code = turn.kind === 'text' ? startPayload(turn.text) : undefined
  return code ? { ...place, memory: { ...place.memory, invitation: code.toUpperCase() } } : place
}
