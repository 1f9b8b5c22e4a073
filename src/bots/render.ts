import type { Choice, Outbound } from '../models/chat/message.ts'

/** What a channel sends for one outbound message: `parts` in order, `buttons` under the last of them. */
export type Rendered = { parts: readonly string[]; buttons: readonly Choice[] }

/**
 * Fits a message to what a channel can show. Choices become buttons where all of them fit, else numbered lines, unless
 * the text names them already. Texts longer than the limit (in UTF-16 units, as the platforms count) are split at line
 * ends, then at spaces. An empty text without choices gives no parts.
 */
export function render(
  message: Pick<Outbound, 'text' | 'choices'>,
  can: { buttons: number; textLimit: number; buttonBytes?: number },
): Rendered {
  const choices = message.choices ?? []
  const fits =
    choices.length <= can.buttons &&
    choices.every((choice) => Buffer.byteLength(choice.value) <= (can.buttonBytes ?? Number.POSITIVE_INFINITY))
  const text = fits ? message.text : withNumbers(message.text, choices)
  return { parts: splitText(text, can.textLimit), buttons: fits ? choices : [] }
}

/** Adds the choices as numbered lines; unchanged when the text already says how to choose each. */
export function withNumbers(text: string, choices: readonly Choice[]): string {
  const said = text.toLowerCase()
  const offered = choices.every(
    (choice, i) => said.includes(`*${i + 1}*`) || said.includes(`*${choice.label.toLowerCase()}*`),
  )
  if (offered) return text
  return [text, ...choices.map((choice, i) => `*${i + 1}* ${choice.label}`)].filter(Boolean).join('\n')
}

/** Cuts a text into parts of at most `limit` UTF-16 units; no character is lost except the white space at a cut. */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > limit) {
    const at = cutAt(rest, limit)
    parts.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  parts.push(rest)
  return parts.filter((part) => part.trim() !== '')
}

/** Where `*bold*` stands: a star at the start of a word, one at the end of a word, on one line. */
const BOLD = /(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*\n]*?[^\s*])\*(?![\p{L}\p{N}*])/gu

/** `*bold*` as Telegram's HTML; everything else is escaped, so that what people typed is never markup. */
export function toTelegramHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(BOLD, '<b>$1</b>')
}

function cutAt(text: string, limit: number): number {
  const window = text.slice(0, limit + 1)
  const line = window.lastIndexOf('\n')
  if (line > limit / 4) return line
  const space = window.lastIndexOf(' ')
  if (space > limit / 4) return space
  // never between the two halves of one character
  return /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? limit - 1 : limit
}
