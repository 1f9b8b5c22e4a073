import { auditBetween } from '../../models/operator/audit.ts'
import { keyState } from '../../models/store/key-state.ts'
import { actsBetween, logAct } from '../../models/operator/acts.ts'
import { operatorNames } from '../../models/operator/operators.ts'
import { countUnseenAlarms, seeAlarm, unseenAlarms } from '../../models/operator/reading-alarms.ts'
import { isForward } from '../../models/application/application.ts'
import { coordinatorNames } from '../../models/coordinator/coordinators.ts'
import type { SealedEntry } from '../../queue/context.ts'
import { rowsById } from '../../models/application/lists.ts'
import { viewsBetween } from '../../models/operator/views.ts'
import { parseTicket } from '../../models/application/ticket.ts'
import { answers, NOTHING, signedIn } from '../server/answers.ts'
import { IdParams, PlacedPageQuery } from '../contract/id.ts'
import { AlarmList, AuditList, AuditQuery, KeyState } from '../contract/oversight.ts'
import { LIST } from '../server/compress.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { nextPlace, placeOf } from '../views/place.ts'
import { ProblemError } from '../server/problems.ts'

const LINES = 100

type Line = AuditList['items'][number]

/** What supervisors look after: who read too much, who did what, how the keys stand. */
export function oversightRoutes(app: App, deps: AdminDeps): void {
  const { database, sealer, live, now } = deps

  app.get(
    '/reading-alarms',
    { schema: { querystring: PlacedPageQuery, response: answers({ 200: AlarmList }) } },
    async ({ query: { after, limit } }) => {
      const [total, alarms] = await Promise.all([
        countUnseenAlarms(database),
        unseenAlarms(database, { place: placeOf(after), limit }),
      ])
      const names = await operatorNames(
        deps,
        alarms.map(({ operator }) => operator),
      )
      return {
        total,
        items: alarms.map(({ id, operator, at, count, minutes }) => ({
          id,
          count,
          minutes,
          operator: { id: operator, name: names.get(operator) ?? operator },
          at: at.toISOString(),
        })),
        ...given({ next: nextPlace(alarms, limit, ({ at, id }) => ({ at, id })) }),
      }
    },
  )

  app.post(
    '/reading-alarms/:id/seen',
    { schema: { params: IdParams, response: answers({ 204: NOTHING }) } },
    async (request, reply) => {
      const { id } = request.params
      const by = signedIn(request).id
      if (!(await seeAlarm(database, id, by, now()))) throw new ProblemError('not-found')
      await logAct(database, { at: now(), by, act: 'alarm-seen', subject: id })
      live.publish({ type: 'alarms' })
      return reply.code(204).send(null)
    },
  )

  app.get('/keys', { schema: { response: answers({ 200: KeyState }) } }, async () => {
    const { looked, stale, since } = await keyState(deps)
    return { looked, stale, since: since?.toISOString() ?? null }
  })

  app.get(
    '/audit',
    { schema: { querystring: AuditQuery, response: answers({ 200: AuditList }) }, config: LIST },
    async ({ query }) => {
      const { kind, operator, action } = query
      const ticket = query.ticket === undefined ? undefined : parseTicket(query.ticket)
      if (query.ticket !== undefined && ticket === undefined) return { items: [] }
      const begin = query.after === undefined ? undefined : parsePlace(query.after)
      const span = {
        from: new Date(query.from),
        to: begin ? new Date(Math.min(begin.at + 1, Date.parse(query.to))) : new Date(query.to),
        operator,
        limit: LINES + 1 + (begin?.shown ?? 0),
      }
      // an action or a ticket is said of histories alone
      const narrowed = action !== undefined || ticket !== undefined
      const [acts, views, office] = await Promise.all([
        kind === undefined || kind === 'act' ? auditBetween(database, { ...span, action, ticket }) : [],
        (kind === undefined || kind === 'view') && !narrowed ? viewsBetween(database, span) : [],
        (kind === undefined || kind === 'office') && !narrowed ? actsBetween(database, span) : [],
      ])
      const seen = await rowsById(database, [
        ...views.flatMap((view) => view.application ?? []),
        ...acts.flatMap((one) => (one.action === 'move_front' ? one.application : [])),
      ])
      const stillForward = (one: (typeof acts)[number]) => {
        const row = one.action === 'move_front' ? seen.get(one.application) : undefined
        return row !== undefined && isForward(row)
      }
      const names = await operatorNames(deps, [
        ...acts.flatMap(({ by }) => (by.kind === 'operator' ? [by.id] : [])),
        ...views.map((view) => view.operator),
        ...office.flatMap(({ by, subject, detail }) => [by, subject, detail ?? []].flat()),
      ])
      const people = await coordinatorNames(deps, [
        ...acts.flatMap(({ by }) => (by.kind === 'coordinator' ? [by.id] : [])),
        ...office.flatMap(({ act, subject, detail }) =>
          act.startsWith('coordinator-') ? [subject, detail ?? []].flat() : [],
        ),
      ])
      const named = (id: string) => names.get(id) ?? people.get(id)
      const person = (id: string) => ({ kind: 'operator' as const, id, ...given({ name: names.get(id) }) })
      const lines: Line[] = [
        ...acts.map((one): Line => ({
          id: `${one.application}/${one.seq}`,
          kind: 'act',
          at: one.at.toISOString(),
          by:
            one.by.kind === 'operator'
              ? person(one.by.id)
              : { kind: one.by.kind, id: one.by.id, ...given({ name: people.get(one.by.id) }) },
          what: one.action,
          application: { id: one.application, ticket: one.ticket },
          ...(one.reasons.length > 0 ? { reasons: [...one.reasons] } : {}),
          ...(stillForward(one) ? { forward: true } : {}),
          ...given({ note: one.sealed && sealer.openJson<SealedEntry>(one.sealed).note }),
        })),
        ...views.map((view): Line => ({
          id: view.id,
          kind: 'view',
          at: view.at.toISOString(),
          by: person(view.operator),
          what: view.how === 'prefetch' ? 'prefetch' : view.what,
          ...(view.application === undefined
            ? {}
            : {
                application: {
                  id: view.application,
                  ...given({ ticket: seen.get(view.application)?.ticket }),
                },
              }),
          ...(view.outside ? { detail: 'outside' } : {}),
        })),
        ...office.map((one): Line => ({
          id: one.id,
          kind: 'office',
          at: one.at.toISOString(),
          by: person(one.by),
          what: one.act,
          subject: named(one.subject) ?? (one.act.startsWith('school-') ? `NPSN ${one.subject}` : one.subject),
          ...given({ detail: one.detail && (named(one.detail) ?? one.detail) }),
        })),
      ]
      const sorted = lines.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(begin?.shown ?? 0)
      const items = sorted.slice(0, LINES)
      return { items, ...(sorted.length > LINES ? { next: placeAfter(items, begin) } : {}) }
    },
  )
}

/** Three logs are merged, and several lines may be of one moment: a page begins at a moment, after so many of its lines. */
type Place = { at: number; shown: number }
const parsePlace = (text: string): Place => {
  const [at = 0, shown = 0] = text.split('-').map(Number)
  return { at, shown }
}
function placeAfter(items: readonly Line[], begin: Place | undefined): string {
  const last = items.at(-1)?.at ?? ''
  const at = Date.parse(last)
  const shown = items.filter((line) => line.at === last).length + (begin?.at === at ? begin.shown : 0)
  return `${at}-${shown}`
}
