import type { Coordinator } from '../models/coordinator/coordinator.ts'
import type { Invitation, School } from '../models/school/school.ts'

/**
 * Schools, coordinators and what they ask of the office, as the console needs them. app.ts puts the models behind
 * it, which tell the consoles of what they change.
 */
type Schools = {
  byNpsn(npsns: readonly string[]): Promise<ReadonlyMap<string, School>>
  /** By name, NPSN or kecamatan where `q` is given; in the order of the NPSN. */
  list(query: { q?: string | undefined; after?: string | undefined; limit: number }): Promise<readonly School[]>
  /** Creates or replaces. */
  save(schools: readonly Omit<School, 'sample'>[]): Promise<void>
  /** The code is given once. */
  invite(of: { npsn: string; days: number; uses: number; by: string }): Promise<Invitation & { code: string }>
  openInvitations(npsn: string): Promise<readonly Invitation[]>
}

/** `twin`: who is the same person by what a platform says, while both may speak. */
export type CoordinatorRow = Omit<Coordinator, 'consent' | 'chats' | 'twin'> & {
  channels: readonly string[]
  createdAt?: Date
  twin?: { id: string; name: string }
}
/** Refusals of every change: not-found, conflict. */
type Coordinators = {
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  list(query: {
    state?: Coordinator['state'] | undefined
    npsn?: string | undefined
    after?: string | undefined
    limit: number
  }): Promise<readonly CoordinatorRow[]>
  /** Whose names have words that begin with all of these folded ones. */
  named(words: readonly string[], limit: number): Promise<readonly { id: string; name: string; npsn: string }[]>
  countPending(): Promise<number>
  approve(id: string, by: string): Promise<CoordinatorRow>
  suspend(id: string, how: { by: string; reason: string; substitute?: string | undefined }): Promise<CoordinatorRow>
  reinstate(id: string, by: string): Promise<CoordinatorRow>
  move(id: string, how: { by: string; reason: string; npsn: string }): Promise<CoordinatorRow>
  replace(id: string, how: { by: string; reason: string; substitute: string }): Promise<CoordinatorRow>
}

export type PleaRow = {
  id: string
  number: string
  kind: 'help' | 'complaint'
  state: 'open' | 'closed'
  at: Date
  due?: Date
  text?: string
  npsn?: string
  coordinator?: string
  closedAt?: Date
  outcome?: string
}
type Pleas = {
  /** Oldest first while open, newest first once closed. */
  list(query: {
    kind?: PleaRow['kind'] | undefined
    state: PleaRow['state']
    after?: string | undefined
    limit: number
  }): Promise<readonly PleaRow[]>
  countOpen(): Promise<number>
  /** Refusals: not-found, conflict (closed already). */
  close(id: string, how: { by: string; outcome: string }): Promise<PleaRow>
}

export type People = { schools: Schools; coordinators: Coordinators; pleas: Pleas }
