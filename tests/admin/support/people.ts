import type { CoordinatorRow, People, PleaRow } from '../../../src/admin/people.ts'
import { Refusal } from '../../../src/models/errors.ts'
import { newId } from '../../../src/models/ids.ts'
import type { Invitation, School } from '../../../src/models/school.ts'

/** Schools, coordinators and pleas in memory. */
export function peopleInMemory() {
  const schools = new Map<string, School>()
  const coordinators = new Map<string, CoordinatorRow>()
  const pleas = new Map<string, PleaRow>()
  const invitations: Invitation[] = []

  function change(id: string, fields: Partial<CoordinatorRow>): Promise<CoordinatorRow> {
    const before = coordinators.get(id)
    if (!before) return Promise.reject(new Refusal('not-found', 'no such coordinator', { coordinator: id }))
    const after = { ...before, ...fields }
    coordinators.set(id, after)
    return Promise.resolve(after)
  }
  const people: People = {
    schools: {
      byNpsn: (npsns) => Promise.resolve(new Map(npsns.flatMap((n) => (schools.has(n) ? [[n, schools.get(n)!]] : [])))),
      list: ({ limit }) => Promise.resolve([...schools.values()].slice(0, limit)),
      save: (given) => {
        for (const one of given) schools.set(one.npsn, { ...one, sample: false })
        return Promise.resolve()
      },
      invite: ({ npsn, uses, by }) => {
        const made = { id: newId(), npsn, expiresAt: new Date(), usesLeft: uses, triesLeft: 5, createdBy: by }
        invitations.push(made)
        return Promise.resolve({ ...made, code: 'KODE-REKAAN' })
      },
      openInvitations: (npsn) => Promise.resolve(invitations.filter((one) => one.npsn === npsn)),
    },
    coordinators: {
      names: (ids) =>
        Promise.resolve(new Map(ids.flatMap((id) => (coordinators.has(id) ? [[id, coordinators.get(id)!.name]] : [])))),
      list: ({ state }) =>
        Promise.resolve([...coordinators.values()].filter((one) => state === undefined || one.state === state)),
      countPending: () => Promise.resolve([...coordinators.values()].filter((one) => one.state === 'pending').length),
      approve: (id) => change(id, { state: 'approved' }),
      suspend: (id, { substitute }) => change(id, { state: 'suspended', ...(substitute ? { substitute } : {}) }),
      reinstate: (id) => change(id, { state: 'approved' }),
      move: (id, { npsn }) => change(id, { npsn }),
      replace: (id, { substitute }) => change(id, { state: 'suspended', substitute }),
    },
    pleas: {
      list: ({ state }) => Promise.resolve([...pleas.values()].filter((one) => one.state === state)),
      countOpen: () => Promise.resolve([...pleas.values()].filter((one) => one.state === 'open').length),
      close: (id, { outcome }) => {
        const before = pleas.get(id)
        if (!before) return Promise.reject(new Refusal('not-found', 'no such plea', { plea: id }))
        const after: PleaRow = { ...before, state: 'closed', closedAt: new Date(), outcome }
        pleas.set(id, after)
        return Promise.resolve(after)
      },
    },
  }
  return { people, schools, coordinators, pleas }
}
