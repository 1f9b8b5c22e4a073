import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AlarmList, AuditList, KeyState } from '../../contract/oversight.ts'
import { usePages } from '../client/queries.ts'
import { query, request } from '../client/request.ts'

export type AuditLine = AuditList['items'][number]
export type Alarm = AlarmList['items'][number]

/** Each is somebody to be asked: few are read at once. */
const ALARMS_A_PAGE = 10
/** Alarms that nobody has looked into. Only supervisors may ask. */
export function useAlarms(enabled = true) {
  return usePages<AlarmList>({
    key: ['alarms'],
    page: (after) => request('GET', `/api/reading-alarms${query({ after, limit: ALARMS_A_PAGE })}`),
    next: (last) => last.next,
    enabled,
  })
}

export function useSeeAlarm() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request<void>('POST', `/api/reading-alarms/${encodeURIComponent(id)}/seen`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['alarms'] }),
  })
}

export type AuditFilter = { day: string; kind: string; operator: string; action: string; ticket: string }

/** One day of the log, `YYYY-MM-DD` of this machine's zone, narrowed by what is given, page by page. */
export function useAudit(filter: AuditFilter) {
  const { day, ...rest } = filter
  const from = new Date(`${day}T00:00:00`)
  const to = new Date(from)
  to.setDate(to.getDate() + 1)
  return usePages<AuditList>({
    key: ['audit', filter],
    keep: true,
    page: (after) =>
      request('GET', `/api/audit${query({ from: from.toISOString(), to: to.toISOString(), ...rest, after })}`),
    next: (last) => last.next,
    enabled: !Number.isNaN(from.getTime()),
  })
}

export function useKeyState() {
  return useQuery({ queryKey: ['keys'], queryFn: () => request<KeyState>('GET', '/api/keys') })
}
