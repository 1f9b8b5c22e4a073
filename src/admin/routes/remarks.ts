import { createAppraisals } from '../../models/application/appraisals.ts'
import { answers, signedIn } from '../server/answers.ts'
import { caseView } from '../views/case-view.ts'
import { ApplicationView } from '../contract/application.ts'
import { IdParams } from '../contract/id.ts'
import { ExamineBody, NoteBody } from '../contract/remark.ts'
import type { AdminDeps, App } from '../deps.ts'
import { findingId, findingsIn } from '../views/findings.ts'
import { ProblemError } from '../server/problems.ts'

/** What operators tell each other about a case: findings that were looked into, and notes. */
export function remarkRoutes(app: App, deps: AdminDeps): void {
  const { queue, sealer } = deps
  const schema = { params: IdParams, response: answers({ 200: ApplicationView }) }
  const appraisals = createAppraisals(deps)

  app.post('/applications/:id/findings', { schema: { ...schema, body: ExamineBody } }, async (request) => {
    const operator = signedIn(request)
    const { id } = request.params
    const { finding: name, ...held } = request.body
    const [one, made] = await Promise.all([queue.cases.get(id), appraisals.of([id])])
    const finding = findingsIn(one, made.get(id)?.appraised).find((each) => findingId(sealer, each) === name)
    if (!finding) throw new ProblemError('not-found')
    return caseView(deps, operator, await queue.remarks.examine(id, { ...held, operator, finding }))
  })

  app.post('/applications/:id/notes', { schema: { ...schema, body: NoteBody } }, async (request) => {
    const operator = signedIn(request)
    return caseView(deps, operator, await queue.remarks.write(request.params.id, { ...request.body, operator }))
  })
}
