import type { ApplicationDocument } from '../../models/application/kept.ts'
import { claimOf } from './claims.ts'
import type { Worker } from '../context.ts'
import { TRANSITIONS, legalTargets } from '../../models/application/transitions.ts'
import type { Stage } from '../../models/application/application.ts'
import type { Action, Party } from '../../models/application/transitions.ts'
import { Refusal } from '../../models/store/errors.ts'

/**
 * The transition table, asked. Throws `forbidden` where another party may make this move, `conflict` where the stage does
 * not know it.
 */
export function checkLegal(from: Stage, move: { action: Action; to: Stage }, parties: readonly Party[]): void {
  if (parties.some((party) => legalTargets(from, move.action, party).includes(move.to))) return
  const known = TRANSITIONS.some((t) => t.from === from && t.action === move.action && t.to.includes(move.to))
  const detail = { stage: from, action: move.action }
  throw known
    ? new Refusal('forbidden', 'not a move of this role', detail)
    : new Refusal('conflict', 'not a move of this stage', detail)
}

/** Who writes on a claimed application, and as which transaction. */
export type Held = { token: string; operator: Worker; transactionId: string }

/** That this operator holds the claim and may correct here: the claim first, so that a late writer learns that it is lost. */
export function checkHolder(application: ApplicationDocument, { token, operator }: Held): void {
  if (claimOf(application, token).by !== operator.id) {
    throw new Refusal('claim-lost', 'the claim is another operator’s')
  }
  checkLegal(application.stage, { action: 'correct', to: application.stage }, operator.roles)
}
