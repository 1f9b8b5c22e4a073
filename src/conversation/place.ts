import type { Answers } from '../models/chat/session.ts'
import type { Effect } from '../models/chat/turn.ts'
import type { ConversationDefinition, News, Outcome, Prompt, Scene, Step } from './definition.ts'
import type { Facts } from './facts.ts'
import { FLOWS } from './flows/flows.ts'
import { draftFiles } from './flows/placement.ts'
import { pupilOf } from './flows/pupil.ts'
import { text } from './steps.ts'
import { join } from './texts/texts.ts'

/** Where a conversation stands while a turn is decided: the session without its bookkeeping. */
export type Place = { flow: string; answers: Answers; memory: Answers }
/** A place with its definition, its question and what it may know. */
export type Standing = {
  definition: ConversationDefinition
  step: string
  scene: Scene
  place: Place
  /** Since when the question waits. */
  since?: Date
}

/** How the next prompt opens, and what is done before it. */
export type Arrival = {
  note?: string
  news?: News
  returning?: boolean
  effects?: readonly Effect[]
  reply?: (next: Prompt) => Effect
}

const MOST_FLOWS = 5

export function definitionOf(flow: string): ConversationDefinition {
  return FLOWS[flow] ?? FLOWS['menu']!
}

export function stepOf(standing: Standing): Step {
  const step = standing.definition.steps[standing.step]
  if (!step) throw new Error(`${standing.definition.name}: no step named "${standing.step}"`)
  return step
}

/** The first gap of a place, its answers settled. `done` where the flow has none. */
export function stand(place: Place, facts: Facts, now: Date): Standing {
  const definition = definitionOf(place.flow)
  const scene: Scene = { answers: place.answers, memory: place.memory, facts, now }
  const answers = definition.settle?.(scene) ?? place.answers
  const settled = { ...scene, answers }
  return { definition, step: definition.next(settled), scene: settled, place: { ...place, answers } }
}

/** Follows finished flows to the next question. What they leave to be done and said is gathered on the way. */
export function follow(
  start: Place,
  arrival: Arrival,
  facts: Facts,
  now: Date,
): { standing: Standing; arrival: Arrival } {
  let place = start
  let gathered = arrival
  for (let i = 0; i < MOST_FLOWS; i++) {
    const standing = stand(place, facts, now)
    if (standing.step !== 'done') return { standing, arrival: gathered }
    const outcome = standing.definition.finish(standing.scene)
    place = moved(standing.place, outcome)
    gathered = {
      note: join(gathered.note, outcome.note),
      effects: [...(gathered.effects ?? []), ...(outcome.effects ?? [])],
      ...(outcome.news && { news: outcome.news }),
      ...(outcome.returning && { returning: true }),
      ...((outcome.reply ?? gathered.reply) && { reply: outcome.reply ?? gathered.reply! }),
    }
  }
  throw new Error(`${start.flow}: flows lead to each other without a question`)
}

export function moved(place: Place, outcome: Outcome): Place {
  return {
    flow: outcome.flow,
    answers: tidy(outcome.answers ?? {}),
    memory: tidy({ ...place.memory, ...outcome.memory }),
  }
}

/** Answers without the forgotten ones: what is stored is plain JSON. */
export function tidy(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined))
}

/** The question, in full or as "Kembali ke Siti Rekaan: kelas berapa?". */
export function promptOf(standing: Standing, arrival: Arrival): Prompt {
  const step = stepOf(standing)
  const prompt = step.ask(standing.scene, arrival.news)
  if (!arrival.returning || standing.definition.name !== 'submit' || prompt.text === '') return prompt
  const { name: known, sent } = pupilOf(standing.scene.answers)
  if (sent) return prompt
  const name = known ?? text(standing.scene, 'newPupil')
  const { choices } = prompt
  if (!step.short) return { ...prompt, text: text(standing.scene, 'backToWhole', { name, question: prompt.text }) }
  const question = text(standing.scene, step.short)
  return { text: text(standing.scene, 'backTo', { name, question }), ...(choices && { choices }) }
}

/** Whether a pupil's application is under way here: something would be lost. */
export function hasDraft(place: Place): boolean {
  if (!definitionOf(place.flow).drafted) return false
  const { sent, loose, name, nik, birthDate, typedDate, files } = pupilOf(place.answers)
  return !sent && !loose && ((name ?? nik ?? birthDate ?? typedDate) !== undefined || (files?.length ?? 0) > 0)
}

/** Keeps the answers as a draft application where they changed. */
export function keepDraft(before: Place | null, standing: Standing, facts: Facts): { place: Place; effects: Effect[] } {
  const { place } = standing
  if (!hasDraft(place)) return { place, effects: [] }
  const known = place.memory['draft']
  const same = before?.flow === place.flow && JSON.stringify(before.answers) === JSON.stringify(place.answers)
  if (same && known !== undefined) return { place, effects: [] }
  const draft = typeof known === 'string' ? known : facts.draftId
  const files = draftFiles(pupilOf(place.answers).files ?? [])
  return {
    place: { ...place, memory: { ...place.memory, draft } },
    effects: [{ kind: 'draft', draft, step: standing.step, answers: place.answers, files }],
  }
}
