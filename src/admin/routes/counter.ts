import { answers, signedIn } from '../server/answers.ts'
import { caseView } from '../views/case-view.ts'
import { ApplicationView } from '../contract/application.ts'
import { HandOverBody, HandOverResult, ReceiveBody, UndoHandOverBody } from '../contract/decision.ts'
import { IdParams } from '../contract/id.ts'
import type { AdminDeps, App } from '../deps.ts'

/** The counter: finished cards to schools, and the word that a pupil has one. */
export function counterRoutes(app: App, deps: AdminDeps): void {
  const { queue } = deps

  app.post(
    '/handovers',
    { schema: { body: HandOverBody, response: answers({ 200: HandOverResult }) } },
    async (request) => {
      const { applications, receivedBy, transactionId } = request.body
      const rows = await queue.cards.handOver([...new Set(applications)], {
        operator: signedIn(request),
        note: receivedBy,
        transactionId,
      })
      return { items: rows.map(({ application, ...row }) => ({ id: application, ...row })) }
    },
  )

  app.post(
    '/handovers/undo',
    { schema: { body: UndoHandOverBody, response: answers({ 200: HandOverResult }) } },
    async (request) => {
      const { applications, transactionId } = request.body
      const rows = await queue.cards.takeBack([...new Set(applications)], signedIn(request), transactionId)
      return { items: rows.map(({ application, ...row }) => ({ id: application, ...row })) }
    },
  )

  app.post(
    '/applications/:id/receive',
    { schema: { params: IdParams, body: ReceiveBody, response: answers({ 200: ApplicationView }) } },
    async (request) => {
      const operator = signedIn(request)
      const received = await queue.cards.receive(request.params.id, {
        by: { kind: 'operator', id: operator.id },
        parties: operator.roles,
        transactionId: request.body.transactionId,
      })
      return caseView(deps, operator, received)
    },
  )
}
