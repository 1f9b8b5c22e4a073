import { legalTargets } from '../../models/application/transitions.ts'
import type { ApplicationFact } from '../facts.ts'
import { wholeHint } from '../definition.ts'
import type { ConversationDefinition, Outcome, Scene, Step } from '../definition.ts'
import { readClass, saysWord } from '../reading/words.ts'
import { text } from '../steps.ts'
import { join } from '../texts/texts.ts'
import { back, parkedIn } from './aside.ts'
import { pupilOf } from './pupil.ts'

function application(scene: Scene): ApplicationFact | undefined {
  return scene.facts.applications.find((one) => one.ticket === scene.answers['ticket'])
}

/** The pupil of the draft that one is in, or came from. */
export function draftPupil(scene: Scene): string {
  const parked = parkedIn(scene.memory)
  return (parked && pupilOf(parked.answers).name) ?? text(scene, 'newPupil')
}

const confirm: Step = {
  late: true,
  yesNo: true,
  ask(scene) {
    const one = application(scene)
    return {
      text: one
        ? text(scene, 'cancelTicket', { name: one.pupil.name, ticket: one.ticket })
        : text(scene, 'cancelDraft', { name: draftPupil(scene) }),
      choices: ['YA BATAL', 'TIDAK'].map((word) => ({ value: word, label: word })),
    }
  },
  read(said, scene) {
    if (saysWord(said.text, 'ya batal') || saysWord(said.text, 'ya batalkan'))
      return { kind: 'go', to: cancelled(scene) }
    const word = readClass(said.text, { yesNo: true })?.class
    if (word === 'NO' || word === 'NONE' || word === 'LATER') {
      const to = back(scene, text(scene, 'notCancelled'))
      // the whole question again: it was interrupted, not answered
      return {
        kind: 'go',
        to: { flow: to.flow, ...(to.answers && { answers: to.answers }), memory: to.memory ?? {}, note: to.note ?? '' },
      }
    }
    return wholeHint(text(scene, 'cancelHint'))
  },
}

function cancelled(scene: Scene): Outcome {
  const one = application(scene)
  const draft = scene.memory['draft']
  if (!one) {
    return {
      flow: 'menu',
      answers: { quiet: true },
      memory: { parked: undefined, draft: undefined },
      effects: typeof draft === 'string' ? [{ kind: 'discard', draft, erase: true }] : [],
      note: text(scene, 'cancelledDraft', { name: draftPupil(scene) }),
    }
  }
  const { name } = one.pupil
  if (legalTargets(one.stage, 'cancel', 'school').length === 0) return back(scene, text(scene, 'cancelStale', { name }))
  return {
    ...back(scene, ''),
    note: '',
    reply: (next) => {
      const then = (opening: string) => ({ ...next, text: join(opening, next.text || text(scene, 'onMenu')) })
      return {
        kind: 'cancel',
        application: one.id,
        reply: {
          cancelled: then(text(scene, 'cancelled', { name })),
          requested: then(text(scene, 'cancelRequested')),
          stale: then(text(scene, 'cancelStale', { name })),
        },
      }
    },
  }
}

/** BATAL, with a yes of its own: a draft is discarded, an application cancelled or asked to be. */
export const cancel: ConversationDefinition = {
  name: 'cancel',
  version: 1,
  steps: { confirm },
  next: () => 'confirm',
  finish: (scene) => back(scene, ''),
}
