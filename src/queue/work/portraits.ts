import type { PortraitEdit } from '../../models/file/look.ts'
import { Refusal } from '../../models/store/errors.ts'
import { transition } from '../../models/application/changes.ts'
import { caseOf } from '../case.ts'
import type { Case } from '../case.ts'
import { announce, change, operatorOf, sealEntry } from '../context.ts'
import type { QueueContext } from '../context.ts'
import { checkHolder } from './holding.ts'
import type { Held } from './holding.ts'
import { done } from './legality.ts'

export type Portraits = {
  /**
   * The holder says how the portrait `document` is cut and lit. Only these numbers are kept, the picture stays as it
   * came; earlier ones stay in the history. Refusals: not-found, claim-lost, forbidden, conflict (no portrait of this
   * application, or a later one has come).
   */
  editPortrait(id: string, how: Held & { document: string; edit: PortraitEdit }): Promise<Case>
}

export function createPortraits(context: QueueContext): Portraits {
  const { database, sealer, now } = context
  return {
    async editPortrait(id, how) {
      const result = await change(context, id, async (application) => {
        if (done(application, how.transactionId)) return application
        checkHolder(application, how)
        const present = application.documents.some(
          (one) => one.id === how.document && one.kind === 'portrait' && one.supersededAt === undefined,
        )
        if (!present) throw new Refusal('conflict', 'no portrait of this application', { application: id })
        const portrait = { document: how.document, edit: how.edit }
        const written = await transition(
          database,
          application,
          {
            action: 'correct',
            subject: 'portrait',
            by: operatorOf(how.operator),
            to: application.stage,
            at: now(),
            transactionId: how.transactionId,
            sealed: sealEntry(context, { portrait }),
          },
          { where: { 'claim.token': how.token }, set: { portrait } },
        )
        if (written) announce(context, written)
        return written
      })
      return caseOf(result, sealer)
    },
  }
}
