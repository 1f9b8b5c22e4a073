import { randomUUID } from 'node:crypto'
import { isClaimStage, STAGE_ROLE } from '../../models/application/application.ts'
import type { Pupil } from '../../models/application/application.ts'
import { Refusal, isDuplicateKey } from '../../models/store/errors.ts'
import { tick } from '../../models/application/clock.ts'
import { transition } from '../../models/application/changes.ts'
import { nameKeys } from '../../models/identity/name-keys.ts'
import { caseOf, findingsOf, pupilOf, storedFindings } from '../case.ts'
import type { Case } from '../case.ts'
import { claimOf } from './claims.ts'
import type { Claims } from './claims.ts'
import { announce, change, operatorOf, sealEntry } from '../context.ts'
import type { QueueContext, Worker } from '../context.ts'
import { checkLegal, done } from './legality.ts'
import { frontKey } from '../fairness/fairness.ts'
import { differences, openKeyOf } from '../submissions/open-applications.ts'

export type Supervision = {
  /**
   * Before everything else in its stage, and in later ones; `note` says why and stays in the history.
   * Refusals: not-found, forbidden, invalid (no reason), conflict (does not wait).
   */
  moveToFront(id: string, how: { supervisor: Worker; note: string; transactionId: string }): Promise<Case>
  /**
   * A claim goes from its holder to a colleague, with a whole lease from now and beside whatever the colleague holds;
   * `note` says why and stays in the history. Refusals: not-found, forbidden, invalid (no reason, or a colleague who does
   * not work the stage), conflict (nobody else holds it, or it is in a batch).
   */
  reassign(id: string, how: { supervisor: Worker; to: Worker; note: string; transactionId: string }): Promise<Case>
  /**
   * The holder puts the pupil's data right: old and new values stay, sealed, in the history. Findings about what was
   * put right fall away. Refusals: not-found, claim-lost, conflict (another open application of that pupil).
   */
  correct(
    id: string,
    how: {
      token: string
      operator: Worker
      changes: Partial<Pupil>
      note?: string | undefined
      transactionId: string
    },
  ): Promise<Case>
}

export function createSupervision(context: QueueContext, { moveUp }: Pick<Claims, 'moveUp'>): Supervision {
  const { database, sealer, office, now } = context
  return {
    async moveToFront(id, { supervisor, note, transactionId }) {
      if (note.trim() === '') throw new Refusal('invalid', 'moving to the front needs a written reason')
      const result = await change(context, id, async (application) => {
        if (done(application, transactionId)) return application
        const { stage } = application
        checkLegal(stage, { action: 'move_front', to: stage }, supervisor.roles)
        if (application.state !== 'queued') throw new Refusal('conflict', 'it does not wait', { application: id })
        const { seq } = await tick(database)
        const written = await transition(
          database,
          application,
          {
            action: 'move_front',
            by: operatorOf(supervisor),
            to: stage,
            at: now(),
            transactionId,
            sealed: sealEntry(context, { note }),
          },
          // without a start its claim does not carry the virtual time to where it would have been served
          { where: { state: 'queued' }, set: { key: frontKey(seq) }, unset: ['start'] },
        )
        if (written) announce(context, written)
        return written
      })
      return caseOf(result, sealer)
    },
    async reassign(id, { supervisor, to, note, transactionId }) {
      if (note.trim() === '') throw new Refusal('invalid', 'giving a claim to a colleague needs a written reason')
      const { written, ended } = await change(context, id, async (application) => {
        if (done(application, transactionId)) return { written: application, ended: undefined }
        const { stage, state, claim } = application
        checkLegal(stage, { action: 'reassign', to: stage }, supervisor.roles)
        const works =
          isClaimStage(stage) && to.roles.some((role) => role === 'supervisor' || role === STAGE_ROLE[stage])
        if (!works) throw new Refusal('invalid', 'the colleague does not work this stage', { stage })
        if (state !== 'claimed' || !claim || claim.batch !== undefined || claim.by === to.id) {
          throw new Refusal('conflict', 'nobody else holds it by itself', { application: id })
        }
        const at = now()
        const whole = {
          by: to.id,
          token: randomUUID(),
          leaseUntil: new Date(at.getTime() + office.claims.leaseSeconds * 1000),
          prefetch: false,
        }
        const by = operatorOf(supervisor)
        const sealed = sealEntry(context, { note })
        const move = { action: 'reassign' as const, by, to: stage, at, transactionId, holder: to.id, sealed }
        const give = (numbered: { n?: number }) =>
          transition(database, application, move, {
            where: { 'claim.token': claim.token },
            set: { claim: { ...whole, ...numbered } },
          })
        // what the colleague works on keeps its number: this one is beside it, without one
        const changed = await give({ n: 0 }).catch((error: unknown) => {
          if (isDuplicateKey(error)) return give({})
          throw error
        })
        if (changed) announce(context, changed)
        return changed && { written: changed, ended: claim }
      })
      if (ended) await moveUp(ended, { idle: true })
      return caseOf(written, sealer)
    },
    async correct(id, { token, operator, changes, note, transactionId }) {
      const result = await change(context, id, async (application) => {
        if (done(application, transactionId)) return application
        const { stage } = application
        const claim = claimOf(application, token)
        if (claim.by !== operator.id) throw new Refusal('claim-lost', 'the claim is another operator’s')
        checkLegal(stage, { action: 'correct', to: stage }, operator.roles)
        const before = pupilOf(application, sealer)
        if (!before || !isClaimStage(stage)) throw new Refusal('conflict', 'the data are gone', { application: id })
        const after: Pupil = { ...before, ...changes }
        const nikHash = sealer.lookup('nik', after.nik)
        const findings = findingsOf(application, sealer).filter(
          ({ field }) => field === undefined || before[field as keyof Pupil] === after[field as keyof Pupil],
        )
        const at = now()
        try {
          const written = await transition(
            database,
            application,
            {
              action: 'correct',
              by: operatorOf(operator),
              to: stage,
              at,
              transactionId,
              sealed: sealEntry(context, { ...differences(before, after), note }),
            },
            {
              where: { 'claim.token': token },
              set: {
                pupil: sealer.sealJson(after),
                nikHash,
                nameKeys: nameKeys(sealer, after.name),
                ...(after.kk === undefined ? {} : { kkHash: sealer.lookup('kk', after.kk) }),
                openKey: openKeyOf(application.npsn, nikHash, application.reason),
                ...storedFindings(findings, sealer),
                relayDue: at,
              },
            },
          )
          if (written) announce(context, written)
          return written
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
          throw new Refusal('conflict', 'the pupil has another open application', { application: id })
        }
      })
      return caseOf(result, sealer)
    },
  }
}
