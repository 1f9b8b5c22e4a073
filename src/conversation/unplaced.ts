import type { Effect, TurnFile } from '../models/turn.ts'
import type { Said, Scene } from './definition.ts'
import { looseIn, parkedIn } from './flows/aside.ts'
import { failedOf, failuresText } from './flows/failed-files.ts'
import { pupilMemory } from './flows/pupil.ts'
import type { Arrival, Place, Standing } from './place.ts'
import { stand } from './place.ts'
import { text } from './steps.ts'
import { join } from './texts/texts.ts'

const MOST_LOOSE = 60

/**
 * Files where no step takes them: never dropped. They join the draft that is parked behind a list or a question; after
 * KIRIM it is asked whose they are; else they wait as unmatched, and join the draft that is opened next. Of one that did
 * not come it is told why, and it is not counted among those that are kept.
 */
export function unplaced(standing: Standing, said: Said): Standing | { place: Place; arrival: Arrival } {
  const { place, scene } = standing
  const parked = parkedIn(place.memory)
  if (parked && parked.flow === 'submit') {
    const { parked: _, ...memory } = place.memory
    const home = stand({ ...parked, memory }, scene.facts, scene.now)
    if (home.step !== 'done') return home
  }
  const came = said.files.filter((file) => file.state !== 'failed')
  const told = failedText(scene, said.files)
  if (came.length === 0) return { place, arrival: { note: told } }
  const effects: Effect[] = [{ kind: 'keep', files: came.map((file) => file.id) }]
  if (place.flow === 'menu' && pupilMemory(place.memory).last) {
    const asking: Place = { ...place, flow: 'submit', answers: { sent: true, loose: came } }
    return { place: asking, arrival: { effects, ...(told && { note: told }) } }
  }
  const loose: TurnFile[] = [...looseIn(place.memory), ...came].slice(-MOST_LOOSE)
  const alone = place.flow === 'menu'
  return {
    place: { ...place, memory: { ...place.memory, loose } },
    arrival: {
      note: join(told, text(scene, alone ? 'filesLoose' : 'filesKept', { n: came.length })),
      effects,
    },
  }
}

/** Several in one sentence: what comes behind it may be long. */
function failedText(scene: Scene, files: readonly TurnFile[]): string {
  const failed = failedOf(files)
  return failed.length > 1 ? text(scene, 'severalFailed', { n: failed.length }) : failuresText(scene, failed)
}
