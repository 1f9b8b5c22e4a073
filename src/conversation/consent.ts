import { createHash } from 'node:crypto'
import type { Consent } from '../models/application/application.ts'

/**
 * Who agreed, when, to which words and how (law 27/2022, articles 22 and 24: consent must be provable).
 * The version is a fingerprint of the very text that was shown, so that an office's own words have their own.
 */
export function consentOf(given: { at: Date; by: string; text: string; said: string; turn: string }): Consent {
  const textVersion = `id-${createHash('sha256').update(given.text).digest('hex').slice(0, 12)}`
  return { at: given.at, by: given.by, textVersion, evidence: `${given.turn}: ${given.said}` }
}
