import { countAsking } from '../../models/chat/lists.ts'
import { schoolsByNpsn } from '../../models/school/schools.ts'
import { countPending } from '../../models/coordinator/coordinators.ts'
import { countOpenPleas } from '../../models/plea/pleas.ts'
import { z } from 'zod'
import { CLAIM_STAGES } from '../../models/application/application.ts'
import type { Stage } from '../../models/application/application.ts'
import { sealedRows, searchApplications } from '../../models/application/search.ts'
import { parseTicket } from '../../models/application/ticket.ts'
import type { QueueRow } from '../../queue/lists/lists.ts'
import { answers, emptyBody, NOTHING, signedIn } from '../server/answers.ts'
import { caseView, caseViews } from '../views/case-view.ts'
import { ApplicationList, ApplicationView } from '../contract/application.ts'
import {
  ApplicationsQuery,
  AttentionQuery,
  ClaimBody,
  Counts,
  PlacedPage,
  QueuePage,
  QueueQuery,
  QueueSchools,
  QueueSchoolsQuery,
} from '../contract/queue.ts'
import { LIST } from '../server/compress.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { nextPlace, placeKey, placeOf } from '../views/place.ts'
import { logHeld } from '../reading-watch.ts'
import { rowOf, rowViews } from '../views/rows.ts'

/** Lists of what waits, and claiming from them. */
export function queueRoutes(app: App, deps: AdminDeps): void {
  const { database, queue } = deps

  async function views(rows: readonly QueueRow[]) {
    const sealed = await sealedRows(
      database,
      rows.map((row) => row.id),
    )
    return rowViews(
      deps,
      rows.map((row) => ({ ...row, pupil: undefined, ...sealed.get(row.id) })),
    )
  }

  app.get(
    '/queue',
    { schema: { querystring: QueueQuery, response: answers({ 200: QueuePage }) }, config: LIST },
    async ({ query }) => {
      const { stage, after, limit, npsn, findings, corrected } = query
      const narrow = { npsn, findings: findings !== undefined, corrected: corrected !== undefined }
      const { total, items } = await queue.lists.page({ stage, after, limit }, narrow)
      return { total, items: await views(items) }
    },
  )

  app.get(
    '/queue/schools',
    { schema: { querystring: QueueSchoolsQuery, response: answers({ 200: QueueSchools }) }, config: LIST },
    async ({ query: { stage } }) => {
      const rows = await queue.lists.schools(stage)
      const known = await schoolsByNpsn(database, [...rows.keys()])
      const items = [...rows].map(([npsn, n]) => ({ npsn, name: known.get(npsn)?.name ?? npsn, rows: n }))
      return { items: items.toSorted((a, b) => a.name.localeCompare(b.name, 'id', { numeric: true })) }
    },
  )

  app.get(
    '/attention',
    { schema: { querystring: AttentionQuery, response: answers({ 200: PlacedPage }) }, config: LIST },
    async ({ query: { after, limit } }) => {
      const { total, items } = await queue.lists.attention({ after: placeOf(after), limit })
      const next = nextPlace(items, limit, ({ stageAt, id }) => ({ at: stageAt, id }))
      return { total, items: await views(items), ...given({ next }) }
    },
  )

  app.get(
    '/applications',
    { schema: { querystring: ApplicationsQuery, response: answers({ 200: PlacedPage }) }, config: LIST },
    async ({ query }) => {
      const { stage, npsn, limit } = query
      const after = placeOf(query.after)
      const ticket = query.ticket === undefined ? undefined : parseTicket(query.ticket)
      if (query.ticket !== undefined && ticket === undefined) return { total: 0, items: [] }
      const { total, rows, next } = await searchApplications(database, { stage, npsn, ticket }, { after, limit })
      return { total, items: await rowViews(deps, rows.map(rowOf)), ...given({ next: next && placeKey(next) }) }
    },
  )

  app.get('/counts', { schema: { response: answers({ 200: Counts }) } }, async (request) => {
    const [counts, pending, pleas, servedRound, mine, asking] = await Promise.all([
      queue.lists.counts(),
      countPending(database),
      countOpenPleas(database),
      queue.cases.servedRound(),
      queue.lists.tallyOf(signedIn(request).id),
      countAsking(database),
    ])
    const oldest = (stage: Stage) => given({ oldestAt: counts.oldest[stage]?.toISOString() })
    const idle = (stage: 'ready' | 'returned' | 'handed_over') => ({
      queued: 0,
      claimed: 0,
      idle: counts[stage],
      ...oldest(stage),
    })
    const worked = CLAIM_STAGES.map(async (stage) => {
      const { waiting, claimed } = counts[stage]
      const position = waiting + claimed
      const last =
        position === 0 ? null : await queue.cases.estimateFor({ stage, state: 'queued', position, round: servedRound })
      const doneBy = last ? { from: last.from.toISOString(), to: last.to.toISOString() } : undefined
      return [stage, { queued: waiting, claimed, idle: 0, ...oldest(stage), ...given({ doneBy }) }] as const
    })
    return {
      stages: {
        ...Object.fromEntries(await Promise.all(worked)),
        ready: idle('ready'),
        returned: idle('returned'),
        handed_over: idle('handed_over'),
      },
      attention: counts.attention,
      pendingCoordinators: pending,
      openPleas: pleas,
      asking,
      mine: {
        done: mine.done,
        returned: mine.returned,
        ...(mine.latest && { latest: { ...mine.latest, at: mine.latest.at.toISOString() } }),
      },
      servedRound,
    }
  })

  app.post(
    '/queue/claim',
    {
      schema: {
        body: ClaimBody,
        response: answers({ 200: z.union([ApplicationView, ApplicationList]), 204: NOTHING }),
      },
      preValidation: emptyBody,
    },
    async (request, reply) => {
      const operator = signedIn(request)
      const { stages, count, requestId, ahead } = request.body
      if (count !== undefined) {
        const series = await queue.claims.takeSeries({ operator, stages, count, requestId })
        if (series.length === 0) return reply.code(204).send(null)
        return { items: await caseViews(deps, operator, series) }
      }
      const claimed = await queue.claims.take({ operator, stages, requestId, ahead })
      return claimed ? caseView(deps, operator, claimed) : reply.code(204).send(null)
    },
  )

  app.get('/claims', { schema: { response: answers({ 200: ApplicationList }) } }, async (request) => {
    const operator = signedIn(request)
    return { items: await caseViews(deps, operator, await queue.claims.heldBy(operator.id), undefined, logHeld) }
  })
}
