import type { FastifyRequest } from 'fastify'
import { answers, signedIn } from '../server/answers.ts'
import { OfficeView, PartsView } from '../contract/office.ts'
import type { AdminDeps, App } from '../deps.ts'
import { askParts } from '../server/health.ts'
import { given } from '../views/given.ts'
import { holidaysEnd } from '../views/holidays-end.ts'

/** Which office this is, and whether its stores and channels work. */
export function officeRoutes(app: App, deps: AdminDeps): void {
  const { office, probes, log, now } = deps
  const view = async (request: FastifyRequest): Promise<OfficeView> => {
    const supervises = signedIn(request).roles.includes('supervisor')
    const { policy, batch } = office.current().fairness
    return {
      shortName: office.current().identity.shortName,
      batch: policy === 'fair' ? batch : null,
      undoSeconds: office.current().claims.undoSeconds,
      skipMinutes: office.current().claims.skipMinutes,
      signature: office.current().signature,
      missing: [...(await deps.missingParts())],
      ...given({ holidaysEnd: supervises ? holidaysEnd(office.current().hours, now()) : undefined }),
    }
  }

  app.get('/office', { schema: { response: answers({ 200: OfficeView }) } }, view)
  app.get('/parts', { schema: { response: answers({ 200: PartsView }) } }, async () => ({
    parts: await askParts(probes, log),
  }))
}
