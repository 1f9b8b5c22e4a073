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
import { channelsOf } from '../../models/chat/channels.ts'
import {
  approveCoordinator,
  moveCoordinator,
  reinstateCoordinator,
  suspendCoordinator,
} from '../../models/coordinator/changes.ts'
import type { Coordinator } from '../../models/coordinator/coordinator.ts'
import { coordinatorById, coordinatorNames, listCoordinators } from '../../models/coordinator/coordinators.ts'
import { findSchool, schoolsByNpsn } from '../../models/school/schools.ts'
import { ProblemError } from '../server/problems.ts'

/** A supervisor approves, suspends, moves and replaces the people at schools. */
export function coordinatorRoutes(app: App, deps: AdminDeps): void {
  const { database, now, live, welcome } = deps
  const schema = { params: IdParams, response: answers({ 200: CoordinatorView }) }

  /** Who is the same person by what a platform says, while both may speak. */
  async function twinOf({ twin, state }: Coordinator): Promise<{ id: string; name: string } | undefined> {
    const other = twin === undefined || state === 'suspended' ? undefined : await coordinatorById(deps, twin)
    return other && other.state !== 'suspended' ? { id: other.id, name: other.name } : undefined
  }
  async function views(rows: readonly (Coordinator & { createdAt?: Date })[]): Promise<CoordinatorView[]> {
    const [known, names, channels, twins] = await Promise.all([
      schoolsByNpsn(
        database,
        rows.map((row) => row.npsn),
      ),
      coordinatorNames(
        deps,
        rows.flatMap((row) => row.substitute ?? []),
      ),
      Promise.all(rows.map((row) => channelsOf(database, row.chats))),
      Promise.all(rows.map(twinOf)),
    ])
    return rows.map(({ id, name, role, state, npsn, substitute, createdAt }, i) => ({
      id,
      name,
      role,
      state,
      school: { npsn, name: known.get(npsn)?.name ?? npsn },
      channels: channels[i] ?? [],
      ...given({
        substitute,
        twin: twins[i],
        substituteName: substitute === undefined ? undefined : names.get(substitute),
        createdAt: createdAt?.toISOString(),
      }),
    }))
  }
  /** Ids alone: names and free reasons stay where they are sealed. */
  async function changed(
    act: Extract<OfficeActName, `coordinator-${string}`>,
    by: string,
    change: Promise<Coordinator>,
    detail?: string,
  ): Promise<CoordinatorView> {
    const row = await change
    live.publish({ type: 'coordinators' })
    await logAct(database, { at: now(), by, act, subject: row.id, ...given({ detail }) })
    const [view] = await views([row])
    return view!
  }

  app.get(
    '/coordinators',
    { schema: { querystring: CoordinatorsQuery, response: answers({ 200: CoordinatorPage }) } },
    async ({ query }) => ({ items: await views(await listCoordinators(deps, query)) }),
  )

  app.post('/coordinators/:id/approve', { schema }, async (request) => {
    const by = signedIn(request).id
    const approve = async (): Promise<Coordinator> => {
      const coordinator = await approveCoordinator(deps, request.params.id, { by })
      await welcome(coordinator)
      return coordinator
    }
    return changed('coordinator-approve', by, approve())
  })
  app.post('/coordinators/:id/reinstate', { schema }, (request) => {
    const by = signedIn(request).id
    return changed('coordinator-reinstate', by, reinstateCoordinator(deps, request.params.id, { by }))
  })
  app.post('/coordinators/:id/suspend', { schema: { ...schema, body: SuspendBody } }, (request) => {
    const by = signedIn(request).id
    const { reason, substitute } = request.body
    const suspending = suspendCoordinator(deps, request.params.id, { by, reason, ...given({ substitute }) })
    return changed('coordinator-suspend', by, suspending)
  })

  app.post('/coordinators/:id/move', { schema: { ...schema, body: MoveBody } }, async (request) => {
    const { npsn, reason } = request.body
    if (!(await findSchool(database, npsn))) throw new ProblemError('invalid', { detail: 'NPSN belum terdaftar.' })
    const by = signedIn(request).id
    return changed('coordinator-move', by, moveCoordinator(deps, request.params.id, { npsn, reason, by }), npsn)
  })

  app.post('/coordinators/:id/replace', { schema: { ...schema, body: ReplaceBody } }, (request) => {
    const { by: substitute, reason } = request.body
    const by = signedIn(request).id
    const replacing = suspendCoordinator(deps, request.params.id, { substitute, reason, by })
    return changed('coordinator-replace', by, replacing, substitute)
  })
}
