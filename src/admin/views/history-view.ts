import type { CaseEntry } from '../../queue/case.ts'
import type { HistoryView } from '../contract/application.ts'
import { given } from './given.ts'
import { maskNumber } from './masking.ts'

const NUMBERS = new Set(['nik', 'kk'])

/** One line of the history; `full`: this reader sees NIK and KK number whole. `name` is who did it, `holder` who got the claim. */
export function historyView(
  entry: CaseEntry,
  full: boolean,
  { name, holder }: { name: string | undefined; holder: string | undefined },
): HistoryView {
  const { seq, at, by, action, from, to, reasons, note, transactionId, subject, before, after, moved, examined } = entry
  const shown = (field: string, value: unknown): string | undefined => {
    if (typeof value !== 'string') return undefined
    return NUMBERS.has(field) && !full ? maskNumber(value) : value
  }
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const changes = fields.map((field) => ({
    field,
    ...given({ before: shown(field, before?.[field]), after: shown(field, after?.[field]) }),
  }))
  return {
    seq,
    at: at.toISOString(),
    by: { kind: by.kind, id: by.id, ...given({ name }) },
    action,
    from,
    to,
    ...(reasons ? { reasons: [...reasons] } : {}),
    ...(entry.despite ? { despite: [...entry.despite] } : {}),
    ...(changes.length > 0 ? { changes } : {}),
    ...(entry.holder === undefined ? {} : { holder: { id: entry.holder, ...given({ name: holder }) } }),
    ...(moved ? { moved: moved.map((one) => ({ ...one })) } : {}),
    ...(examined
      ? {
          examined: { code: examined.finding.code, again: examined.again, ...given({ field: examined.finding.field }) },
        }
      : {}),
    ...given({ note, subject, transactionId }),
  }
}
