import {
  addOperator,
  changeOperator,
  findOperator,
  leaveSupervision,
  listOperators,
} from '../../models/operator/operators.ts'
import { logAct } from '../../models/operator/acts.ts'
import { closeSessionsOf } from '../../models/operator/sessions.ts'
import { Refusal } from '../../models/store/errors.ts'
import { waitingOf } from '../../models/printing/print-batch.ts'
import type { Operator } from '../../models/operator/operator.ts'
import { answers, signedIn } from '../server/answers.ts'
import { IdParams } from '../contract/id.ts'
import {
  OperatorBody,
  OperatorHoldings,
  OperatorMade,
  OperatorPage,
  OperatorPatch,
  OperatorsQuery,
  OperatorView,
} from '../contract/operator.ts'
import type { AdminDeps, App } from '../deps.ts'
import { giveUpHoldings, holdingsOf } from '../holdings.ts'
import { given } from '../views/given.ts'
import { hashPassword, newPassword } from '../sign-in/passwords.ts'
import { ProblemError } from '../server/problems.ts'

/** Accounts of the office's people, kept by supervisors. */
export function operatorRoutes(app: App, deps: AdminDeps): void {
  const { database, sealer, live, now } = deps
  app.get(
    '/operators',
    { schema: { querystring: OperatorsQuery, response: answers({ 200: OperatorPage }) } },
    async ({ query }) => ({ items: (await listOperators(deps, query)).map(view) }),
  )

  app.post(
    '/operators',
    { schema: { body: OperatorBody, response: answers({ 201: OperatorMade }) } },
    async (request, reply) => {
      const password = newPassword()
      const { name, ...account } = request.body
      const { id } = await addOperator(database, {
        ...account,
        name: sealer.seal(name),
        mustChangePassword: true,
        passwordHash: await hashPassword(password),
        now: now(),
      })
      await logAct(database, { at: now(), by: signedIn(request).id, act: 'operator-add', subject: id })
      live.publish({ type: 'operators' })
      const operator = await findOperator(deps, id)
      if (!operator) throw new ProblemError('not-found')
      return reply.code(201).send({ operator: view(operator), password })
    },
  )

  app.get(
    '/operators/:id/holdings',
    { schema: { params: IdParams, response: answers({ 200: OperatorHoldings }) } },
    async ({ params: { id } }) => {
      if (!(await findOperator(deps, id))) throw new ProblemError('not-found')
      const { claims, batches, conversations } = await holdingsOf(deps, id)
      return {
        claims: claims.length,
        batches: batches.map(({ number, rows }) => ({ number, waiting: waitingOf(rows) })),
        conversations: conversations.length,
      }
    },
  )

  app.patch(
    '/operators/:id',
    { schema: { params: IdParams, body: OperatorPatch, response: answers({ 200: OperatorView }) } },
    async (request) => {
      const { id } = request.params
      const { name, roles, active } = request.body
      const before = await findOperator(deps, id)
      if (!before) throw new ProblemError('not-found')
      const supervises = (active ?? before.active) && (roles ?? before.roles).includes('supervisor')
      const change = given({ name, roles, active })
      // whatever they were when they were read: somebody may be making a supervisor of them
      const changed = supervises
        ? await changeOperator(deps, id, change)
        : await leaveSupervision(deps, id, change, now()).catch(refuseLast)
      if (!changed) throw new ProblemError('not-found')
      if (!changed.active) {
        await closeSessionsOf(database, id)
        await giveUpHoldings(deps, id, signedIn(request))
      }
      const detail = Object.keys(request.body).join(' ')
      await logAct(database, { at: now(), by: signedIn(request).id, act: 'operator-change', subject: id, detail })
      live.publish({ type: 'operators' })
      return view(changed)
    },
  )

  app.post(
    '/operators/:id/password',
    { schema: { params: IdParams, response: answers({ 200: OperatorMade }) } },
    async (request) => {
      const password = newPassword()
      const operator = await changeOperator(deps, request.params.id, {
        passwordHash: await hashPassword(password),
        mustChangePassword: true,
      })
      if (!operator) throw new ProblemError('not-found')
      await closeSessionsOf(database, operator.id)
      await logAct(database, { at: now(), by: signedIn(request).id, act: 'operator-password', subject: operator.id })
      live.publish({ type: 'operators' })
      return { operator: view(operator), password }
    },
  )
}

function refuseLast(error: unknown): never {
  if (error instanceof Refusal) throw new ProblemError('conflict', { detail: 'Harus ada satu penyelia yang aktif.' })
  throw error
}
function view({ id, username, name, roles, active, mustChangePassword, secondFactor }: Operator): OperatorView {
  return { id, username, name, roles: [...roles], active, mustChangePassword, secondFactor }
}
