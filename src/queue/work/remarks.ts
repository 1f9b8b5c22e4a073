import type { Finding } from '../../models/application/findings.ts'
import { Refusal } from '../../models/store/errors.ts'
import type { ApplicationDocument } from '../../models/application/kept.ts'
import { caseOf } from '../case.ts'
import type { Case } from '../case.ts'
import { changeOnce, operatorOf, sealEntry, write } from '../context.ts'
import type { QueueContext, SealedEntry, Worker } from '../context.ts'
import { checkHolder, checkLegal } from './legality.ts'
import type { Held } from './legality.ts'

/** What operators tell each other about a case. It is in the history alone, sealed; the school hears nothing of it. */
export function createRemarks(context: QueueContext) {
  const { sealer, now } = context

  function note(
    application: ApplicationDocument,
    { operator, transactionId, token }: { operator: Worker; transactionId: string; token: string | undefined },
    subject: 'finding' | 'note',
    entry: SealedEntry,
  ): Promise<ApplicationDocument | null> {
    return write(
      context,
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
  }

  return {
    /** The holder has looked into `finding`; `again`: it is open again. Refusals: not-found, claim-lost, forbidden. */
    async examine(id: string, { finding, again, ...held }: Held & { finding: Finding; again: boolean }): Promise<Case> {
      const result = await changeOnce(context, id, held.transactionId, async (application) => {
        checkHolder(application, held)
        return note(application, held, 'finding', { examined: { finding, again } })
      })
      return caseOf(result, sealer)
    },
    /**
     * A note for whoever works the case after this. Without a token it is by somebody whose stage it is, so that what was
     * typed before a claim was lost can stay. Refusals: not-found, claim-lost, forbidden, conflict (just decided, or not
     * worked on any more).
     */
    async write(
      id: string,
      {
        note: text,
        operator,
        transactionId,
        token,
      }: Omit<Held, 'token'> & { token?: string | undefined; note: string },
    ): Promise<Case> {
      const result = await changeOnce(context, id, transactionId, async (application) => {
        if (token !== undefined) checkHolder(application, { token, operator, transactionId })
        checkLegal(application.stage, { action: 'correct', to: application.stage }, operator.roles)
        // an entry after a decision would take its undo away
        if (application.state === 'idle') {
          throw new Refusal('conflict', 'the application is not worked on just now', { application: id })
        }
        return note(application, { operator, transactionId, token }, 'note', { note: text })
      })
      return caseOf(result, sealer)
    },
  }
}
