import { addDays, dateIn, formatDate } from '../../models/identity/date.ts'
import type { Arrival, Place, Standing } from '../place.ts'
import { hasDraft } from '../place.ts'
import { text } from '../steps.ts'
import { join } from '../texts/texts.ts'
import { pupilOf } from './pupil.ts'

/** No dead end: what cannot be answered now stays as a draft, for the days that the office file says. */
export function parkDraft(standing: Standing, words: string | undefined): { place: Place; arrival: Arrival } {
  const { scene, place } = standing
  const { memory } = place
  const quiet: Place = {
    flow: 'menu',
    answers: { quiet: true },
    memory: { ...memory, misses: undefined, draft: undefined, lastDraft: memory['draft'] },
  }
  if (!hasDraft(place)) return { place: quiet, arrival: { note: text(scene, 'onMenu') } }
  const { office } = scene.facts
  const date = formatDate(addDays(dateIn(office.hours.timeZone, scene.now), office.retention.drafts))
  const name = pupilOf(place.answers).name ?? text(scene, 'newPupil')
  return { place: quiet, arrival: { note: words ?? text(scene, 'parked', { name, date }) } }
}

/** Opens another flow and remembers where to come back to. */
export function aside(
  standing: Standing,
  flow: string,
  answers: Place['answers'],
  note?: string,
): { place: Place; arrival: Arrival } {
  const { place } = standing
  const parked =
    place.memory['parked'] ??
    (hasDraft(place) || place.flow === 'register' ? { flow: place.flow, answers: place.answers } : undefined)
  const memory = { ...place.memory, misses: undefined, page: undefined, ...(parked !== undefined && { parked }) }
  return { place: { flow, answers, memory }, arrival: note ? { note: join(note) } : {} }
}
