import type { Said } from './definition.ts'
import { looseIn, parkedIn } from './flows/aside.ts'
import { returned } from './flows/correct-tasks.ts'
import { waitLoose, waitingText } from './flows/loose-files.ts'
import { pupilMemory } from './flows/pupil.ts'
import type { Arrival, Place, Standing } from './place.ts'
import { stand } from './place.ts'
import { text } from './steps.ts'
import { join } from './texts/texts.ts'

/**
 * Files where no step takes them: never dropped. They join the draft that is parked behind a list or a question; after
 * KIRIM it is asked whose they are, unless a return waits for some; else they wait as unmatched, and join the draft that is opened next.
 */
export function unplaced(standing: Standing, said: Said): Standing | { place: Place; arrival: Arrival } {
  const { place, scene } = standing
  const parked = parkedIn(place.memory)
  if (parked && parked.flow === 'submit') {
    const { parked: _, ...memory } = place.memory
    const home = stand({ ...parked, memory }, scene.facts, scene.now)
    if (home.step !== 'done') return home
  }
  const sent = pupilMemory(place.memory).last !== undefined && returned(scene).length === 0
  const afterSending = place.flow === 'menu' && sent
  const { loose, came, note, effects } = waitLoose(afterSending ? [] : looseIn(place.memory), said.files, scene)
  if (came === 0) return { place, arrival: { note } }
  if (afterSending) {
    const asking: Place = { ...place, flow: 'submit', answers: { sent: true, loose } }
    return { place: asking, arrival: { effects, ...(note && { note }) } }
  }
  const kept = place.flow === 'menu' ? waitingText(scene, came) : text(scene, 'filesKept', { n: came })
  return {
    place: { ...place, memory: { ...place.memory, loose } },
    arrival: { note: join(note, kept), effects },
  }
}
