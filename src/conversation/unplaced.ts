import type { Effect, TurnFile } from '../models/turn.ts'
import type { Said } from './definition.ts'
import { looseIn, parkedIn } from './flows/aside.ts'
import { pupilMemory } from './flows/pupil.ts'
import type { Arrival, Place, Standing } from './place.ts'
import { stand } from './place.ts'
import { text } from './steps.ts'

const MOST_LOOSE = 60

/**
 * Files where no step takes them: never dropped. They join the draft that is parked behind a list or a question; after
 * KIRIM it is asked whose they are; else they wait as unmatched, and join the draft that is opened next.
 */
export function unplaced(standing: Standing, said: Said): Standing | { place: Place; arrival: Arrival } {
  const { place, scene } = standing
  const parked = parkedIn(place.memory)
  if (parked && parked.flow === 'submit') {
    const { parked: _, ...memory } = place.memory
    const home = stand({ ...parked, memory }, scene.facts, scene.now)
    if (home.step !== 'done') return home
  }
  const effects: Effect[] = [{ kind: 'keep', files: said.files.map((file) => file.id) }]
  if (place.flow === 'menu' && pupilMemory(place.memory).last) {
    return { place: { ...place, flow: 'submit', answers: { sent: true, loose: said.files } }, arrival: { effects } }
  }
  const loose: TurnFile[] = [...looseIn(place.memory), ...said.files].slice(-MOST_LOOSE)
  const alone = place.flow === 'menu'
  return {
    place: { ...place, memory: { ...place.memory, loose } },
    arrival: {
      note: text(scene, alone ? 'filesLoose' : 'filesKept', { n: said.files.length }),
      effects,
    },
  }
}
