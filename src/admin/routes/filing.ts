import { answers, signedIn } from '../server/answers.ts'
import { caseView } from '../views/case-view.ts'
import { ApplicationView } from '../contract/application.ts'
import { SortFilesBody, SplitOffBody } from '../contract/filing.ts'
import { IdParams } from '../contract/id.ts'
import type { AdminDeps, App } from '../deps.ts'

/** Files put where they belong, by the holder of the claim. */
export function filingRoutes(app: App, deps: AdminDeps): void {
  const { queue } = deps
  const schema = { params: IdParams, response: answers({ 200: ApplicationView }) }

  app.post('/applications/:id/sort-files', { schema: { ...schema, body: SortFilesBody } }, async (request) => {
    const operator = signedIn(request)
    return caseView(deps, operator, await queue.filing.sort(request.params.id, { ...request.body, operator }))
  })

  app.post('/applications/:id/split-off', { schema: { ...schema, body: SplitOffBody } }, async (request) => {
    const operator = signedIn(request)
    return caseView(deps, operator, await queue.filing.splitOff(request.params.id, { ...request.body, operator }))
  })
}
