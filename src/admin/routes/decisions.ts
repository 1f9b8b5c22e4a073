import { portraitBackground } from '../../config/portrait-background.ts'
import { portraitOf } from '../../models/application/application.ts'
import { createAppraisals } from '../../models/application/appraisals.ts'
import { doubtsOf } from '../../models/application/doubts.ts'
import type { ApplicationDocument } from '../../models/application/kept.ts'
import { lacksBackground } from '../../models/file/look.ts'
import { openHeavy } from '../views/findings.ts'
import { answers, signedIn } from '../server/answers.ts'
import { caseView } from '../views/case-view.ts'
import { ApplicationView } from '../contract/application.ts'
import {
  CancelBody,
  CorrectBody,
  DecisionBody,
  MisprintBody,
  ReleaseBody,
  RenewBody,
  Renewed,
  ReturnText,
  ReturnTextBody,
  UndoBody,
} from '../contract/decision.ts'
import { IdParams } from '../contract/id.ts'
import type { Operator } from '../../models/operator/operator.ts'
import type { Case } from '../../queue/case.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { ProblemError } from '../server/problems.ts'

/**
 * What the holder of a claim does. Each call shows the claim's token; the queue decides in its one write whether it
 * still holds, and answers a repeated transaction id as it did before.
 */
export function decisionRoutes(app: App, deps: AdminDeps): void {
  const { queue } = deps
  const appraisals = createAppraisals(deps)
  const schema = { params: IdParams, response: answers({ 200: ApplicationView }) }
  /** After an act that has ended the claim that `token` showed. */
  const handedOn = (operator: Operator, done: Case, token: string | undefined) =>
    caseView(deps, operator, { ...done, acted: token !== undefined })

  /** What an approval of this case would pass; requests and papers are those of the reading that is written on. */
  async function doubtsOfCase(id: string): Promise<(application: ApplicationDocument) => readonly string[]> {
    const [one, made] = await Promise.all([queue.cases.get(id), appraisals.of([id])])
    const heavy = openHeavy(one, made.get(id)?.appraised, deps.sealer)
    const background = one.stage === 'photo' && (await wrongBackground(one))
    return (application) => doubtsOf(application, { heavy, background })
  }
  async function wrongBackground(one: Case): Promise<boolean> {
    const document = portraitOf(one)
    if (document === undefined) return false
    const look = await deps.portraits.look(document)
    const edit = one.portrait?.document === document ? one.portrait.edit : undefined
    const expected = portraitBackground(one.pupil ?? {}, deps.office.current())
    return lacksBackground(expected, { painted: edit?.background, seen: look?.background.colour })
  }

  app.post(
    '/applications/:id/renew',
    { schema: { params: IdParams, body: RenewBody, response: answers({ 200: Renewed }) } },
    async (request) => {
      const { leaseUntil } = await queue.claims.renew(request.params.id, request.body.token)
      return { claim: { token: request.body.token, leaseUntil: leaseUntil.toISOString() } }
    },
  )

  app.post('/applications/:id/release', { schema: { ...schema, body: ReleaseBody } }, async (request) => {
    const { id } = request.params
    await queue.claims.release(id, request.body.token, request.body.reason)
    return handedOn(signedIn(request), await queue.cases.get(id), request.body.token)
  })

  app.post('/applications/:id/decisions', { schema: { ...schema, body: DecisionBody } }, async (request) => {
    const operator = signedIn(request)
    const { id } = request.params
    const doubts = request.body.action === 'approve' ? await doubtsOfCase(id) : undefined
    const decided = await queue.decisions.decide(id, { ...request.body, operator, doubts })
    return handedOn(operator, decided, request.body.token)
  })

  app.post(
    '/applications/:id/return-text',
    { schema: { params: IdParams, body: ReturnTextBody, response: answers({ 200: ReturnText }) } },
    async (request) => {
      const { npsn, pupil, ticket } = await queue.cases.get(request.params.id)
      if (!pupil || ticket === null) throw new ProblemError('not-found')
      const { event, reasons, note } = request.body
      const about = { event, npsn, name: pupil.name, ticket, reasons, ...given({ note }) }
      return { text: await deps.notices.word(about) }
    },
  )

  app.post('/applications/:id/undo', { schema: { ...schema, body: UndoBody } }, async (request) => {
    const operator = signedIn(request)
    return caseView(deps, operator, await queue.undo(request.params.id, operator, request.body.transactionId))
  })

  app.post('/applications/:id/correct', { schema: { ...schema, body: CorrectBody } }, async (request) => {
    const operator = signedIn(request)
    const changes = given(request.body.changes)
    return caseView(
      deps,
      operator,
      await queue.corrections.pupil(request.params.id, { ...request.body, changes, operator }),
    )
  })

  app.post('/applications/:id/cancel', { schema: { ...schema, body: CancelBody } }, async (request) => {
    const operator = signedIn(request)
    const { id } = request.params
    await queue.schoolChanges.cancel({
      ...request.body,
      application: id,
      by: { kind: 'operator', id: operator.id },
      parties: operator.roles,
    })
    return handedOn(operator, await queue.cases.get(id), request.body.token)
  })

  app.post('/applications/:id/misprint', { schema: { ...schema, body: MisprintBody } }, async (request) => {
    const operator = signedIn(request)
    const printedAgain = await queue.cards.misprint(request.params.id, { ...request.body, operator })
    return handedOn(operator, printedAgain, request.body.token)
  })
}
