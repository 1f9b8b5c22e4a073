import {
  addOperator,
  changeOperator,
  findOperator,
  listOperators,
  otherActiveSupervisors,
} from '../../models/mongo/operators.ts'
import { logAct } from '../../models/mongo/office-acts.ts'
import { closeSessionsOf } from '../../models/mongo/operator-sessions.ts'
import type { Operator } from '../../models/operator.ts'
import { answers, signedIn } from '../answers.ts'
import { IdParams } from '../contract/id.ts'
import { OperatorBody, OperatorList, OperatorMade, OperatorPatch, OperatorView } from '../contract/operator.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../given.ts'
import { hashPassword, newPassword } from '../passwords.ts'
import { ProblemError } from '../problems.ts'

/** Accounts of the office's people, kept by supervisors. */
export function operatorRoutes(app: App, { database, live, now }: AdminDeps): void {
  app.get('/operators', { schema: { response: answers({ 200: OperatorList }) } }, async () => ({
    items: (await listOperators(database)).map(view),
  }))

  app.post(
    '/operators',
    { schema: { body: OperatorBody, response: answers({ 201: OperatorMade }) } },
    async (request, reply) => {
      const password = newPassword()
      const operator = await addOperator(database, {
        ...request.body,
        mustChangePassword: true,
        passwordHash: await hashPassword(password),
        now: now(),
      })
      await logAct(database, { at: now(), by: signedIn(request).id, act: 'operator-add', subject: operator.id })
      await live.publish({ type: 'operators' })
      return reply.code(201).send({ operator: view(operator), password })
    },
  )

  app.patch(
    '/operators/:id',
    { schema: { params: IdParams, body: OperatorPatch, response: answers({ 200: OperatorView }) } },
    async (request) => {
      const { id } = request.params
      const { name, roles, active } = request.body
      const before = await findOperator(database, id)
      if (!before) throw new ProblemError('not-found')
      const supervises = (active ?? before.active) && (roles ?? before.roles).includes('supervisor')
      if (!supervises && isSupervisor(before) && (await otherActiveSupervisors(database, id)) === 0) {
        throw new ProblemError('conflict', { detail: 'Harus ada satu penyelia yang aktif.' })
      }
      const changed = await changeOperator(database, id, given({ name, roles, active }))
      if (!changed) throw new ProblemError('not-found')
      if (!changed.active) await closeSessionsOf(database, id)
      const detail = Object.keys(request.body).join(' ')
      await logAct(database, { at: now(), by: signedIn(request).id, act: 'operator-change', subject: id, detail })
      await live.publish({ type: 'operators' })
      return view(changed)
    },
  )

  app.post(
    '/operators/:id/password',
    { schema: { params: IdParams, response: answers({ 200: OperatorMade }) } },
    async (request) => {
      const password = newPassword()
      const operator = await changeOperator(database, request.params.id, {
        passwordHash: await hashPassword(password),
        mustChangePassword: true,
      })
      if (!operator) throw new ProblemError('not-found')
      await closeSessionsOf(database, operator.id)
      await logAct(database, { at: now(), by: signedIn(request).id, act: 'operator-password', subject: operator.id })
      await live.publish({ type: 'operators' })
      return { operator: view(operator), password }
    },
  )
}

function isSupervisor(operator: Operator): boolean {
  return operator.active && operator.roles.includes('supervisor')
}
function view({ id, username, name, roles, active, mustChangePassword, secondFactor }: Operator): OperatorView {
  return { id, username, name, roles: [...roles], active, mustChangePassword, secondFactor }
}
