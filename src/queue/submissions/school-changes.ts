import { isClaimStage } from '../../models/application/application.ts'
import type { Actor, Claim, Stage, StoredDocument } from '../../models/application/application.ts'
import type { Party } from '../../models/application/transitions.ts'
import { Refusal } from '../../models/store/errors.ts'
import { newId } from '../../models/store/ids.ts'
import type { ApplicationDocument, StoredRequest } from '../../models/application/kept.ts'
import { claimOf } from '../work/claims.ts'
import type { Claims } from '../work/claims.ts'
import { change, sealEntry, write } from '../context.ts'
import type { QueueContext } from '../context.ts'
import { joined, numbered } from './documents.ts'
import { checkLegal } from '../work/legality.ts'
import type { Places } from '../fairness/places.ts'

export type Attachment = {
  application: string
  /** The coordinator who sends it. */
  by: string
  documents: readonly StoredDocument[]
  transactionId: string
}
type Attached = { outcome: 'attached' | 'requested'; ticket: string }
export type Cancellation = {
  application: string
  by: Actor
  /** As whom: `school`, `system` or the operator's roles. */
  parties: readonly Party[]
  /** An operator who cancels a claimed application shows its token. */
  token?: string | undefined
  note?: string | undefined
  transactionId: string
}

/** What happens to an application from outside the office's work on it. */
export function createSchoolChanges(context: QueueContext, places: Places, claims: Pick<Claims, 'moveUp'>) {
  const { now } = context

  function request(
    application: ApplicationDocument,
    stored: StoredRequest,
    transactionId: string,
    documents: readonly StoredDocument[],
  ): Promise<ApplicationDocument | null> {
    const marked = numbered(application.documents, documents).map((d) => ({ ...d, request: stored.id }))
    return write(
      context,
      application,
      {
        action: 'request',
        by: { kind: 'coordinator', id: stored.by },
        to: application.stage,
        at: stored.at,
        transactionId,
      },
      { push: { requests: stored, ...(marked.length > 0 ? { documents: { $each: marked } } : {}) } },
    )
  }

  return {
    /**
     * Before verification is claimed a file joins, or replaces its like, and the place is kept (`documents.ts`);
     * afterwards it becomes a request that is shown in the case. Refusals: not-found, conflict (not worked on any more).
     */
    attach: ({ application: id, by, documents, transactionId }: Attachment): Promise<Attached> =>
      change(context, id, async (application) => {
        const { stage, state } = application
        const ticket = application.ticket ?? ''
        const before = application.history.find((e) => e.transactionId === transactionId)
        if (before) return { outcome: before.action === 'attach' ? 'attached' : 'requested', ticket }
        if (!isClaimStage(stage)) throw new Refusal('conflict', 'not worked on any more', { application: id, stage })
        const at = now()
        const joins = stage === 'verification' && state !== 'claimed'
        const written = joins
          ? await write(
              context,
              application,
              { action: 'attach', by: { kind: 'coordinator', id: by }, to: stage, at, transactionId },
              { set: { documents: joined(application.documents, documents, at) } },
            )
          : await request(
              application,
              { id: newId(at.getTime()), kind: 'file', at, by, files: documents.map((d) => d.id) },
              transactionId,
              documents,
            )
        return written && { outcome: joins ? 'attached' : 'requested', ticket }
      }),

    /** Cancels at once; from the school while somebody holds it, a request. Refusals: not-found, forbidden, claim-lost. */
    async cancel(cancellation: Cancellation): Promise<{ outcome: 'cancelled' | 'requested'; ticket: string }> {
      const { outcome, application, claim, from } = await change(context, cancellation.application, (read) =>
        cancelled(read, cancellation),
      )
      if (claim) await claims.moveUp(claim)
      // a replay comes here, too: a crash may have come between the cancel and this
      if (outcome === 'cancelled' && from === 'verification') await places.cancelled(application)
      return { outcome, ticket: application.ticket ?? '' }
    },
  }

  type Cancelled = {
    outcome: 'cancelled' | 'requested'
    application: ApplicationDocument
    claim?: Claim | undefined
    from?: Stage | undefined
  }
  async function cancelled(application: ApplicationDocument, the: Cancellation): Promise<Cancelled | null> {
    const { stage, state } = application
    const { by, parties, token, note, transactionId } = the
    const before = application.history.find((e) => e.transactionId === transactionId)
    if (before?.action === 'request') return { outcome: 'requested', application }
    if (before) return { outcome: 'cancelled', application, from: before.from }
    const at = now()
    if (state === 'claimed' && by.kind === 'coordinator') {
      checkLegal(stage, { action: 'request', to: stage }, parties)
      const stored: StoredRequest = { id: newId(at.getTime()), kind: 'cancel', at, by: by.id }
      const written = await request(application, stored, transactionId, [])
      return written && { outcome: 'requested', application: written }
    }
    checkLegal(stage, { action: 'cancel', to: 'cancelled' }, parties)
    const claim = state === 'claimed' ? claimOf(application, token ?? '') : undefined
    const written = await write(
      context,
      application,
      { action: 'cancel', by, to: 'cancelled', at, transactionId, sealed: sealEntry(context, { note }) },
      {
        where: claim ? { 'claim.token': claim.token } : {},
        set: { state: 'idle', relayDue: at },
        unset: ['openKey', 'claim', 'undo', 'attention'],
      },
    )
    return written && { outcome: 'cancelled', application: written, claim, from: stage }
  }
}
