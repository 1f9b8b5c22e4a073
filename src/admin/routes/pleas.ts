import { answers, signedIn } from '../server/answers.ts'
import { IdParams } from '../contract/id.ts'
import { ClosePleaBody, PleaPage, PleasQuery, PleaView } from '../contract/plea.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import type { PleaRow } from '../people.ts'

/** What coordinators ask of the office: a person (PETUGAS), or a complaint (PENGADUAN). */
export function pleaRoutes(app: App, { people }: AdminDeps): void {
  const { pleas, schools, coordinators } = people

  async function views(rows: readonly PleaRow[]): Promise<PleaView[]> {
    const [known, names] = await Promise.all([
      schools.byNpsn(rows.flatMap((row) => row.npsn ?? [])),
      coordinators.names(rows.flatMap((row) => row.coordinator ?? [])),
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
    async ({ query }) => ({ items: await views(await pleas.list(query)) }),
  )

  app.post(
    '/pleas/:id/close',
    { schema: { params: IdParams, body: ClosePleaBody, response: answers({ 200: PleaView }) } },
    async (request) => {
      const closed = await pleas.close(request.params.id, {
        by: signedIn(request).id,
        outcome: request.body.outcome,
      })
      const [view] = await views([closed])
      return view!
    },
  )
}
