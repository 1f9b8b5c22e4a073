import { Refusal } from '../../models/store/errors.ts'
import { findOperator } from '../../models/operator/operators.ts'
import { answers, signedIn } from '../server/answers.ts'
import { caseView } from '../views/case-view.ts'
import { ApplicationView } from '../contract/application.ts'
import { MoveFrontBody, PutBackBody, ReassignBody, RejectBody, TakeBackBody } from '../contract/decision.ts'
import { IdParams } from '../contract/id.ts'
import type { AdminDeps, App } from '../deps.ts'

/** What only a supervisor does to an application, without holding it. */
export function supervisorRoutes(app: App, deps: AdminDeps): void {
  const { queue } = deps
  const schema = { params: IdParams, response: answers({ 200: ApplicationView }) }

  app.post('/applications/:id/reject', { schema: { ...schema, body: RejectBody } }, async (request) => {
    const operator = signedIn(request)
    const decided = await queue.decisions.decide(request.params.id, { ...request.body, action: 'reject', operator })
    return caseView(deps, operator, decided)
  })

  app.post('/applications/:id/put-back', { schema: { ...schema, body: PutBackBody } }, async (request) => {
    const operator = signedIn(request)
    const { note, transactionId } = request.body
    return caseView(deps, operator, await queue.decisions.putBack(request.params.id, operator, note, transactionId))
  })

  app.post('/applications/:id/take-back', { schema: { ...schema, body: TakeBackBody } }, async (request) => {
    const operator = signedIn(request)
    const { id } = request.params
    await queue.claims.takeBack(id, operator, request.body.reason)
    return caseView(deps, operator, await queue.cases.get(id))
  })

  app.post('/applications/:id/reassign', { schema: { ...schema, body: ReassignBody } }, async (request) => {
    const supervisor = signedIn(request)
    const { to, reason, transactionId } = request.body
    const colleague = await findOperator(deps, to)
    if (!colleague?.active) throw new Refusal('invalid', 'nobody who works here', { operator: to })
    const how = { supervisor, to: colleague, note: reason, transactionId }
    return caseView(deps, supervisor, await queue.supervision.reassign(request.params.id, how))
  })

  app.post('/applications/:id/move-front', { schema: { ...schema, body: MoveFrontBody } }, async (request) => {
    const operator = signedIn(request)
    const { reason, transactionId } = request.body
    return caseView(
      deps,
      operator,
      await queue.supervision.moveToFront(request.params.id, { supervisor: operator, note: reason, transactionId }),
    )
  })
}
