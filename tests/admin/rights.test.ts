import { expect, test } from 'vitest'
import { allowedActions, mayCall, mayRead, onlyCounter, RIGHTS, rightOf } from '../../src/admin/rights.ts'
import { stagesOf, ROLES, TRANSITIONS } from '../../src/models/application/transitions.ts'
import { STAGES } from '../../src/models/application/application.ts'
import type { Role } from '../../src/models/application/transitions.ts'
import type { Operator } from '../../src/models/operator/operator.ts'

function operator(...roles: Role[]): Operator {
  return {
    id: 'op-rekaan',
    username: 'rekaan',
    name: 'Rekaan',
    roles,
    active: true,
    mustChangePassword: false,
    secondFactor: false,
  }
}

test('a route that has no row is refused', () => {
  expect(() => rightOf('POST', '/api/unknown')).toThrow('no row')
  expect(rightOf('HEAD', '/api/queue')).toBe(RIGHTS['GET /api/queue'])
})

/** Routes that take back what their own roles did, where others take back other things. */
const NARROWER: readonly string[] = ['POST /api/handovers/undo']

test('who may act by the table of rights is who has such a move in the table of transitions', () => {
  for (const [route, right] of Object.entries(RIGHTS)) {
    if (!right.acts || right.roles === 'public') continue
    const movers = ROLES.filter((role) =>
      TRANSITIONS.some((move) => right.acts?.includes(move.action) && move.by.includes(role)),
    )
    if (NARROWER.includes(route)) expect(movers).toEqual(expect.arrayContaining([...right.roles]))
    else expect({ route, roles: right.roles.toSorted() }).toEqual({ route, roles: movers.toSorted() })
  }
})

test('every action of an operator has a route', () => {
  const acts = new Set(Object.values(RIGHTS).flatMap((right) => right.acts ?? []))
  const moves = TRANSITIONS.filter((move) => ROLES.some((role) => move.by.includes(role))).map((move) => move.action)
  expect(moves.filter((action) => !acts.has(action))).toEqual([])
})

test('without a role nothing but signing in may be called', () => {
  const open = Object.entries(RIGHTS).filter(([, right]) => mayCall(right, []))
  expect(open.map(([route]) => route)).toEqual([
    'GET /api/openapi.json',
    'POST /api/session',
    'DELETE /api/session',
    'POST /api/operator-invites/look',
    'POST /api/operator-invites/accept',
  ])
})

test('a supervisor may call everything', () => {
  expect(Object.values(RIGHTS).every((right) => mayCall(right, ['supervisor']))).toBe(true)
})

test('each role works its own stages, a supervisor all, the counter none', () => {
  expect(stagesOf(['foto'])).toEqual(['photo'])
  expect(stagesOf(['siak'])).toEqual(['siak_entry', 'signature'])
  expect(stagesOf(['cetak', 'verifikator'])).toEqual(['verification', 'printing'])
  expect(stagesOf(['supervisor'])).toEqual(['verification', 'photo', 'siak_entry', 'signature', 'printing'])
  expect(stagesOf(['loket'])).toEqual([])
})

test('scans and NIK open to the holder, to supervisors, and to the roles of the current stage alone', () => {
  for (const stage of STAGES) {
    const readers = ROLES.filter((role) => mayRead(operator(role), { stage }))
    const worker: Partial<Record<typeof stage, Role>> = {
      verification: 'verifikator',
      photo: 'foto',
      siak_entry: 'siak',
      signature: 'siak',
      printing: 'cetak',
    }
    expect(readers).toEqual(ROLES.filter((role) => role === 'supervisor' || role === worker[stage]))
  }
  expect(mayRead(operator('foto'), { stage: 'verification', claimedBy: 'op-rekaan' })).toBe(true)
  expect(mayRead(operator('foto'), { stage: 'verification', claimedBy: 'op-lain' })).toBe(false)
})

test('the counter alone is the counter; with another role it is not', () => {
  expect(onlyCounter(operator('loket'))).toBe(true)
  expect(onlyCounter(operator('loket', 'siak'))).toBe(false)
})

test('what a role may do in a stage comes from the table of transitions', () => {
  expect(allowedActions('ready', ['loket'])).toEqual(['hand_over', 'misprint', 'undo'])
  expect(allowedActions('verification', ['verifikator'])).toEqual(
    expect.arrayContaining(['claim', 'approve', 'return', 'propose_reject']),
  )
  expect(allowedActions('verification', ['verifikator'])).not.toContain('reject')
  expect(allowedActions('rejected', ['supervisor'])).toEqual([])
})
