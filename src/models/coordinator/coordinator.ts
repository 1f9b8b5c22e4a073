import type { CoordinatorRole } from '../chat/turn.ts'

/**
 * A person at a school who submits. One coordinator may be reached by several chats (several channels);
 * `suspended` keeps the record and answers politely, its drafts and notices go to `substitute` where one is set.
 */
export type Coordinator = {
  id: string
  npsn: string
  name: string
  role: CoordinatorRole
  state: 'pending' | 'approved' | 'suspended'
  chats: readonly string[]
  substitute?: string
  /** A platform says that they are the same person as this coordinator, who registered from another address. */
  twin?: string
  noticesOff?: boolean
}
