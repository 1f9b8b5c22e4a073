import { differences, isClaimStage } from '../../models/application/application.ts'
import type { Pupil } from '../../models/application/application.ts'
import { openKeyOf } from '../../models/application/open.ts'
import type { PortraitEdit } from '../../models/file/look.ts'
import { nameKeys } from '../../models/identity/name-keys.ts'
import { Refusal, isDuplicateKey } from '../../models/store/errors.ts'
import { caseOf } from '../case.ts'
import { findingsOf, pupilOf, storedFindings } from '../../models/application/sealed.ts'
import type { Case } from '../case.ts'
import { changeOnce, operatorOf, sealEntry, write } from '../context.ts'
import type { QueueContext } from '../context.ts'
import { checkHolder } from './legality.ts'
import type { Held } from './legality.ts'

/** What the holder of a claim puts right in an application, of which the school hears nothing by itself. */
export function createCorrections(context: QueueContext) {
  const { sealer, now } = context
  return {
    /**
     * The holder puts the pupil's data right: old and new values stay, sealed, in the history. Findings about what was
     * put right fall away. Refusals: not-found, claim-lost, conflict (another open application of that pupil).
     */
    async pupil(
      id: string,
      { changes, note, ...held }: Held & { changes: Partial<Pupil>; note?: string | undefined },
    ): Promise<Case> {
      const { token, operator, transactionId } = held
      const result = await changeOnce(context, id, transactionId, async (application) => {
        checkHolder(application, held)
        const { stage } = application
        const before = pupilOf(application, sealer)
        if (!before || !isClaimStage(stage)) throw new Refusal('conflict', 'the data are gone', { application: id })
        const after: Pupil = { ...before, ...changes }
        const nikHash = sealer.lookup('nik', after.nik)
        const findings = findingsOf(application, sealer).filter(
          ({ field }) => field === undefined || before[field as keyof Pupil] === after[field as keyof Pupil],
        )
        const at = now()
        try {
          return await write(
            context,
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
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
          throw new Refusal('conflict', 'the pupil has another open application', { application: id })
        }
      })
      return caseOf(result, sealer)
    },

    /**
     * The holder says how the portrait `document` is cut and lit. Only these numbers are kept, the picture stays as it
     * came; earlier ones stay in the history. Refusals: not-found, claim-lost, forbidden, conflict (no portrait of this
     * application, or a later one has come).
     */
    async portrait(id: string, how: Held & { document: string; edit: PortraitEdit }): Promise<Case> {
      const result = await changeOnce(context, id, how.transactionId, async (application) => {
        checkHolder(application, how)
        const present = application.documents.some(
          (one) => one.id === how.document && one.kind === 'portrait' && one.supersededAt === undefined,
        )
        if (!present) throw new Refusal('conflict', 'no portrait of this application', { application: id })
        const portrait = { document: how.document, edit: how.edit }
        return write(
          context,
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
      })
      return caseOf(result, sealer)
    },
  }
}
