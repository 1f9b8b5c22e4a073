import { schoolsByNpsn } from '../../models/school/schools.ts'
import { answers, signedIn } from '../server/answers.ts'
import { IdParams } from '../contract/id.ts'
import { ClosePleaBody, PleaPage, PleasQuery, PleaView } from '../contract/plea.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { coordinatorNames } from '../../models/coordinator/coordinators.ts'
import { closePlea, listPleas } from '../../models/plea/pleas.ts'
import type { Plea } from '../../models/plea/pleas.ts'

/** What coordinators ask of the office: a person (PETUGAS), or a complaint (PENGADUAN). */
export function pleaRoutes(app: App, deps: AdminDeps): void {
  async function views(rows: readonly Plea[]): Promise<PleaView[]> {
    const [known, names] = await Promise.all([
      schoolsByNpsn(
        deps.database,
        rows.flatMap((row) => row.npsn ?? []),
      ),
      coordinatorNames(
        deps,
        rows.flatMap((row) => row.coordinator ?? []),
      ),
    ])
    return rows.map(({ id, number, kind, state, at, due, text, npsn, coordinator, closedAt, outcome }) => ({
      id,
      number,
      kind,
      state,
      at: at.toISOString(),
      ...given({ due: due?.toISOString(), text, closedAt: closedAt?.toISOString(), outcome }),
      ...(npsn === undefined ? {} : { school: { npsn, name: known.get(npsn)?.name ?? npsn } }),
      ...(coordinator === undefined
        ? {}
        : { coordinator: { id: coordinator, ...given({ name: names.get(coordinator) }) } }),
    }))
  }

  app.get(
    '/pleas',
    { schema: { querystring: PleasQuery, response: answers({ 200: PleaPage }) } },
    async ({ query }) => ({ items: await views(await listPleas(deps, query)) }),
  )

  app.post(
    '/pleas/:id/close',
    { schema: { params: IdParams, body: ClosePleaBody, response: answers({ 200: PleaView }) } },
    async (request) => {
      const { outcome } = request.body
      const closed = await closePlea(deps, request.params.id, { by: signedIn(request).id, outcome })
      deps.live.publish({ type: 'pleas' })
      const [view] = await views([closed])
      return view!
    },
  )
}
