import { createHash } from 'node:crypto'
import type { Office } from '../config/office-schema.ts'
import type { ConsentText, Given } from '../models/consent/consent.ts'
import type { Said } from './definition.ts'
import { say } from './texts/texts.ts'

/** What the answers keep of it until it goes off; those of earlier programs have no version. */
export type Agreement = { at: string; words: string; turn: string; textVersion?: string }

/** Said to `text`, as the office words it now: what waits for days waits with the words that were shown. */
export function agreedTo(text: string, said: Pick<Said, 'text' | 'turn'>, at: Date): Agreement {
  return { at: at.toISOString(), words: said.text, turn: said.turn, textVersion: versionOf(text) }
}

/** Who agreed, when, to which words and how (law 27/2022, articles 22 and 24: consent must be provable). */
export function consentOf(
  by: string,
  { agreement, text, now }: { agreement: Agreement | undefined; text: string; now: Date },
): Given {
  const { at, words, turn, textVersion } = agreement ?? agreedTo(text, { text: '', turn: '' }, now)
  return { at: new Date(at), by, textVersion: textVersion ?? versionOf(text), evidence: `${turn}: ${words}` }
}

/** What is agreed to by whoever registers. */
export function registrationText(office: Office): string {
  return say(office, 'consent')
}

/** What is agreed to for a pupil: the card, without what only some pupils have on it. */
export function pupilText(office: Office): string {
  return say(office, 'summary', { extra: '', remarks: '' })
}

/** All that this office asks people to agree to. */
export function consentTextsOf(office: Office): readonly ConsentText[] {
  return [registrationText(office), pupilText(office)].map((text) => ({ version: versionOf(text), text }))
}

/** A fingerprint of the very words, so that an office's own have their own. */
function versionOf(text: string): string {
  return `id-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
}
