import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { createAuth } from '../sign-in/auth.ts'
import { compressList } from './compress.ts'
import type { AdminDeps, App } from '../deps.ts'
import { ProblemError } from './problems.ts'
import { jobsBoard } from './jobs-board.ts'
import { mayCall, rightOf } from '../rights.ts'
import { accountRoutes } from '../routes/account.ts'
import { applicationRoutes } from '../routes/applications.ts'
import { conversationRoutes } from '../routes/conversations.ts'
import { coordinatorRoutes } from '../routes/coordinators.ts'
import { counterRoutes } from '../routes/counter.ts'
import { decisionRoutes } from '../routes/decisions.ts'
import { documentRoutes } from '../routes/documents.ts'
import { eventRoutes } from '../routes/events.ts'
import { exportRoutes } from '../routes/exports.ts'
import { filingRoutes } from '../routes/filing.ts'
import { officeRoutes } from '../routes/office.ts'
import { operatorRoutes } from '../routes/operators.ts'
import { oversightRoutes } from '../routes/oversight.ts'
import { pleaRoutes } from '../routes/pleas.ts'
import { portraitSheetRoutes } from '../routes/portrait-sheet.ts'
import { portraitRoutes } from '../routes/portrait.ts'
import { printingRoutes } from '../routes/printing.ts'
import { queueRoutes } from '../routes/queue.ts'
import { reasonRoutes } from '../routes/reasons.ts'
import { remarkRoutes } from '../routes/remarks.ts'
import { schoolRoutes } from '../routes/schools.ts'
import { searchRoutes } from '../routes/search.ts'
import { SESSION_COOKIE, sessionRoutes } from '../routes/session.ts'
import { supervisorRoutes } from '../routes/supervisor.ts'
import { wallRoutes } from '../routes/wall.ts'
import { settingsRoutes } from '../routes/settings.ts'
import { whatsappRoutes } from '../routes/whatsapp.ts'

/**
 * All of /api. Session and right are looked at before a body is read; a route without a row in the table of rights
 * throws here, when the server is built.
 */
export async function api(scope: FastifyInstance, deps: AdminDeps): Promise<void> {
  const app: App = scope.withTypeProvider<ZodTypeProvider>()
  const auth = createAuth(deps)

  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) rightOf(one, url)
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const right = rightOf(request.method, request.routeOptions.url ?? '')
    const operator = await auth.operatorOf(request.cookies[SESSION_COOKIE])
    request.operator = operator ?? null
    if (right.roles === 'public') return
    if (!operator) throw new ProblemError('unauthenticated')
    if (!mayCall(right, operator.roles)) throw new ProblemError('forbidden')
  })

  app.addHook('onSend', compressList)

  app.get('/openapi.json', { schema: { hide: true } }, () => scope.swagger())
  sessionRoutes(app, deps, auth)
  accountRoutes(app, deps, auth)
  eventRoutes(app, deps, auth)
  officeRoutes(app, deps)
  reasonRoutes(app, deps)
  queueRoutes(app, deps)
  applicationRoutes(app, deps)
  documentRoutes(app, deps)
  decisionRoutes(app, deps)
  filingRoutes(app, deps)
  remarkRoutes(app, deps)
  portraitRoutes(app, deps)
  supervisorRoutes(app, deps)
  counterRoutes(app, deps)
  printingRoutes(app, deps)
  portraitSheetRoutes(app, deps)
  wallRoutes(app, deps)
  oversightRoutes(app, deps)
  settingsRoutes(app, deps)
  coordinatorRoutes(app, deps)
  schoolRoutes(app, deps)
  pleaRoutes(app, deps)
  conversationRoutes(app, deps)
  searchRoutes(app, deps)
  exportRoutes(app, deps)
  operatorRoutes(app, deps)
  whatsappRoutes(app, deps)
  if (deps.jobs && deps.jobs.length > 0) await jobsBoard(app, deps.jobs)
}
