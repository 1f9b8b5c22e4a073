import { pupilOf } from '../../models/application/sealed.ts'
import { schoolsByNpsn } from '../../models/school/schools.ts'
import { relatedApplications } from '../../models/application/related.ts'
import { consentsOf } from '../../models/consent/consents.ts'
import { textsOf } from '../../models/consent/texts.ts'
import { coordinatorNames } from '../../models/coordinator/coordinators.ts'
import { applicationById } from '../../models/application/changes.ts'
import { deliveriesOf } from '../../models/notice/deliveries.ts'
import type { Case } from '../../queue/case.ts'
import { answers, signedIn } from '../server/answers.ts'
import { caseView } from '../views/case-view.ts'
import { ApplicationView, CaseQuery } from '../contract/application.ts'
import { ConsentList, ConsentParams } from '../contract/consent.ts'
import { DeliveryList } from '../contract/delivery.ts'
import { IdParams } from '../contract/id.ts'
import { RelatedList } from '../contract/related.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { ProblemError } from '../server/problems.ts'
import { mayRead, onlyCounter } from '../rights.ts'

/** One case, whether its school has heard of it, who else of the family has applied, and who agreed to all that. */
export function applicationRoutes(app: App, deps: AdminDeps): void {
  const { database, sealer, queue } = deps

  async function submitted(id: string): Promise<Case> {
    const one = await queue.cases.get(id)
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
    '/applications/:id/related',
    { schema: { params: IdParams, querystring: CaseQuery, response: answers({ 200: RelatedList }) } },
    async (request) => {
      const operator = signedIn(request)
      const application = await applicationById(database, request.params.id)
      if (!application || application.stage === 'draft') throw new ProblemError('not-found')
      const open = mayRead(operator, { stage: application.stage, claimedBy: application.claim?.by })
      // other pupils' names: only for who may read this case itself
      if (!open && (request.query.reason === undefined || onlyCounter(operator))) throw new ProblemError('forbidden')
      const found = await relatedApplications(database, application)
      const schools = await schoolsByNpsn(
        database,
        found.map(({ row }) => row.npsn),
      )
      return {
        items: found.map(({ row, by }) => ({
          id: row._id,
          ticket: row.ticket ?? '',
          by,
          name: pupilOf(row, sealer)?.name ?? null,
          reason: row.reason,
          stage: row.stage,
          stageAt: row.stageAt.toISOString(),
          school: { npsn: row.npsn, name: schools.get(row.npsn)?.name ?? row.npsn },
        })),
      }
    },
  )

  app.get(
    '/applications/:id/deliveries',
    { schema: { params: IdParams, response: answers({ 200: DeliveryList }) } },
    async (request) => {
      const { id, history } = await submitted(request.params.id)
      const [said, toCome] = await Promise.all([deliveriesOf(database, id), deps.notices.toCome(id)])
      const waiting = toCome.map(({ key, event, seq, closesAt }) => ({
        id: key,
        state: 'queued' as const,
        attempts: 0,
        parked: false,
        givenUp: false,
        at: (history.find((entry) => entry.seq === seq)?.at ?? closesAt).toISOString(),
        notBefore: closesAt.toISOString(),
        event,
        seq,
      }))
      const told = said.toReversed().map((one) => ({
        id: one.key,
        state: one.state,
        attempts: one.attempts,
        parked: one.parked,
        givenUp: one.givenUp,
        at: (one.readAt ?? one.deliveredAt ?? one.sentAt ?? one.createdAt).toISOString(),
        notBefore: one.notBefore.toISOString(),
        ...given({ event: one.event, seq: one.seq, failure: one.failure }),
      }))
      return { items: [...waiting.toReversed(), ...told] }
    },
  )

  app.get(
    '/consents/:application',
    { schema: { params: ConsentParams, response: answers({ 200: ConsentList }) } },
    async (request) => {
      const { id } = await submitted(request.params.application)
      const kept = await consentsOf(database, id)
      const [texts, names] = await Promise.all([
        textsOf(
          deps,
          kept.map((one) => one.textVersion),
        ),
        coordinatorNames(
          deps,
          kept.flatMap(({ by }) => by.id ?? []),
        ),
      ])
      return {
        items: kept.map(({ kind, by, at, textVersion, withdrawnAt }) => ({
          kind,
          by: { role: by.role, ...given({ name: names.get(by.id ?? ''), relation: by.relation }) },
          at: at.toISOString(),
          textVersion,
          ...given({ text: texts.get(textVersion), withdrawnAt: withdrawnAt?.toISOString() }),
        })),
      }
    },
  )
}
