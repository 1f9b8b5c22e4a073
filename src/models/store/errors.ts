/**
 * What can go wrong between our parts, as a closed list. Each kind has one HTTP status and one meaning;
 * whoever throws one tells the caller something that the caller can act on.
 */
export type FailureKind =
  | 'not-found'
  | 'forbidden'
  | 'invalid'
  | 'claim-lost'
  | 'claim-limit'
  | 'conflict'
  | 'too-late'
  | 'duplicate'
  | 'unconfirmed'

/** A refusal that is the caller's to handle; anything else that is thrown is a fault of ours. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly kind: FailureKind
  /** Ids and codes only: it is logged and shown. */
  readonly detail: Readonly<Record<string, unknown>>
  constructor(kind: FailureKind, message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.kind = kind
    this.detail = detail
  }
}

/** MongoDB's duplicate key on any unique index: for us an ordinary answer, not an error. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11000
}
