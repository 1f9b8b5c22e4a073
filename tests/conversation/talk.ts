import type { Effect } from '../../src/models/chat/turn.ts'
import type { SaidInput } from './given.ts'
import { STANDS } from './stands.ts'
import { World } from './world.ts'

/** The last message after these, said in order. */
export function hear(world: World, ...all: readonly (string | SaidInput)[]): string {
  let last = ''
  for (const said of all) last = world.say(typeof said === 'string' ? { text: said } : said).at(-1)?.text ?? ''
  return last
}
/** So many files in one bag, without names. */
export const files = (n: number): SaidInput => ({ files: Array.from({ length: n }, () => ({})) })
/** A world that waits at this question. */
export const at = (stand: string): World => new World(STANDS[stand]!)
/** What was submitted last. */
export const submitted = (world: World): Extract<Effect, { kind: 'submit' }> => {
  const effect = world.effects.findLast((one) => one.kind === 'submit')
  if (effect?.kind !== 'submit') throw new Error('nothing was submitted')
  return effect
}
/** What its files were taken for: `birth_certificate 1`. */
export const kinds = (world: World): string[] => submitted(world).files.map((file) => `${file.kind} ${file.page}`)
