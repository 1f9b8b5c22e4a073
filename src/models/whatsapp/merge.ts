import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import { coordinators } from '../coordinator/kept.ts'

/** What becomes of chats that turned out to be one person's. */
export type Merge =
  /** All addresses of the person lead to this chat from now on. */
  | { kind: 'into'; chat: string }
  /** Several coordinators who may speak: only a supervisor knows which of them this person is. */
  | { kind: 'refused' }

/**
 * Which of a person's `chats`, oldest first, stays. The one whose coordinator may speak, else one with a suspended
 * coordinator (nobody gets around that by a second address), else the oldest. Where two coordinators may speak nothing
 * is decided: both are marked with each other until a supervisor has suspended one of them.
 */
export async function decideMerge(database: Connection, chats: readonly string[]): Promise<Merge> {
  const found = await coordinators(database)
    .find({ chats: { $in: [...chats] } }, { chats: 1, state: 1 })
    .sort({ createdAt: 1, _id: 1 })
    .lean()
  const speaking = found.filter((one) => one.state !== 'suspended')
  const [first, second] = speaking
  if (first && second) {
    await markTwins(database, first._id, second._id)
    return { kind: 'refused' }
  }
  const owner = first ?? found[0]
  const chat = chats.find((one) => owner?.chats.includes(one)) ?? chats[0] ?? ''
  return { kind: 'into', chat }
}

/** Says of each that the other is the same person; repeating it changes nothing. */
async function markTwins(database: Connection, one: string, other: string): Promise<void> {
  for (const [id, twin] of [
    [one, other],
    [other, one],
  ] as const) {
    await guarded('coordinator.twin', () =>
      coordinators(database).updateOne({ _id: id, twin: { $ne: twin } }, { $set: { twin } }),
    )
  }
}
