import type { Choice } from '../models/chat/message.ts'
import type { Answers } from '../models/chat/session.ts'
import type { Effect, TurnFile } from '../models/chat/turn.ts'
import type { Facts } from './facts.ts'
import type { TextName } from './texts/id.ts'

/** All that a step may know: nothing else exists for it, no clock and no store. */
export type Scene = { answers: Answers; memory: Answers; facts: Facts; now: Date }

export type Prompt = { text: string; choices?: readonly Choice[] }

/** What this very turn brought, for the wording of the next prompt; never stored. */
export type News = { received: readonly string[]; how: 'one' | 'many' | 'late' | 'checked' }

/** What a person said in one turn, whatever it came as. `turn` is the turn's id. */
export type Said = { text: string; files: readonly TurnFile[]; turn: string }

export type Reading =
  /** Answers to set (undefined forgets one). `note` opens the next prompt. */
  | { kind: 'take'; set: Answers; note?: string; news?: News; effects?: readonly Effect[] }
  /** Not understood: counts as a miss. `whole`: the question stands in it already. */
  | { kind: 'hint'; text: string; whole?: true; set?: Answers }
  /** Understood, but no answer: no miss. */
  | { kind: 'tell'; text: string; whole?: true }
  /** What was asked for cannot be answered now: the draft is parked. */
  | { kind: 'park'; text?: string }
  /** Leaves for another flow. */
  | { kind: 'go'; to: Outcome }

/** One question. Both functions are pure. */
export type Step = {
  ask: (scene: Scene, news?: News) => Prompt
  read: (said: Said, scene: Scene) => Reading
  /** A yes/no question: "belum" means no, "lanjut" means yes. */
  yesNo?: true
  /** Takes any text (a complaint): the words of courtesy and delay are its content. */
  open?: true
  /** Reads "nanti" itself instead of parking the draft. */
  late?: true
  /** Its answer is a name: table words count only where nothing else was said, and no letter is forgiven. */
  named?: true
  /** What it is called in "Kita sampai pada …" and in lists of drafts. */
  label?: TextName
  /** The short question of "Kembali ke {nama}: …"; without one the whole prompt is used. */
  short?: TextName
}

/** Where a flow leads when it is done, or when a step leaves it. */
export type Outcome = {
  flow: string
  answers?: Answers
  /** Merged over the session's memory; undefined forgets. */
  memory?: Answers
  note?: string
  news?: News
  /** The person comes back to a question that they know: its short form is enough. */
  returning?: true
  /** Done before the reply, in this order. */
  effects?: readonly Effect[]
  /** The reply is this effect's: it gets the text that is to be said once the effect has run. */
  reply?: (next: Prompt) => Effect
}

/** A conversation as data: named steps and one function that holds all branching. No step jumps. */
export type ConversationDefinition = {
  name: string
  /** Raised when the meaning of stored answers changes; `migrate` says how old ones are read. */
  version: number
  steps: Readonly<Record<string, Step>>
  /** The question for the first gap, or `done`. The whole branching logic. */
  next(scene: Scene): string
  /** What follows from the answers: run after each change and before `next`. */
  settle?(scene: Scene): Answers
  /** For KEMBALI: the question before `step`; undefined at the first. */
  previous?(step: string, scene: Scene): string | undefined
  /** Reads what is no answer to the one question: several answers in one message, changes, lines about files. */
  digest?(said: Said, step: string, scene: Scene): Reading | undefined
  /** Takes files at any step; without it files wait as unmatched. */
  receive?(said: Said, step: string, scene: Scene): Reading
  finish(scene: Scene): Outcome
  migrate?(answers: Answers, from: number): Answers
  /** Its answers are kept as a draft application. */
  drafted?: true
}

export const take = (set: Answers, note?: string): Reading => ({ kind: 'take', set, ...(note && { note }) })
export const hint = (text: string): Reading => ({ kind: 'hint', text })
/** A hint in which the question stands already. */
export const wholeHint = (text: string): Reading => ({ kind: 'hint', text, whole: true })
