import { createHash } from 'node:crypto'
import type { Office } from '../config/office-schema.ts'
import type { ConsentText, Given } from '../models/consent/consent.ts'
import { say } from './texts/texts.ts'

/**
 * Who agreed, when, to which words and how (law 27/2022, articles 22 and 24: consent must be provable). `text` is as the
 * office words it, with the places for a pupil's data empty.
 */
export function consentOf(given: { at: Date; by: string; text: string; said: string; turn: string }): Given {
  return { at: given.at, by: given.by, textVersion: versionOf(given.text), evidence: `${given.turn}: ${given.said}` }
}

/** All that this office asks people to agree to: when they register, and for each pupil. */
export function consentTextsOf(office: Office): readonly ConsentText[] {
  return (['consent', 'summary'] as const).map((name) => {
    const text = say(office, name)
    return { version: versionOf(text), text }
  })
}

/** A fingerprint of the very words, so that an office's own have their own. */
function versionOf(text: string): string {
  return `id-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
}
