import type { Answers } from '../../models/chat/session.ts'
import type { Prompt, Outcome, Scene } from '../definition.ts'
import type { DraftFact } from '../facts.ts'
import { text } from '../steps.ts'
import type { TextName } from '../texts/id.ts'
import { join } from '../texts/texts.ts'
import { MOST_FILES, receive } from './placement.ts'
import { pupilOf } from './pupil.ts'
import type { TurnFile } from '../../models/chat/turn.ts'

/** The flow that one comes back to from a complaint, a correction, a list. */
export type Parked = { flow: string; answers: Answers }

export function parkedIn(memory: Answers): Parked | undefined {
  return memory['parked'] as Parked | undefined
}

/** Files that came while no draft was open: they join the draft that is opened next. */
export function looseIn(memory: Answers): readonly TurnFile[] {
  return (memory['loose'] as readonly TurnFile[] | undefined) ?? []
}

/** Whether a message's last bold words are a command that the reader may type: nothing need be added. */
export function showsTheWay(note: string): boolean {
  return /\*[A-Z]{3,}(?: [A-Z]\d{3,}-\d)?\*[^*]*$/.test(note)
}

/** Back to where one came from, or to the quiet menu; `alone` ends the note where nothing is parked. */
export function back(scene: Scene, note: string, alone: TextName = 'onMenu'): Outcome {
  const parked = parkedIn(scene.memory)
  if (!parked)
    return { flow: 'menu', answers: { quiet: true }, note: showsTheWay(note) ? note : join(note, text(scene, alone)) }
  return { flow: parked.flow, answers: parked.answers, memory: { parked: undefined }, note, returning: true }
}

/** Opens a draft again, from its first gap; files that waited for it join it. */
export function resume(scene: Scene, draft: DraftFact): Outcome {
  const { confirm: _, again: _again, ...answers } = pupilOf(draft.answers)
  const loose = looseIn(scene.memory)
  const joined = loose.length > 0 ? receive(answers.files ?? [], loose, scene.now) : undefined
  const files = joined?.files ?? answers.files
  const n = joined?.beyond.length ?? 0
  return {
    flow: 'submit',
    answers: { ...answers, ...(files && { files }) },
    memory: { draft: draft.id, parked: undefined, loose: undefined, lastDraft: undefined },
    ...(n > 0 && { note: text(scene, 'fileLimit', { limit: MOST_FILES, n }) }),
  }
}

export function draftName(scene: Scene, draft: DraftFact): string {
  return pupilOf(draft.answers).name ?? text(scene, 'newPupil')
}

/** A prompt without text: the note before it has said how to go on. */
export const SILENT: Prompt = { text: '' }
