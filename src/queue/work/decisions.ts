import type { Actor, Claim } from '../../models/application/application.ts'
import { worksStage } from '../../models/application/transitions.ts'
import type { Party } from '../../models/application/transitions.ts'
import { isBatchStage } from '../../models/printing/print-batch.ts'
import { pupilOf } from '../../models/application/sealed.ts'
import { Refusal } from '../../models/store/errors.ts'
import type { ApplicationDocument } from '../../models/application/kept.ts'
import { caseOf } from '../case.ts'
import type { Case } from '../case.ts'
import { claimOf } from './claims.ts'
import type { Claims } from './claims.ts'
import { changeOnce, operatorOf, sealEntry, write } from '../context.ts'
import type { QueueContext, Worker } from '../context.ts'
import { checkLegal } from './legality.ts'
import { checkReasons, effectsOf, outcomeOf, passedBy } from './outcome.ts'
import type { Decision } from './outcome.ts'
import { comesTo, hindranceInBatch } from './print-date.ts'
import { queueAnew } from '../submissions/submissions.ts'
import { undoable } from './undo.ts'

export type Decisions = ReturnType<typeof createDecisions>

export function createDecisions(context: QueueContext, claims: Pick<Claims, 'moveUp'>) {
  const { sealer, office, now } = context

  function decided(application: ApplicationDocument, decision: Decision): { claim: Claim | undefined } {
    const proposal = application.state === 'idle' && application.attention === 'reject-proposed'
    const rejecting = decision.action === 'reject' && decision.operator.roles.includes('supervisor')
    if (decision.token === undefined && proposal && rejecting) return { claim: undefined }
    const claim = claimOf(application, decision.token ?? '')
    if (claim.by !== decision.operator.id) throw new Refusal('claim-lost', 'the claim is another operator’s')
    return { claim }
  }

  return {
    /**
     * Decides a claimed application; the same transaction id again changes nothing and gives the application.
     * `reject` by others than supervisors is a proposal. An approval on the way to the printer may come out as a return
     * (turned 5 without portrait) or a rejection (17); at the printer it is refused. Refusals: not-found, claim-lost,
     * forbidden, invalid, conflict, unconfirmed.
     */
    async decide(id: string, decision: Decision): Promise<Case> {
      checkReasons(office.current(), decision)
      const { operator, transactionId, note, batch } = decision
      let ended: Claim | undefined
      const result = await changeOnce(context, id, transactionId, async (application) => {
        const { claim } = decided(application, decision)
        const despite = passedBy(application, decision)
        const outcome = outcomeOf(context, application, decision)
        checkLegal(application.stage, outcome, partiesOf(operator, outcome.by))
        const at = now()
        const effects = effectsOf(context, application, outcome, note, at)
        const written = await write(
          context,
          application,
          { ...outcome, at, transactionId, batch, despite, sealed: sealEntry(context, { note }) },
          {
            where: claim ? { 'claim.token': claim.token } : {},
            set: {
              ...present(effects),
              state: 'idle',
              ...undoable(context, application, { by: operator.id, transactionId, at, claim }),
            },
            unset: ['claim', ...absent(effects)],
          },
        )
        if (!written) return null
        ended = claim
        return written
      })
      if (ended) await claims.moveUp(ended)
      return caseOf(result, sealer)
    },
    /**
     * What waits for a batch and cannot be printed goes back to its school, is rejected or cancelled, as its hindrance says.
     * Refusals: not-found, forbidden, conflict (it can be printed, or somebody holds it).
     */
    async sendBack(id: string, operator: Worker, transactionId: string): Promise<Case> {
      const result = await changeOnce(context, id, transactionId, async (application) => {
        const { stage, state } = application
        const pupil = pupilOf(application, sealer)
        if (!isBatchStage(stage) || state !== 'queued' || !pupil) {
          throw new Refusal('conflict', 'it does not wait for a batch', { stage })
        }
        if (!worksStage(operator.roles, stage)) throw new Refusal('forbidden', 'not a stage of these roles', { stage })
        const hindrance = hindranceInBatch(context, { ...application, pupil })
        if (!hindrance) throw new Refusal('conflict', 'the card can be printed', { stage })
        const outcome = comesTo(hindrance, operatorOf(operator))
        checkLegal(stage, outcome, partiesOf(operator, outcome.by))
        const at = now()
        const effects = effectsOf(context, application, outcome, undefined, at)
        return write(
          context,
          application,
          { ...outcome, at, transactionId },
          {
            where: { state: 'queued' },
            set: { ...present(effects), state: 'idle', relayDue: at },
            unset: ['undo', ...absent(effects)],
          },
        )
      })
      return caseOf(result, sealer)
    },
    /**
     * A supervisor puts a proposed rejection back into the queue, at its old place, or lets a returned application queue
     * anew: what the office itself had to mend is mended. Refusals: not-found, forbidden, conflict.
     */
    async putBack(id: string, supervisor: Worker, note: string | undefined, transactionId: string): Promise<Case> {
      const result = await changeOnce(context, id, transactionId, async (application) => {
        const at = now()
        const anew = application.stage === 'returned'
        const to = anew ? 'verification' : application.stage
        checkLegal(application.stage, { action: 'put_back', to }, supervisor.roles)
        if (!anew && application.attention !== 'reject-proposed') {
          throw new Refusal('conflict', 'no rejection is proposed')
        }
        const sealed = sealEntry(context, { note })
        return write(
          context,
          application,
          { action: 'put_back', by: operatorOf(supervisor), to, at, transactionId, sealed },
          // the sweeper gives it its place
          anew ? queueAnew(application, at) : { set: { state: 'queued' }, unset: ['attention', 'undo'] },
        )
      })
      return caseOf(result, sealer)
    },
  }
}

function partiesOf(operator: Worker, by: Actor): readonly Party[] {
  return by.kind === 'system' ? ['system'] : operator.roles
}

function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
function absent<T extends object>(fields: T): (keyof T)[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [name as keyof T] : []))
}
