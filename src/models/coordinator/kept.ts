import type { Coordinator } from './coordinator.ts'
import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** What was done to a coordinator, for the audit; `reason` is sealed. */
export type CoordinatorEvent = {
  at: Date
  by: string
  action: 'register' | 'approve' | 'invited' | 'suspend' | 'reinstate' | 'move'
  reason?: Buffer
}

/** A coordinator as stored: the name is sealed. `rev` guards each change. */
export type CoordinatorDocument = {
  _id: string
  rev: number
  npsn: string
  name: Buffer
  role: Coordinator['role']
  state: Coordinator['state']
  chats: string[]
  substitute?: string
  /** What reinstating goes back to; not known of those that an earlier program suspended. */
  suspendedFrom?: Exclude<Coordinator['state'], 'suspended'>
  /** The schools that they were moved away from. */
  formerly?: string[]
  /** A platform says that they are the same person as this coordinator. */
  twin?: string
  /** Approved by a supervisor, and not told so yet: set in the same write, so that a crash between the two is made good. */
  welcomeDue?: boolean
  events: CoordinatorEvent[]
  createdAt: Date
}

const schema = keptIn<CoordinatorDocument>('coordinators')
// a chat speaks for one coordinator
schema.index({ chats: 1 }, { name: 'chat', unique: true })
schema.index({ npsn: 1, state: 1, _id: 1 }, { name: 'school' })
schema.index({ state: 1, createdAt: 1, _id: 1 }, { name: 'state' })
schema.index({ substitute: 1 }, { name: 'substitute', partialFilterExpression: { substitute: { $exists: true } } })
schema.index({ formerly: 1 }, { name: 'formerly', partialFilterExpression: { formerly: { $exists: true } } })
schema.index({ welcomeDue: 1 }, { name: 'welcome', partialFilterExpression: { welcomeDue: true } })

export const coordinators = modelOf('Coordinator', schema)

export function openCoordinator(sealer: Sealer, stored: CoordinatorDocument): Coordinator {
  return {
    id: stored._id,
    npsn: stored.npsn,
    name: sealer.openText(toBuffer(stored.name)),
    role: stored.role,
    state: stored.state,
    chats: stored.chats,
    ...(stored.substitute === undefined ? {} : { substitute: stored.substitute }),
    ...(stored.twin === undefined ? {} : { twin: stored.twin }),
  }
}
