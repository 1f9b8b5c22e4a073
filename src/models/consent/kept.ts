import { keptIn, modelOf } from '../store/kept.ts'
import type { ConsentBy, ConsentKind } from './consent.ts'

/**
 * A consent as stored: the proof, which outlives the data that it was given for. No name, number or date of a pupil is
 * in it but what was said, sealed, in `evidence`.
 */
export type ConsentDocument = {
  /** `subject/kind/textVersion`: the same consent to the same words is there once. */
  _id: string
  /** The application or the coordinator. */
  subject: string
  kind: ConsentKind
  /** Keyed hash by which whoever holds the NIK finds it once the application has none any more. */
  subjectHash?: string
  /** Sealed: what `subjectHash` is made of, a keyed hash too, so that a key rotation needs no NIK. */
  subjectKey?: Buffer
  ticket?: string
  by: ConsentBy
  at: Date
  textVersion: string
  /** Sealed words. Gone where somebody had them deleted; that there was a consent, when and to what, stays. */
  evidence?: Buffer
  givenVia: 'chat' | 'paper'
  /** Who wrote it down, where the one who agreed did not do so themselves. */
  recordedBy?: string
  withdrawnAt?: Date
  /** When the data that it was given for were emptied; its own years count from here. */
  processedUntil?: Date
}

const schema = keptIn<ConsentDocument>('consents')
schema.index({ subject: 1 }, { name: 'subject' })
schema.index(
  { processedUntil: 1 },
  { name: 'processed', partialFilterExpression: { processedUntil: { $exists: true } } },
)

export const consents = modelOf('Consent', schema)
