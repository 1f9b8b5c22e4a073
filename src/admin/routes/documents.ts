import { applicationById } from '../../models/application/changes.ts'
import type { ApplicationDocument } from '../../models/application/kept.ts'
import { operatorNames } from '../../models/operator/operators.ts'
import { viewsOf } from '../../models/operator/views.ts'
import type { Operator } from '../../models/operator/operator.ts'
import { answers, NOTHING, signedIn } from '../server/answers.ts'
import { DocumentParams, DocumentQuery, ViewList, ViewsBody } from '../contract/document.ts'
import { IdParams } from '../contract/id.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { ProblemError } from '../server/problems.ts'
import { logSeen } from '../reading-watch.ts'
import { mayRead } from '../rights.ts'

const SIZES = { thumb: 'thumbnail', full: 'page' } as const
const LATEST_VIEWS = 200

/** The files of a case, and the log of who has looked at them. What cannot be logged is not sent. */
export function documentRoutes(app: App, deps: AdminDeps): void {
  const { database, media, now } = deps

  async function read(id: string, documents: readonly string[]): Promise<ApplicationDocument> {
    const application = await applicationById(database, id)
    // a draft is its coordinator's own until it is submitted
    if (
      !application ||
      application.stage === 'draft' ||
      documents.some((one) => !application.documents.some((known) => known.id === one))
    ) {
      throw new ProblemError('not-found')
    }
    return application
  }
  function opensTo(operator: Operator, application: ApplicationDocument): boolean {
    return mayRead(operator, { stage: application.stage, claimedBy: application.claim?.by })
  }

  function bytesOf(documentId: string, { original, proposal, size, page }: DocumentQuery) {
    if (original === '1') return media.original(documentId)
    if (proposal === '1') return media.proposal(documentId)
    return media.rendition(documentId, SIZES[size], page)
  }

  app.get(
    '/applications/:id/documents/:documentId',
    { schema: { params: DocumentParams, querystring: DocumentQuery, description: 'The picture or PDF itself' } },
    async (request, reply) => {
      const operator = signedIn(request)
      const { id, documentId } = request.params
      const { reason } = request.query
      const original = request.query.original === '1'
      const application = await read(id, [documentId])
      if (reason === undefined && (original || !opensTo(operator, application))) {
        throw new ProblemError('forbidden', { detail: 'Tulis alasan untuk membuka dokumen ini.' })
      }
      const shown = await bytesOf(documentId, request.query)
      const { claim } = application
      await logSeen(deps, [
        {
          application: id,
          operator: operator.id,
          at: now(),
          what: original ? 'original' : 'document',
          document: documentId,
          how: claim?.prefetch && claim.by === operator.id ? 'prefetch' : 'view',
          ...(reason === undefined ? {} : { reason }),
          ...(claim?.by === operator.id ? {} : { outside: true }),
        },
      ])
      const opened = !original && (!shown.asCame || shown.mediaType === 'application/pdf')
      return reply
        .header('content-type', shown.mediaType)
        .header('content-disposition', opened ? 'inline' : `attachment; filename="${documentId}"`)
        .send(shown.bytes)
    },
  )

  app.post(
    '/applications/:id/views',
    { schema: { params: IdParams, body: ViewsBody, response: answers({ 204: NOTHING }) } },
    async (request, reply) => {
      const operator = signedIn(request)
      const { id } = request.params
      const { documents } = request.body
      const application = await read(id, documents)
      if (!opensTo(operator, application)) throw new ProblemError('forbidden')
      const view = { application: id, operator: operator.id, at: now(), how: 'view' as const }
      await logSeen(deps, [
        { ...view, what: 'nik' },
        ...documents.map((document) => ({ ...view, what: 'document' as const, document })),
      ])
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/applications/:id/views',
    { schema: { params: IdParams, response: answers({ 200: ViewList }) } },
    async (request) => {
      const { id } = request.params
      await read(id, [])
      const seen = await viewsOf(deps, id, LATEST_VIEWS)
      const names = await operatorNames(
        deps,
        seen.map((view) => view.operator),
      )
      return {
        items: seen.map(({ id: view, at, operator, what, document, how, reason }) => ({
          id: view,
          at: at.toISOString(),
          operator: { id: operator, ...given({ name: names.get(operator) }) },
          what,
          how,
          ...given({ document, reason }),
        })),
      }
    },
  )
}
