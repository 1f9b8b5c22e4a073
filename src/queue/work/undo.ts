import type { Claim } from '../../models/application/application.ts'
import { RESTORABLE } from '../../models/application/kept.ts'
import type { ApplicationDocument, Restorable } from '../../models/application/kept.ts'
import { Refusal, isDuplicateKey } from '../../models/store/errors.ts'
import { caseOf } from '../case.ts'
import type { Case } from '../case.ts'
import { change, operatorOf, write } from '../context.ts'
import type { QueueContext, Worker } from '../context.ts'
import type { Claims } from './claims.ts'
import { checkLegal } from './legality.ts'

export type Undo = ReturnType<typeof createUndo>

/** Until when an act of `at` can be taken back; nobody is told of it before. */
export function undoUntil({ office }: Pick<QueueContext, 'office'>, at: Date): Date {
  const { undoSeconds, undoGraceSeconds } = office.current().claims
  return new Date(at.getTime() + (undoSeconds === 0 ? 0 : (undoSeconds + undoGraceSeconds) * 1000))
}

/**
 * What the one write of an act sets so that it can be taken back: how `application` was before, and that it is told when
 * that is over.
 */
export function undoable(
  context: Pick<QueueContext, 'office'>,
  application: ApplicationDocument,
  act: { by: string; transactionId: string; at: Date; claim?: Claim | undefined },
): Required<Pick<ApplicationDocument, 'relayDue' | 'undo'>> {
  const { by, transactionId, at, claim } = act
  const until = undoUntil(context, at)
  return {
    relayDue: until,
    undo: {
      seq: application.seq + 1,
      transactionId,
      by,
      stage: application.stage,
      ...(application.state === 'queued' ? { state: 'queued' } : {}),
      ...(claim ? { token: claim.token } : {}),
      ...(claim?.batch === undefined ? {} : { batch: claim.batch }),
      until,
      restore: present(Object.fromEntries(RESTORABLE.map((name) => [name, application[name]]))),
    },
  }
}

/** Whether `application` has gone through this act and its undo. */
export function isUndone({ history }: Pick<ApplicationDocument, 'history'>, transactionId: string): boolean {
  return history.some((entry) => entry.action === 'undo' && entry.transactionId === transactionId)
}

export function createUndo(context: QueueContext, claims: Pick<Claims, 'stepBack'>) {
  const { office, now, sealer } = context

  function leaseFrom(at: Date, batch: number | undefined): Date {
    const { claims: limits, printing } = office.current()
    return new Date(at.getTime() + (batch === undefined ? limits : printing).leaseSeconds * 1000)
  }
  /** Beyond the claim limit: the claim is given back without a number. */
  function claimBack(undo: NonNullable<ApplicationDocument['undo']>, at: Date): Claim | undefined {
    const { by, token, batch } = undo
    if (token === undefined) return undefined
    return { by, token, leaseUntil: leaseFrom(at, batch), ...(batch === undefined ? {} : { batch }) }
  }

  /**
   * Takes the operator's own latest act on an application back, within the office's seconds; the same again changes
   * nothing. Refusals: not-found, forbidden, too-late (its `stage` says where it is), conflict.
   */
  return async function undo(id: string, operator: Worker, transactionId: string): Promise<Case> {
    const result = await change(context, id, async (application) => {
      if (isUndone(application, transactionId)) return application
      const { undo } = application
      const at = now()
      const mine = undo?.transactionId === transactionId && undo.by === operator.id && undo.seq === application.seq
      if (!undo || !mine || at >= undo.until) {
        const { stage } = application
        throw new Refusal('too-late', 'nothing to undo any more', { application: id, stage })
      }
      checkLegal(undo.stage, { action: 'undo', to: undo.stage }, operator.roles)
      const claim = claimBack(undo, at)
      const move = { action: 'undo', by: operatorOf(operator), to: undo.stage, at, transactionId } as const
      const missing = RESTORABLE.filter((name: keyof Restorable) => undo.restore[name] === undefined)
      try {
        return await write(context, application, move, {
          where: { 'undo.transactionId': transactionId },
          // entries before the act may still wait for the relay, which leaves out what was undone
          set: {
            relayDue: at,
            ...(claim ? { state: 'claimed', claim } : { state: undo.state ?? 'idle' }),
            ...undo.restore,
          },
          unset: ['undo', ...missing],
        })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new Refusal('conflict', 'the pupil has another open application by now', { application: id })
      }
    })
    // a replay comes here, too: a crash may have come between the undo and this
    if (result.claim?.by === operator.id && result.claim.batch === undefined) await claims.stepBack(operator.id, id)
    return caseOf(result, sealer)
  }
}

function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
