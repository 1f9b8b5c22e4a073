import { Refusal } from '../../models/store/errors.ts'
import type { ApplicationDocument } from '../../models/application/kept.ts'
import { claimOf } from './claims.ts'
import type { Worker } from '../context.ts'
import { checkLegal } from './legality.ts'

/** Who writes on a claimed application, and as which transaction. */
export type Held = { token: string; operator: Worker; transactionId: string }

/** That this operator holds the claim and may correct here: the claim first, so that a late writer learns that it is lost. */
export function checkHolder(application: ApplicationDocument, { token, operator }: Held): void {
  if (claimOf(application, token).by !== operator.id) {
    throw new Refusal('claim-lost', 'the claim is another operator’s')
  }
  checkLegal(application.stage, { action: 'correct', to: application.stage }, operator.roles)
}
