import { randomUUID } from 'node:crypto'
import { isClaimStage } from '../../models/application/application.ts'
import { worksStage } from '../../models/application/transitions.ts'
import { Refusal, isDuplicateKey } from '../../models/store/errors.ts'
import { tick } from '../../models/application/clock.ts'
import { caseOf } from '../case.ts'
import type { Case } from '../case.ts'
import type { Claims } from './claims.ts'
import { change, changeOnce, done, operatorOf, sealEntry, write } from '../context.ts'
import type { QueueContext, Worker } from '../context.ts'
import { checkLegal } from './legality.ts'
import { frontKey } from '../fairness/fairness.ts'
import { undoable } from './undo.ts'

/** What supervisors do to the order of the work, and to who has it. */
export function createSupervision(context: QueueContext, { moveUp }: Pick<Claims, 'moveUp'>) {
  const { database, sealer, office, now } = context
  return {
    /**
     * Before everything else in its stage, and in later ones; `note` says why and stays in the history.
     * Refusals: not-found, forbidden, invalid (no reason), conflict (does not wait).
     */
    async moveToFront(
      id: string,
      { supervisor, note, transactionId }: { supervisor: Worker; note: string; transactionId: string },
    ): Promise<Case> {
      if (note.trim() === '') throw new Refusal('invalid', 'moving to the front needs a written reason')
      const result = await changeOnce(context, id, transactionId, async (application) => {
        const { stage } = application
        checkLegal(stage, { action: 'move_front', to: stage }, supervisor.roles)
        if (application.state !== 'queued') throw new Refusal('conflict', 'it does not wait', { application: id })
        const { seq } = await tick(database)
        const at = now()
        return write(
          context,
          application,
          {
            action: 'move_front',
            by: operatorOf(supervisor),
            to: stage,
            at,
            transactionId,
            sealed: sealEntry(context, { note }),
          },
          {
            where: { state: 'queued' },
            set: { key: frontKey(seq), ...undoable(context, application, { by: supervisor.id, transactionId, at }) },
            // without a start its claim does not carry the virtual time to where it would have been served
            unset: ['start'],
          },
        )
      })
      return caseOf(result, sealer)
    },
    /**
     * A claim goes from its holder to a colleague, with a whole lease from now and beside whatever the colleague holds;
     * `note` says why and stays in the history. Refusals: not-found, forbidden, invalid (no reason, or a colleague who
     * does not work the stage), conflict (nobody else holds it, or it is in a batch).
     */
    async reassign(
      id: string,
      { supervisor, to, note, transactionId }: { supervisor: Worker; to: Worker; note: string; transactionId: string },
    ): Promise<Case> {
      if (note.trim() === '') throw new Refusal('invalid', 'giving a claim to a colleague needs a written reason')
      const { written, ended } = await change(context, id, async (application) => {
        if (done(application, transactionId)) return { written: application, ended: undefined }
        const { stage, state, claim } = application
        checkLegal(stage, { action: 'reassign', to: stage }, supervisor.roles)
        if (!isClaimStage(stage) || !worksStage(to.roles, stage))
          throw new Refusal('invalid', 'the colleague does not work this stage', { stage })
        if (state !== 'claimed' || !claim || claim.batch !== undefined || claim.by === to.id) {
          throw new Refusal('conflict', 'nobody else holds it by itself', { application: id })
        }
        const at = now()
        const whole = {
          by: to.id,
          token: randomUUID(),
          leaseUntil: new Date(at.getTime() + office.current().claims.leaseSeconds * 1000),
          prefetch: false,
        }
        const by = operatorOf(supervisor)
        const sealed = sealEntry(context, { note })
        const move = { action: 'reassign' as const, by, to: stage, at, transactionId, holder: to.id, sealed }
        const give = (numbered: { n?: number }) =>
          write(context, application, move, {
            where: { 'claim.token': claim.token },
            set: { claim: { ...whole, ...numbered } },
          })
        // what the colleague works on keeps its number: this one is beside it, without one
        const changed = await give({ n: 0 }).catch((error: unknown) => {
          if (isDuplicateKey(error)) return give({})
          throw error
        })
        return changed && { written: changed, ended: claim }
      })
      if (ended) await moveUp(ended, { idle: true })
      return caseOf(written, sealer)
    },
  }
}
