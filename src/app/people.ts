import type { CoordinatorRow, People, PleaRow } from '../admin/people.ts'
import type { LiveEvent } from '../admin/contract/event.ts'
import type { Coordinator } from '../models/coordinator/coordinator.ts'
import { toBuffer } from '../models/store/binary.ts'
import { chats } from '../models/chat/kept.ts'
import type { Database } from '../models/store/connect.ts'
import {
  approveCoordinator,
  moveCoordinator,
  reinstateCoordinator,
  suspendCoordinator,
} from '../models/coordinator/changes.ts'
import { coordinators } from '../models/coordinator/kept.ts'
import { coordinatorById, listCoordinators } from '../models/coordinator/coordinators.ts'
import { createInvitation, openInvitations } from '../models/school/invitations.ts'
import { closePlea, listPleas, pleas } from '../models/plea/pleas.ts'
import type { Plea } from '../models/plea/pleas.ts'
import { listSchools, schools, storeSchools } from '../models/school/schools.ts'
import type { Sealer } from '../models/store/sealing.ts'
import { hasWords } from '../models/identity/words.ts'

export type PeopleDeps = {
  database: Database
  sealer: Sealer
  now: () => Date
  publish: (event: LiveEvent) => void
  /** Tells the chats of a coordinator that they have been let in; a sweep makes good where this was cut off. */
  welcome(coordinator: Coordinator): Promise<void>
}

const MOST_NAMES = 5_000

/** What the console asks of schools, coordinators and pleas, answered by the models. */
export function createPeople(deps: PeopleDeps): People {
  const { database, publish } = deps

  async function rowOf(coordinator: Coordinator & { createdAt?: Date }): Promise<CoordinatorRow> {
    const { consent: _, chats: ids, twin, ...row } = coordinator
    const other = twin !== undefined && row.state !== 'suspended' ? await coordinatorById(deps, twin) : undefined
    const found = await chats(database)
      .find({ _id: { $in: [...ids] } }, { channel: 1 })
      .lean()
    return {
      ...row,
      channels: [...new Set(found.map((chat) => chat.channel))],
      ...(other && other.state !== 'suspended' ? { twin: { id: other.id, name: other.name } } : {}),
    }
  }
  async function changed(change: Promise<Coordinator>): Promise<CoordinatorRow> {
    const coordinator = await change
    publish({ type: 'coordinators' })
    return rowOf(coordinator)
  }

  return {
    schools: {
      async byNpsn(npsns) {
        const found = await schools(database)
          .find({ _id: { $in: [...new Set(npsns)] } })
          .lean()
        return new Map(found.map(({ _id, ...school }) => [_id, { npsn: _id, ...school }]))
      },
      list: (query) => listSchools(database, query),
      async save(list) {
        await storeSchools(
          database,
          list.map((school) => ({ ...school, sample: false })),
        )
        publish({ type: 'schools' })
      },
      invite: (wish) => createInvitation(deps, wish),
      openInvitations: (npsn) => openInvitations(deps, npsn),
    },
    coordinators: {
      async names(ids) {
        const found = await Promise.all([...new Set(ids)].map((id) => coordinatorById(deps, id)))
        return new Map(found.flatMap((one) => (one ? [[one.id, one.name] as const] : [])))
      },
      async list(query) {
        return Promise.all((await listCoordinators(deps, query)).map(rowOf))
      },
      async named(words, limit) {
        // coordinators of a district are hundreds: their sealed names are opened to be compared
        const all = await coordinators(database).find({}, { name: 1, npsn: 1 }).limit(MOST_NAMES).lean()
        const open = all.map(({ _id: id, name, npsn }) => ({ id, npsn, name: deps.sealer.openText(toBuffer(name)) }))
        return open.filter(({ name }) => hasWords(name, words)).slice(0, limit)
      },
      countPending: () => coordinators(database).countDocuments({ state: 'pending' }),
      async approve(id, by) {
        const coordinator = await approveCoordinator(deps, id, { by })
        await deps.welcome(coordinator)
        return changed(Promise.resolve(coordinator))
      },
      suspend: (id, { by, reason, substitute }) =>
        changed(suspendCoordinator(deps, id, { by, reason, ...(substitute !== undefined && { substitute }) })),
      reinstate: (id, by) => changed(reinstateCoordinator(deps, id, { by })),
      move: (id, how) => changed(moveCoordinator(deps, id, how)),
      replace: (id, how) => changed(suspendCoordinator(deps, id, how)),
    },
    pleas: {
      async list(query) {
        return (await listPleas(deps, query)).map(pleaRow)
      },
      countOpen: () => pleas(database).countDocuments({ state: 'open' }),
      async close(id, how) {
        const closed = await closePlea(deps, id, how)
        publish({ type: 'pleas' })
        return pleaRow(closed)
      },
    },
  }
}

function pleaRow(plea: Plea): PleaRow {
  const { id, number, kind, state, at, due, text, npsn, coordinator, closedAt, outcome } = plea
  return {
    id,
    number,
    kind,
    state,
    at,
    ...(due && { due }),
    ...(text !== undefined && { text }),
    ...(npsn !== undefined && { npsn }),
    ...(coordinator !== undefined && { coordinator }),
    ...(closedAt && { closedAt }),
    ...(outcome !== undefined && { outcome }),
  }
}
