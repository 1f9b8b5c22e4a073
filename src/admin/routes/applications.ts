import { deliveriesOf } from '../../models/mongo/deliveries.ts'
import type { Case } from '../../queue/case.ts'
import { answers, signedIn } from '../answers.ts'
import { caseView } from '../case-view.ts'
import { ApplicationView, CaseQuery } from '../contract/application.ts'
import { DeliveryList } from '../contract/delivery.ts'
import { IdParams } from '../contract/id.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../given.ts'
import { ProblemError } from '../problems.ts'

/** One case, and whether its school has heard of it. */
export function applicationRoutes(app: App, deps: AdminDeps): void {
  const { database, queue } = deps

  async function submitted(id: string): Promise<Case> {
    const one = await queue.get(id)
    // a draft is its coordinator's own until it is submitted
    if (one.stage === 'draft') throw new ProblemError('not-found')
    return one
  }

  app.get(
    '/applications/:id',
    { schema: { params: IdParams, querystring: CaseQuery, response: answers({ 200: ApplicationView }) } },
    async (request) => {
      const one = await submitted(request.params.id)
      return caseView(deps, signedIn(request), one, request.query.reason)
    },
  )

  app.get(
    '/applications/:id/deliveries',
    { schema: { params: IdParams, response: answers({ 200: DeliveryList }) } },
    async (request) => {
      const { id } = await submitted(request.params.id)
      const said = await deliveriesOf(database, id)
      return {
        items: said.toReversed().map((one) => ({
          id: one.key,
          state: one.state,
          attempts: one.attempts,
          parked: one.parked,
          at: (one.readAt ?? one.deliveredAt ?? one.sentAt ?? one.createdAt).toISOString(),
          notBefore: one.notBefore.toISOString(),
          ...given({ event: one.event, seq: one.seq, failure: one.failure }),
        })),
      }
    },
  )
}
