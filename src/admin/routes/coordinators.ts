import { answers, signedIn } from '../answers.ts'
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
import { given } from '../given.ts'
import type { CoordinatorRow } from '../people.ts'
import { ProblemError } from '../problems.ts'

/** A supervisor approves, suspends, moves and replaces the people at schools. */
export function coordinatorRoutes(app: App, { people }: AdminDeps): void {
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
  async function changed(change: Promise<CoordinatorRow>): Promise<CoordinatorView> {
    const [view] = await views([await change])
    return view!
  }

  app.get(
    '/coordinators',
    { schema: { querystring: CoordinatorsQuery, response: answers({ 200: CoordinatorPage }) } },
    async ({ query }) => ({ items: await views(await coordinators.list(query)) }),
  )

  app.post('/coordinators/:id/approve', { schema }, (request) =>
    changed(coordinators.approve(request.params.id, signedIn(request).id)),
  )
  app.post('/coordinators/:id/reinstate', { schema }, (request) =>
    changed(coordinators.reinstate(request.params.id, signedIn(request).id)),
  )
  app.post('/coordinators/:id/suspend', { schema: { ...schema, body: SuspendBody } }, (request) =>
    changed(coordinators.suspend(request.params.id, { ...request.body, by: signedIn(request).id })),
  )

  app.post('/coordinators/:id/move', { schema: { ...schema, body: MoveBody } }, async (request) => {
    const { npsn, reason } = request.body
    if (!(await schools.byNpsn([npsn])).has(npsn))
      throw new ProblemError('invalid', { detail: 'NPSN belum terdaftar.' })
    return changed(coordinators.move(request.params.id, { npsn, reason, by: signedIn(request).id }))
  })

  app.post('/coordinators/:id/replace', { schema: { ...schema, body: ReplaceBody } }, (request) => {
    const { by: substitute, reason } = request.body
    return changed(coordinators.replace(request.params.id, { substitute, reason, by: signedIn(request).id }))
  })
}
