import { MISPRINT_REASONS } from '../../models/printing/print-batch.ts'
import type { MisprintReason } from '../../models/printing/print-batch.ts'
import { answers } from '../server/answers.ts'
import { Reasons } from '../contract/reason.ts'
import type { AdminDeps, App } from '../deps.ts'

/** What is offered where the printer has spoilt a card. */
export const misprintReasons = (): Reasons['misprint'] =>
  Object.entries(MISPRINT_REASONS).map(([code, label]) => ({ code: code as MisprintReason, label }))

/** The reasons of the office file. */
export function reasonRoutes(app: App, { office }: AdminDeps): void {
  const reasons = (): Reasons => ({
    return: office
      .current()
      .returnReasons.filter((reason) => !reason.retired)
      .map(({ code, letter, label, fix, who, asks, findings = [] }) => ({
        code,
        letter,
        label,
        fix,
        who,
        asks,
        findings,
      })),
    retired: office
      .current()
      .returnReasons.filter((reason) => reason.retired)
      .map(({ code, label }) => ({ code, label })),
    release: office.current().releaseReasons.map(({ code, label }) => ({ code, label })),
    misprint: misprintReasons(),
  })
  app.get('/reasons', { schema: { response: answers({ 200: Reasons }) } }, reasons)
}
