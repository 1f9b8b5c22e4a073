import type { Effect } from '../../src/models/chat/turn.ts'

/** Effects that answer the person; every turn has exactly one of them. */
export function repliesOf(effects: readonly Effect[]): Effect[] {
  return effects.filter((effect) => effect.kind === 'say' || 'reply' in effect)
}

/** Every text that a reply may turn out to be. */
export function textsOf(effect: Effect): string[] {
  if (effect.kind === 'say') return [effect.text]
  if (!('reply' in effect)) return []
  if (effect.kind === 'help' || effect.kind === 'complain') return [effect.reply.text]
  return Object.values(effect.reply).map((reply) => reply.text)
}

/** A message ends with what may be answered, or with what will come. */
export function saysHowToGoOn(text: string): boolean {
  const end = text.slice(-330)
  return /\*[^*\n]+\*|\?|Balas|balas|Ketik|ketik|Kirim|kirim|Tulis|Mohon|Silakan|kami tunggu|masih diunduh/.test(end)
}
