import { portraitBackground } from '../../config/portrait-background.ts'
import { portraitOf } from '../../models/application/application.ts'
import type { PortraitEdit } from '../../models/file/look.ts'
import { logViews } from '../../models/operator/views.ts'
import type { Operator } from '../../models/operator/operator.ts'
import type { Case } from '../../queue/case.ts'
import { answers, signedIn } from '../server/answers.ts'
import { caseView } from '../views/case-view.ts'
import { ApplicationView } from '../contract/application.ts'
import { IdParams } from '../contract/id.ts'
import { EditPortraitBody, PortraitQuery, PortraitView, PreviewBody } from '../contract/portrait.ts'
import type { PortraitEditView } from '../contract/portrait.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { ProblemError } from '../server/problems.ts'
import { mayRead } from '../rights.ts'

/** The photo station: the portrait as it came, as it is to be, and the file that goes into SIAK. */
export function portraitRoutes(app: App, deps: AdminDeps): void {
  const { queue, portraits, office, now } = deps
  const rules = () => office.current().portrait

  /** The case, if this operator may see its pictures. */
  async function read(id: string, operator: Operator, reason: string | undefined): Promise<Case> {
    const one = await queue.cases.get(id)
    if (one.stage === 'draft') throw new ProblemError('not-found')
    if (reason === undefined && !mayRead(operator, { stage: one.stage, claimedBy: one.claim?.by })) {
      throw new ProblemError('forbidden', { detail: 'Tulis alasan untuk membuka foto ini.' })
    }
    return one
  }
  /** Only an edit of the portrait that counts now: a new photo is cut anew. */
  function editOf(one: Case, document: string | undefined) {
    return one.portrait && one.portrait.document === document ? one.portrait.edit : null
  }
  const fileName = (one: Case) => rules().fileName.replaceAll('{ticket}', one.ticket ?? one.id)
  const logged = (one: Case, operator: Operator, document: string, reason: string | undefined) =>
    logViews(deps, [
      {
        application: one.id,
        operator: operator.id,
        at: now(),
        what: 'document',
        document,
        how: one.claim?.prefetch && one.claim.by === operator.id ? 'prefetch' : 'view',
        ...given({ reason }),
      },
    ])

  app.get(
    '/applications/:id/portrait',
    { schema: { params: IdParams, querystring: PortraitQuery, response: answers({ 200: PortraitView }) } },
    async (request) => {
      const one = await read(request.params.id, signedIn(request), request.query.reason)
      const document = portraitOf(one)
      const [look, original] =
        document === undefined ? [null, null] : await Promise.all([portraits.look(document), portraits.size(document)])
      const face = look?.face
      const rule = (birthDate: string) => portraitBackground({ birthDate }, office.current())
      return {
        document: document ?? null,
        original,
        look: look && {
          faces: look.faces,
          background: look.background.colour,
          replaceable: look.replaceable,
          ...given({
            face: face && {
              // measured in the picture as it stands upright by the face; shown as it lies by its EXIF
              roll: face.roll - look.turn,
              yaw: face.yaw,
              mean: face.mean,
              headHeight: face.headHeight / (look.turn % 180 === 0 ? look.height : look.width),
            },
          }),
        },
        edit: editOf(one, document),
        proposal: look?.proposal ?? null,
        background: {
          expected: portraitBackground(one.pupil ?? {}, office.current()),
          oddYears: rule('2015-01-01'),
          evenYears: rule('2016-01-01'),
          foreigners: rules().foreignBackground,
          colours: rules().colours,
        },
        output: {
          width: rules().width,
          height: Math.round(rules().width * 1.5),
          kilobytes: rules().kilobytes,
          name: fileName(one),
          headHeight: rules().headHeight,
          eyeLine: rules().eyeLine,
        },
        draws: portraits.draws,
      }
    },
  )

  app.get(
    '/applications/:id/portrait/picture',
    { schema: { params: IdParams, querystring: PortraitQuery, description: 'The portrait that an edit is about' } },
    async (request, reply) => {
      const operator = signedIn(request)
      const { reason } = request.query
      const one = await read(request.params.id, operator, reason)
      const document = portraitOf(one)
      if (document === undefined) throw new ProblemError('not-found')
      const picture = await portraits.picture(document)
      await logged(one, operator, document, reason)
      return reply.header('content-type', 'image/jpeg').send(picture)
    },
  )

  app.get(
    '/applications/:id/portrait/result',
    { schema: { params: IdParams, querystring: PortraitQuery, description: 'The finished portrait, named for SIAK' } },
    async (request, reply) => {
      const operator = signedIn(request)
      const { reason } = request.query
      const one = await read(request.params.id, operator, reason)
      const document = portraitOf(one)
      const edit = editOf(one, document)
      if (document === undefined || !edit) throw new ProblemError('not-found')
      const picture = await portraits.draw(document, edit)
      await logged(one, operator, document, reason)
      return reply
        .header('content-type', 'image/jpeg')
        .header('content-disposition', `attachment; filename="${fileName(one)}"`)
        .send(picture)
    },
  )

  app.post(
    '/applications/:id/portrait/preview',
    { schema: { params: IdParams, body: PreviewBody, description: 'As the finished portrait would be' } },
    async (request, reply) => {
      const { token, document, edit } = request.body
      // the holder has the picture on the screen, and its view is logged; this draws it differently
      const one = await queue.cases.get(request.params.id)
      if (one.claim?.token !== token || one.claim.by !== signedIn(request).id) throw new ProblemError('claim-lost')
      if (portraitOf(one) !== document) throw new ProblemError('conflict')
      return reply.header('content-type', 'image/jpeg').send(await portraits.draw(document, withBackground(edit)))
    },
  )

  app.post(
    '/applications/:id/edit-portrait',
    { schema: { params: IdParams, body: EditPortraitBody, response: answers({ 200: ApplicationView }) } },
    async (request) => {
      const operator = signedIn(request)
      const { token, document, edit, transactionId } = request.body
      const how = { token, document, edit: withBackground(edit), transactionId, operator }
      return caseView(deps, operator, await queue.corrections.portrait(request.params.id, how))
    },
  )
}

/** The edit as the rest of the house has it: without a background that is undefined. */
function withBackground({ background, ...edit }: PortraitEditView): PortraitEdit {
  return background === undefined ? edit : { ...edit, background }
}
