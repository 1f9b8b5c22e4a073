import type { Actor, Stage } from '../../models/application/application.ts'
import type { Party } from '../../models/application/transitions.ts'
import { Refusal } from '../../models/store/errors.ts'
import type { MisprintReason } from '../../models/printing/print-batch.ts'
import { caseOf } from '../case.ts'
import type { Case } from '../case.ts'
import { claimOf } from '../work/claims.ts'
import type { Claims } from '../work/claims.ts'
import { change, changeOnce, done, operatorOf, sealEntry, write } from '../context.ts'
import type { QueueContext, Worker } from '../context.ts'
import { checkLegal } from '../work/legality.ts'
import { undoable } from '../work/undo.ts'
import type { Undo } from '../work/undo.ts'

type Misprint = {
  token?: string | undefined
  operator: Worker
  code?: MisprintReason | undefined
  reason?: string | undefined
  batch?: number | undefined
  transactionId: string
}
type HandOver = { operator: Worker; note?: string | undefined; transactionId: string }
type ByCard = { application: string; done: boolean; stage: Stage | null }
export type Cards = ReturnType<typeof createCards>

/** Cards that exist: misprints, the hand-over to the school, the receipt. */
export function createCards(context: QueueContext, { claims, undo }: { claims: Pick<Claims, 'moveUp'>; undo: Undo }) {
  const { now, sealer } = context

  function handOne(id: string, how: HandOver) {
    return changeOnce(context, id, how.transactionId, async (application) => {
      checkLegal(application.stage, { action: 'hand_over', to: 'handed_over' }, how.operator.roles)
      const at = now()
      return write(
        context,
        application,
        {
          action: 'hand_over',
          by: operatorOf(how.operator),
          to: 'handed_over',
          at,
          transactionId: how.transactionId,
          sealed: sealEntry(context, { note: how.note }),
        },
        {
          set: {
            handedOverAt: at,
            ...undoable(context, application, { by: how.operator.id, transactionId: how.transactionId, at }),
          },
        },
      )
    })
  }
  /** Each card by its own write; `stage` is where one stands for which it was refused. */
  async function each(ids: readonly string[], one: (id: string) => Promise<{ stage: Stage }>) {
    const results: ByCard[] = []
    for (const application of ids) {
      try {
        results.push({ application, done: true, stage: (await one(application)).stage })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const stage = (error.detail['stage'] as Stage | undefined) ?? null
        results.push({ application, done: false, stage })
      }
    }
    return results
  }

  return {
    /**
     * Prints again: a claimed card in printing (with its token), or one that was ready. `code` is OTHER where it is not
     * given, and then `reason`, free text, says why; `batch`: the print batch that counts the card, and keeps its code.
     */
    async misprint(id: string, how: Misprint): Promise<Case> {
      const { token, operator, code = 'OTHER', reason, batch, transactionId } = how
      if (code === 'OTHER' && !reason?.trim()) throw new Refusal('invalid', 'a misprint needs its reason')
      const result = await change(context, id, async (application) => {
        if (done(application, transactionId)) return { application, claim: undefined }
        checkLegal(application.stage, { action: 'misprint', to: 'printing' }, operator.roles)
        const claim = application.stage === 'printing' ? claimOf(application, token ?? '') : undefined
        const at = now()
        const written = await write(
          context,
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
            // printed again at once, if need be: who claims it ends the undo
            set: { state: 'queued', ...undoable(context, application, { by: operator.id, transactionId, at, claim }) },
            unset: ['claim', 'readyAt'],
          },
        )
        return written && { application: written, claim }
      })
      if (result.claim) await claims.moveUp(result.claim)
      return caseOf(result.application, sealer)
    },
    /** Hands finished cards to their school. */
    handOver: (ids: readonly string[], how: HandOver): Promise<readonly ByCard[]> =>
      each(ids, (id) => handOne(id, how)),
    /** Takes the operator's own hand-over back, while nobody has heard of it. */
    takeBack: (ids: readonly string[], operator: Worker, transactionId: string): Promise<readonly ByCard[]> =>
      each(ids, (id) => undo(id, operator, transactionId)),
    /** The school (or the counter for it) says that the pupil has the card. Refusals: not-found, forbidden. */
    async receive(
      id: string,
      { by, parties, transactionId }: { by: Actor; parties: readonly Party[]; transactionId: string },
    ): Promise<Case> {
      const result = await changeOnce(context, id, transactionId, async (application) => {
        checkLegal(application.stage, { action: 'receive', to: 'received' }, parties)
        const at = now()
        return write(
          context,
          application,
          { action: 'receive', by, to: 'received', at, transactionId },
          { set: { relayDue: at }, unset: ['openKey'] },
        )
      })
      return caseOf(result, sealer)
    },
  }
}
