import type { Finding } from '../../models/application/application.ts'
import { Refusal } from '../../models/store/errors.ts'
import { transition } from '../../models/application/changes.ts'
import type { ApplicationDocument } from '../../models/application/kept.ts'
import { caseOf } from '../case.ts'
import type { Case } from '../case.ts'
import { announce, change, operatorOf, sealEntry } from '../context.ts'
import type { QueueContext, SealedEntry, Worker } from '../context.ts'
import { checkHolder } from './holding.ts'
import type { Held } from './holding.ts'
import { checkLegal, done } from './legality.ts'

/** What operators tell each other about a case. It is in the history alone, sealed; the school hears nothing of it. */
export type Remarks = {
  /** The holder has looked into `finding`; `again`: it is open again. Refusals: not-found, claim-lost, forbidden. */
  examine(id: string, how: Held & { finding: Finding; again: boolean }): Promise<Case>
  /**
   * A note for whoever works the case after this. Without a token it is by somebody whose stage it is, so that what was
   * typed before a claim was lost can stay. Refusals: not-found, claim-lost, forbidden, conflict (just decided, or not
   * worked on any more).
   */
  remark(id: string, how: Omit<Held, 'token'> & { token?: string | undefined; note: string }): Promise<Case>
}

export function createRemarks(context: QueueContext): Remarks {
  const { database, sealer, now } = context

  async function write(
    application: ApplicationDocument,
    { operator, transactionId, token }: { operator: Worker; transactionId: string; token: string | undefined },
    subject: 'finding' | 'note',
    entry: SealedEntry,
  ): Promise<ApplicationDocument | null> {
    const written = await transition(
      database,
      application,
      {
        action: 'correct',
        subject,
        by: operatorOf(operator),
        to: application.stage,
        at: now(),
        transactionId,
        sealed: sealEntry(context, entry),
      },
      { where: token === undefined ? {} : { 'claim.token': token } },
    )
    if (written) announce(context, written)
    return written
  }

  return {
    async examine(id, { finding, again, ...held }) {
      const result = await change(context, id, async (application) => {
        if (done(application, held.transactionId)) return application
        checkHolder(application, held)
        return write(application, held, 'finding', { examined: { finding, again } })
      })
      return caseOf(result, sealer)
    },
    async remark(id, { note, operator, transactionId, token }) {
      const result = await change(context, id, async (application) => {
        if (done(application, transactionId)) return application
        if (token !== undefined) checkHolder(application, { token, operator, transactionId })
        checkLegal(application.stage, { action: 'correct', to: application.stage }, operator.roles)
        // an entry after a decision would take its undo away
        if (application.state === 'idle') {
          throw new Refusal('conflict', 'the application is not worked on just now', { application: id })
        }
        return write(application, { operator, transactionId, token }, 'note', { note })
      })
      return caseOf(result, sealer)
    },
  }
}
