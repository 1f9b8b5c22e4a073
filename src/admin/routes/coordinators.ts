import { logAct } from '../../models/operator/acts.ts'
import type { OfficeActName } from '../../models/operator/acts.ts'
import { answers, signedIn } from '../server/answers.ts'
import {
  CoordinatorPage,
  CoordinatorsQuery,
  CoordinatorView,
  MoveBody,
  ReplaceBody,
  SuspendBody,
} from '../contract/coordinator.ts'
import { IdParams } from '../contract/id.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import type { CoordinatorRow } from '../people.ts'
import { ProblemError } from '../server/problems.ts'

/** A supervisor approves, suspends, moves and replaces the people at schools. */
export function coordinatorRoutes(app: App, { people, database, now }: AdminDeps): void {
  const { coordinators, schools } = people
  const schema = { params: IdParams, response: answers({ 200: CoordinatorView }) }

  async function views(rows: readonly CoordinatorRow[]): Promise<CoordinatorView[]> {
    const [known, names] = await Promise.all([
      schools.byNpsn(rows.map((row) => row.npsn)),
      coordinators.names(rows.flatMap((row) => row.substitute ?? [])),
    ])
    return rows.map(({ id, name, role, state, npsn, channels, substitute, twin, createdAt }) => ({
      id,
      name,
      role,
      state,
      school: { npsn, name: known.get(npsn)?.name ?? npsn },
      channels: [...channels],
      ...given({
        substitute,
        twin,
        substituteName: substitute === undefined ? undefined : names.get(substitute),
        createdAt: createdAt?.toISOString(),
      }),
    }))
  }
  /** Ids alone: names and free reasons stay where they are sealed. */
  async function changed(
    act: Extract<OfficeActName, `coordinator-${string}`>,
    by: string,
    change: Promise<CoordinatorRow>,
    detail?: string,
  ): Promise<CoordinatorView> {
    const row = await change
    await logAct(database, { at: now(), by, act, subject: row.id, ...given({ detail }) })
    const [view] = await views([row])
    return view!
  }

  app.get(
    '/coordinators',
    { schema: { querystring: CoordinatorsQuery, response: answers({ 200: CoordinatorPage }) } },
    async ({ query }) => ({ items: await views(await coordinators.list(query)) }),
  )

  app.post('/coordinators/:id/approve', { schema }, (request) => {
    const by = signedIn(request).id
    return changed('coordinator-approve', by, coordinators.approve(request.params.id, by))
  })
  app.post('/coordinators/:id/reinstate', { schema }, (request) => {
    const by = signedIn(request).id
    return changed('coordinator-reinstate', by, coordinators.reinstate(request.params.id, by))
  })
  app.post('/coordinators/:id/suspend', { schema: { ...schema, body: SuspendBody } }, (request) => {
    const by = signedIn(request).id
    return changed('coordinator-suspend', by, coordinators.suspend(request.params.id, { ...request.body, by }))
  })

  app.post('/coordinators/:id/move', { schema: { ...schema, body: MoveBody } }, async (request) => {
    const { npsn, reason } = request.body
    if (!(await schools.byNpsn([npsn])).has(npsn))
      throw new ProblemError('invalid', { detail: 'NPSN belum terdaftar.' })
    const by = signedIn(request).id
    return changed('coordinator-move', by, coordinators.move(request.params.id, { npsn, reason, by }), npsn)
  })

  app.post('/coordinators/:id/replace', { schema: { ...schema, body: ReplaceBody } }, (request) => {
    const { by: substitute, reason } = request.body
    const by = signedIn(request).id
    const replacing = coordinators.replace(request.params.id, { substitute, reason, by })
    return changed('coordinator-replace', by, replacing, substitute)
  })
}
