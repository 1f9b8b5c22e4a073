import type { Actor, Party, Stage } from '../../models/application/application.ts'
import { Refusal } from '../../models/store/errors.ts'
import { transition } from '../../models/application/changes.ts'
import type { MisprintReason } from '../../models/printing/print-batch.ts'
import { caseOf } from '../case.ts'
import type { Case } from '../case.ts'
import { claimOf } from '../work/claims.ts'
import type { Claims } from '../work/claims.ts'
import { announce, change, operatorOf, sealEntry } from '../context.ts'
import type { QueueContext, Worker } from '../context.ts'
import { checkLegal, done } from '../work/legality.ts'

/** Cards that exist: misprints, the hand-over to the school, the receipt. */
export type Cards = {
  /**
   * Prints again: a claimed card in printing (with its token), or one that was ready. `code` is OTHER where it is not
   * given, and then `reason`, free text, says why; `batch`: the print batch that counts the card, and keeps its code.
   */
  misprint(
    id: string,
    how: {
      token?: string | undefined
      operator: Worker
      code?: MisprintReason | undefined
      reason?: string | undefined
      batch?: number | undefined
      transactionId: string
    },
  ): Promise<Case>
  /** Hands finished cards to their school, each by its own write; `stage` is where a refused one stands. */
  handOver(
    ids: readonly string[],
    how: { operator: Worker; note?: string | undefined; transactionId: string },
  ): Promise<readonly { application: string; handedOver: boolean; stage: Stage | null }[]>
  /** The school (or the counter for it) says that the pupil has the card. Refusals: not-found, forbidden. */
  receive(id: string, how: { by: Actor; parties: readonly Party[]; transactionId: string }): Promise<Case>
}

export function createCards(context: QueueContext, claims: Pick<Claims, 'moveUp'>): Cards {
  const { database, now, sealer } = context

  async function handOne(id: string, how: { operator: Worker; note?: string | undefined; transactionId: string }) {
    return change(context, id, async (application) => {
      if (done(application, how.transactionId)) return application
      checkLegal(application.stage, { action: 'hand_over', to: 'handed_over' }, how.operator.roles)
      const at = now()
      const written = await transition(
        database,
        application,
        {
          action: 'hand_over',
          by: operatorOf(how.operator),
          to: 'handed_over',
          at,
          transactionId: how.transactionId,
          sealed: sealEntry(context, { note: how.note }),
        },
        { set: { handedOverAt: at, relayDue: at }, unset: ['undo'] },
      )
      if (written) announce(context, written)
      return written
    })
  }

  return {
    async misprint(id, { token, operator, code = 'OTHER', reason, batch, transactionId }) {
      if (code === 'OTHER' && !reason?.trim()) throw new Refusal('invalid', 'a misprint needs its reason')
      const result = await change(context, id, async (application) => {
        if (done(application, transactionId)) return { application, claim: undefined }
        checkLegal(application.stage, { action: 'misprint', to: 'printing' }, operator.roles)
        const claim = application.stage === 'printing' ? claimOf(application, token ?? '') : undefined
        const at = now()
        const written = await transition(
          database,
          application,
          {
            action: 'misprint',
            by: operatorOf(operator),
            to: 'printing',
            at,
            transactionId,
            batch,
            ...(batch === undefined ? { reasons: [code] } : {}),
            sealed: sealEntry(context, { note: reason }),
          },
          {
            where: claim ? { 'claim.token': claim.token } : {},
            set: { state: 'queued', relayDue: at },
            unset: ['claim', 'readyAt', 'undo'],
          },
        )
        if (written) announce(context, written)
        return written && { application: written, claim }
      })
      if (result.claim) await claims.moveUp(result.claim)
      return caseOf(result.application, sealer)
    },
    async handOver(ids, how) {
      const results = []
      for (const application of ids) {
        try {
          const { stage } = await handOne(application, how)
          results.push({ application, handedOver: true, stage })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          const stage = (error.detail['stage'] as Stage | undefined) ?? null
          results.push({ application, handedOver: false, stage })
        }
      }
      return results
    },
    async receive(id, { by, parties, transactionId }) {
      const result = await change(context, id, async (application) => {
        if (done(application, transactionId)) return application
        checkLegal(application.stage, { action: 'receive', to: 'received' }, parties)
        const at = now()
        const written = await transition(
          database,
          application,
          { action: 'receive', by, to: 'received', at, transactionId },
          { set: { relayDue: at }, unset: ['openKey'] },
        )
        if (written) announce(context, written)
        return written
      })
      return caseOf(result, sealer)
    },
  }
}
