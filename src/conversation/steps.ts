import type { Choice } from '../models/chat/message.ts'
import type { Prompt, Reading, Scene, Step } from './definition.ts'
import { wholeHint } from './definition.ts'
import { readChoice, readNumber } from './reading/choices.ts'
import { readClass } from './reading/words.ts'
import type { TextName } from './texts/id.ts'
import { say } from './texts/texts.ts'
import type { Values } from './texts/texts.ts'

export type Option = { value: string; label: string; words?: readonly string[] }

/** The text `name` in the words of the scene's office. */
export function text(scene: Scene, name: TextName, values: Values = {}): string {
  return say(scene.facts.office, name, values)
}

export function buttons(options: readonly Option[]): readonly Choice[] {
  return options.map(({ value, label }) => ({ value, label }))
}

/** `*1* Baru`, one a line. */
export function numbered(labels: readonly string[]): string {
  return labels.map((label, i) => `*${i + 1}* ${label}`).join('\n')
}

/** Number, button and word are equal. */
export function pick(said: string, options: readonly Option[]): string | undefined {
  const exact = options.find((option) => option.value === said.trim())
  if (exact) return exact.value
  const number = readNumber(said, options.length)
  return number === undefined ? readChoice(said, options) : options[number - 1]?.value
}

/** A question with numbered options. `taken` says what a choice sets. */
export function askChoice(step: {
  ask(scene: Scene): string
  options(scene: Scene): readonly Option[]
  taken(value: string, scene: Scene): Reading
  /** Words that name an option without being its label. */
  words?(said: string, scene: Scene): string | undefined
  hint?(scene: Scene): string
  label?: TextName
}): Step {
  return {
    ...(step.label && { label: step.label }),
    ask: (scene): Prompt => ({ text: step.ask(scene), choices: buttons(step.options(scene)) }),
    read(said, scene) {
      const options = step.options(scene)
      const value = pick(said.text, options) ?? step.words?.(said.text, scene)
      if (value !== undefined) return step.taken(value, scene)
      return wholeHint(step.hint?.(scene) ?? text(scene, 'chooseOne', { n: options.length }))
    },
  }
}

/** A question that a yes or a no answers. */
export function askYesNo(step: {
  ask(scene: Scene): string
  /** The words on the buttons, yes first. */
  words: readonly [string, string]
  yes(scene: Scene, said: string): Reading
  no(scene: Scene, value: string | undefined): Reading
  /** What else is a yes to this very question. */
  agrees?(said: string): boolean
  hint: TextName
  label?: TextName
}): Step {
  return {
    yesNo: true,
    ...(step.label && { label: step.label }),
    ask: (scene) => ({ text: step.ask(scene), choices: step.words.map((word) => ({ value: word, label: word })) }),
    read(said, scene) {
      const [yes, no] = step.words
      if (sameWord(said.text, yes) || step.agrees?.(said.text)) return step.yes(scene, yes)
      if (sameWord(said.text, no)) return step.no(scene, undefined)
      const reading = readClass(said.text, { yesNo: true })
      if (reading?.class === 'YES' || reading?.class === 'ON') return step.yes(scene, said.text)
      if (reading?.class === 'NO' || reading?.class === 'NONE' || reading?.class === 'LATER')
        return step.no(scene, reading.value)
      const hint = text(scene, step.hint)
      return wholeHint(reading?.class === 'MIXED' ? `${text(scene, 'mixed')} ${hint}` : hint)
    },
  }
}

function sameWord(said: string, word: string): boolean {
  return said.trim().toUpperCase() === word
}
