import { isClaimStage } from '../../models/application/application.ts'
import type { DocumentKind, StoredDocument } from '../../models/application/application.ts'
import { Refusal } from '../../models/store/errors.ts'
import { newId } from '../../models/store/ids.ts'
import { applicationById } from '../../models/application/changes.ts'
import type { ApplicationDocument, StoredRequest } from '../../models/application/kept.ts'
import { createFiles } from '../../models/file/files.ts'
import { caseOf } from '../case.ts'
import { findingsOf, storedFindings } from '../../models/application/sealed.ts'
import type { Case } from '../case.ts'
import { changeOnce, done, operatorOf, sealEntry, write } from '../context.ts'
import type { MovedFile, QueueContext } from '../context.ts'
import { checkHolder, checkLegal } from './legality.ts'
import type { Held } from './legality.ts'

/** Said by the bot where a school left the sorting to the office; once it is done there is nothing left to find. */
const UNSORTED = 'FILES_UNSORTED'

/** Files put where they belong: among the kinds and pages of one application, or with another pupil's. */
export function createFiling(context: QueueContext) {
  const { database, sealer, now } = context
  const files = createFiles(context)

  /** One conditional write of the holder with its history entry. */
  function refile(
    application: ApplicationDocument,
    held: Held,
    documents: StoredDocument[],
    moved: readonly MovedFile[],
  ): Promise<ApplicationDocument | null> {
    const findings = findingsOf(application, sealer).filter((one) => one.code !== UNSORTED)
    return write(
      context,
      application,
      {
        action: 'correct',
        subject: 'files',
        by: operatorOf(held.operator),
        to: application.stage,
        at: now(),
        transactionId: held.transactionId,
        sealed: sealEntry(context, { moved }),
      },
      { where: { 'claim.token': held.token }, set: { documents, ...storedFindings(findings, sealer) } },
    )
  }

  /** The other pupil's side; `true` where the file is there, by this write or an earlier one. */
  async function give(from: ApplicationDocument, held: Held & { document: string; kind: DocumentKind; to: string }) {
    const file = from.documents.find((one) => one.id === held.document)
    if (!file) throw new Refusal('not-found', 'no such file in this application', { application: from._id })
    await changeOnce(context, held.to, held.transactionId, async (application) => {
      const { stage, npsn } = application
      if (npsn !== from.npsn || !isClaimStage(stage)) {
        throw new Refusal('conflict', 'the other application is not worked on at this school', { application: held.to })
      }
      checkLegal(stage, { action: 'request', to: stage }, held.operator.roles)
      // known by its files, so that a purge of this application leaves them
      if ((await files.match(held.to, [held.document])) === 0) {
        throw new Refusal('conflict', 'the file is being purged', { document: held.document })
      }
      const at = now()
      const page = pagesOf(application.documents, held.kind) + 1
      const { findings: _, supersededAt: __, request: ___, ...kept } = file
      const request: StoredRequest = {
        id: newId(at.getTime()),
        kind: 'file',
        at,
        by: held.operator.id,
        files: [held.document],
        ...(from.ticket === undefined ? {} : { from: from.ticket }),
      }
      const joined: StoredDocument = { ...kept, kind: held.kind, page, findings: [], request: request.id }
      const others = application.documents.filter((one) => one.id !== held.document)
      const moved: MovedFile[] = [{ document: held.document, to: { kind: held.kind, page }, other: from._id }]
      return write(
        context,
        application,
        {
          action: 'request',
          by: operatorOf(held.operator),
          to: stage,
          at,
          transactionId: held.transactionId,
          sealed: sealEntry(context, { moved }),
        },
        { set: { documents: [...others, joined], requests: [...application.requests, request] } },
      )
    })
  }

  return {
    /**
     * The holder sorts the files: `documents` names each present one once, with its kind; those of a kind are its pages
     * in this order. The school hears nothing. Refusals: not-found, claim-lost, forbidden, conflict (another file has
     * come meanwhile, or one is gone).
     */
    async sort(id: string, how: Held & { documents: readonly { id: string; kind: DocumentKind }[] }): Promise<Case> {
      const result = await changeOnce(context, id, how.transactionId, async (application) => {
        checkHolder(application, how)
        const present = application.documents.filter((one) => one.supersededAt === undefined)
        const named = new Set(how.documents.map((one) => one.id))
        if (named.size !== present.length || !present.every((one) => named.has(one.id))) {
          throw new Refusal('conflict', 'the files of this application have changed', { application: id })
        }
        const sorted = inOrder(present, how.documents)
        const moved = sorted.flatMap((after): MovedFile[] => {
          const before = present.find((one) => one.id === after.id)
          const same = before?.kind === after.kind && before.page === after.page
          return before && !same ? [{ document: after.id, from: placeOf(before), to: placeOf(after) }] : []
        })
        const gone = application.documents.filter((one) => one.supersededAt !== undefined)
        return refile(application, how, [...sorted, ...gone], moved)
      })
      return caseOf(result, sealer)
    },

    /**
     * The holder hands a file to another pupil's application of the same school, where it joins as a request that is shown
     * there; here it stays, marked. Two writes, the other pupil's first: after a crash between them the same transaction
     * id finishes the work. Refusals: not-found, claim-lost, forbidden, conflict (the other one is not worked on any more,
     * or of another school).
     */
    async splitOff(id: string, how: Held & { document: string; kind: DocumentKind; to: string }): Promise<Case> {
      const first = await applicationById(database, id)
      if (how.to === id) throw new Refusal('invalid', 'the file is in this application already', { application: id })
      if (!first) throw new Refusal('not-found', 'no such application', { application: id })
      if (!done(first, how.transactionId)) {
        checkHolder(first, how)
        await give(first, how)
      }
      const result = await changeOnce(context, id, how.transactionId, async (application) => {
        checkHolder(application, how)
        const at = now()
        const leaving = application.documents.find((one) => one.id === how.document)
        if (!leaving) throw new Refusal('not-found', 'no such file in this application', { application: id })
        const kept = application.documents.map((one) => (one === leaving ? { ...one, supersededAt: at } : one))
        return refile(application, how, kept, [{ document: how.document, from: placeOf(leaving), other: how.to }])
      })
      return caseOf(result, sealer)
    },
  }
}

const placeOf = ({ kind, page }: StoredDocument) => ({ kind, page })
const pagesOf = (documents: readonly StoredDocument[], kind: DocumentKind): number =>
  Math.max(0, ...documents.filter((one) => one.kind === kind && one.supersededAt === undefined).map((one) => one.page))

/** The documents in the order that is asked for; those of a kind are its pages from 1. */
function inOrder(
  documents: readonly StoredDocument[],
  order: readonly { id: string; kind: DocumentKind }[],
): StoredDocument[] {
  const pages = new Map<DocumentKind, number>()
  return order.flatMap(({ id, kind }) => {
    const document = documents.find((one) => one.id === id)
    if (!document) return []
    const page = (pages.get(kind) ?? 0) + 1
    pages.set(kind, page)
    return [{ ...document, kind, page }]
  })
}
