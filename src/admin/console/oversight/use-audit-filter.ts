import { useSearchParams } from 'react-router'
import type { AuditFilter } from './oversight.ts'

const NAMES = { day: 'hari', kind: 'jenis', operator: 'operator', action: 'tindakan', ticket: 'nomor' } as const
const today = (): string => new Intl.DateTimeFormat('en-CA').format(new Date())

/** What the log is narrowed to, kept in the address: a reload and a shared link keep it. Without a day it is today. */
export function useAuditFilter(): [AuditFilter, (change: Partial<AuditFilter>) => void] {
  const [params, setParams] = useSearchParams()
  const of = (name: keyof typeof NAMES) => params.get(NAMES[name]) ?? ''
  const filter: AuditFilter = {
    day: /^\d{4}-\d\d-\d\d$/.test(of('day')) ? of('day') : today(),
    kind: of('kind'),
    operator: of('operator'),
    action: of('action'),
    ticket: of('ticket'),
  }
  return [
    filter,
    (change) => {
      const next = new URLSearchParams(params)
      for (const [name, value] of Object.entries(change) as [keyof AuditFilter, string][]) {
        if (value === '') next.delete(NAMES[name])
        else next.set(NAMES[name], value)
      }
      setParams(next, { replace: true })
    },
  ]
}
