import { useQuery } from '@tanstack/react-query'
import type { CoordinatorPage, CoordinatorView } from '../../contract/coordinator.ts'
import type { OfficeView, PartsView } from '../../contract/office.ts'
import type {
  OperatorBody,
  OperatorHoldings,
  OperatorMade,
  OperatorPage,
  OperatorPatch,
  OperatorView,
} from '../../contract/operator.ts'
import type { PleaPage } from '../../contract/plea.ts'
import type { InvitationBody, InvitationList, InvitationMade, SchoolPage } from '../../contract/school.ts'
import { behindLast, useChange, useComing, usePages } from './queries.ts'
import { query, request } from './request.ts'

const part = encodeURIComponent

const OFFICE_MS = 600_000
/** Which office this is, and what its machine cannot look at; hardly ever changes while a console is open. */
export function useOffice() {
  return useQuery({
    queryKey: ['office'],
    queryFn: () => request<OfficeView>('GET', '/api/office'),
    staleTime: OFFICE_MS,
    refetchInterval: OFFICE_MS,
  })
}

const PARTS_MS = 30_000
/** Whether stores and channels work; nobody tells when one does not, so it is asked for. */
export function useParts(enabled: boolean) {
  return useQuery({
    queryKey: ['parts'],
    queryFn: () => request<PartsView>('GET', '/api/parts'),
    refetchInterval: PARTS_MS,
    enabled,
  })
}

const A_PAGE = 50
export function useCoordinators(state: CoordinatorView['state']) {
  return usePages<CoordinatorPage>({
    key: ['coordinators', state],
    page: (after) => request('GET', `/api/coordinators${query({ state, after, limit: A_PAGE })}`),
    next: behindLast(A_PAGE, ({ id }) => id),
  })
}

const MORE_THAN_A_SCHOOL_HAS = 200
/** The approved coordinators of a school: a handful, so all of them can be chosen from. */
export function useApprovedOf(npsn: string) {
  const filter = { npsn, state: 'approved', limit: MORE_THAN_A_SCHOOL_HAS }
  return useQuery({
    queryKey: ['coordinators', 'of-school', npsn],
    queryFn: () => request<CoordinatorPage>('GET', `/api/coordinators${query(filter)}`),
  })
}

type CoordinatorAct =
  | { id: string; act: 'approve' | 'reinstate' }
  | { id: string; act: 'suspend'; reason: string; substitute?: string }
  | { id: string; act: 'move'; npsn: string; reason: string }
  | { id: string; act: 'replace'; by: string; reason: string }

export function useCoordinatorAct() {
  return useChange(['coordinators', 'counts'], ({ id, act, ...body }: CoordinatorAct) =>
    request<unknown>('POST', `/api/coordinators/${part(id)}/${act}`, Object.keys(body).length > 0 ? body : undefined),
  )
}

export function usePleas(filter: { kind?: string; state: string }) {
  return usePages<PleaPage>({
    key: ['pleas', filter],
    page: (after) => request('GET', `/api/pleas${query({ ...filter, after, limit: A_PAGE })}`),
    next: behindLast(A_PAGE, ({ id }) => id),
  })
}

export function useClosePlea() {
  return useChange(['pleas', 'counts'], ({ id, outcome }: { id: string; outcome: string }) =>
    request<unknown>('POST', `/api/pleas/${part(id)}/close`, { outcome }),
  )
}

const SCHOOLS_A_PAGE = 100
export function useSchools(q: string) {
  return usePages<SchoolPage>({
    key: ['schools', q],
    keep: true,
    page: (after) => request('GET', `/api/schools${query({ q, after, limit: SCHOOLS_A_PAGE })}`),
    next: behindLast(SCHOOLS_A_PAGE, ({ npsn }) => npsn),
  })
}

export function useInvitations(npsn: string) {
  return useQuery({
    queryKey: ['invitations', npsn],
    queryFn: () => request<InvitationList>('GET', `/api/schools/${part(npsn)}/invitations`),
  })
}

export function useInvite(npsn: string) {
  return useChange(['invitations'], (body: InvitationBody) =>
    request<InvitationMade>('POST', `/api/schools/${part(npsn)}/invitations`, body),
  )
}

export function useOperators(enabled = true) {
  return usePages<OperatorPage>({
    key: ['operators'],
    page: (after) => request('GET', `/api/operators${query({ after, limit: A_PAGE })}`),
    next: behindLast(A_PAGE, ({ username }) => username),
    enabled,
  })
}

/** Everybody, to choose one from: the pages come by themselves. */
export function useAllOperators(wanted = true): readonly OperatorView[] {
  const list = useOperators(wanted)
  useComing(list, wanted)
  return list.data?.items ?? []
}

export function useAddOperator() {
  return useChange(['operators'], (body: OperatorBody) => request<OperatorMade>('POST', '/api/operators', body))
}

export function useChangeOperator() {
  return useChange(['operators'], ({ id, ...patch }: OperatorPatch & { id: string }) =>
    request<unknown>('PATCH', `/api/operators/${part(id)}`, patch),
  )
}

/** What an operator holds, asked anew each time. */
export function useHoldings(id: string) {
  return useQuery({
    queryKey: ['operators', 'holdings', id],
    queryFn: () => request<OperatorHoldings>('GET', `/api/operators/${part(id)}/holdings`),
    gcTime: 0,
  })
}

export function useNewPassword() {
  return useChange(['operators'], (id: string) => request<OperatorMade>('POST', `/api/operators/${part(id)}/password`))
}
