import type { Scene } from './definition.ts'
import { timeOfDay } from './hours.ts'
import type { Arrival, Place, Standing } from './place.ts'
import { hasDraft, stepOf } from './place.ts'
import { readGreeting } from './reading/words.ts'
import { pupilOf } from './flows/pupil.ts'
import { text } from './steps.ts'
import { join } from './texts/texts.ts'

const THANKS = /ma?kas|terima|thank|thx|tri?ms|tks|mksh|suwun/i
/** After so long a greeting is a new beginning: the draft is offered, not the next question. */
const NEW_DAY_MS = 12 * 3600 * 1000

type Courtesy = string | { place: Place; arrival: Arrival }

/** Returns a greeting or thanks and leads back to the question. Undefined where nothing is to be returned. */
export function courtesyOf(said: string, scene: Scene, options: { salamOnly: true }): string | undefined
export function courtesyOf(said: string, scene: Scene, options: { standing: Standing }): Courtesy | undefined
export function courtesyOf(
  said: string,
  scene: Scene,
  options: { salamOnly: true } | { standing: Standing },
): Courtesy | undefined {
  const greeting = readGreeting(said)
  const salam = greeting === 'salam' ? text(scene, 'salam') : undefined
  if ('salamOnly' in options) return salam
  const { standing } = options
  const { place } = standing
  const greeted = salam ?? (greeting && text(scene, 'greeting', { time: timeOfDay(scene.facts.office, scene.now) }))
  const returned = greeted ?? (THANKS.test(said) ? text(scene, 'youAreWelcome') : undefined)

  if (greeted && (place.flow === 'menu' || isStale(standing))) return begin(standing, greeted, salam)
  if (place.flow === 'register' && greeted && !salam && standing.step === 'consent') return ''
  const step = stepOf(standing)
  const name = pupilOf(scene.answers).name ?? text(scene, 'newPupil')
  const label =
    step.label && !place.answers['sent']
      ? text(scene, 'arrivedAt', { label: text(scene, step.label, { name }) })
      : undefined
  return join(returned, label)
}

/** A greeting where no question waits: the drafts, or the welcome. */
function begin(standing: Standing, greeted: string, salam: string | undefined): Courtesy {
  const { place, scene } = standing
  const memory = { ...place.memory, draft: undefined, misses: undefined, page: undefined }
  if (hasDraft(place) || scene.facts.drafts.length > 0) {
    const lastDraft = place.memory['draft'] ?? place.memory['lastDraft']
    const draft = scene.facts.drafts.find((one) => one.id === lastDraft)?.id
    return { place: { flow: 'drafts', answers: draft ? { draft } : {}, memory }, arrival: { note: greeted } }
  }
  return { place: { flow: 'menu', answers: {}, memory }, arrival: salam ? { note: salam } : {} }
}

function isStale(standing: Standing): boolean {
  const { scene, place, since } = standing
  return hasDraft(place) && since !== undefined && scene.now.getTime() - since.getTime() > NEW_DAY_MS
}
