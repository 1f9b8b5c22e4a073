import type { Session } from '../models/chat/session.ts'
import type { Decided, SystemEvent } from '../models/chat/turn.ts'
import { needsOf } from './flows/requirements.ts'
import type { Arrival, Place, Standing } from './place.ts'
import { text } from './steps.ts'
import { capital, findingText, kindName } from './texts/texts.ts'

/**
 * A file that was looked at only after KIRIM cannot be used as it is: one message asks for another picture, as long as
 * nobody at the office has the case. The next file that is said to be for this pupil takes its place.
 */
export function retakeAsked(
  session: Session | null,
  standing: Standing,
  asked: SystemEvent & { event: 'retake' },
  decide: (place: Place, arrival: Arrival) => Decided,
): Decided {
  const { place, scene } = standing
  const { facts } = scene
  const one = facts.applications.find((application) => application.id === asked.application)
  const name = findingText(asked.code)
  if (!one || !name || one.stage !== 'verification' || one.claimed) return { session, effects: [] }
  const background = needsOf({ ...one.pupil, reason: one.reason }, facts, scene.now).color
  const note = text(scene, 'retakeSent', {
    kind: capital(kindName(facts.office, asked.of)),
    name: one.pupil.name,
    ticket: one.ticket,
    sentence: text(scene, name, { background }),
  })
  const memory = {
    ...place.memory,
    last: { id: one.id, name: one.pupil.name },
    retake: { application: one.id, kind: asked.of, page: asked.page },
  }
  return decide({ ...place, memory }, { note, returning: true })
}
