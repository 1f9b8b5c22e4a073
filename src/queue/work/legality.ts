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
