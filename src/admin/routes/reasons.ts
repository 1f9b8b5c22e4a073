import { answers } from '../answers.ts'
import { Reasons } from '../contract/reason.ts'
import type { AdminDeps, App } from '../deps.ts'

/** The reasons of the office file. */
export function reasonRoutes(app: App, { office }: AdminDeps): void {
  const reasons = (): Reasons => ({
    return: office.returnReasons
      .filter((reason) => !reason.retired)
      .map(({ code, letter, label, fix, who }) => ({ code, letter, label, fix, who })),
    retired: office.returnReasons.filter((reason) => reason.retired).map(({ code, label }) => ({ code, label })),
    release: office.releaseReasons.map(({ code, label }) => ({ code, label })),
  })
  app.get('/reasons', { schema: { response: answers({ 200: Reasons }) } }, reasons)
}
