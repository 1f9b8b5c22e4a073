import { guarded } from '../store/failpoint.ts'
import type { Database } from '../store/connect.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** A link by which an operator chooses their own password. `_id` is the hash of its token; one a person, used once. */
type OperatorInviteDocument = { _id: string; operator: string; expiresAt: Date }

const schema = keptIn<OperatorInviteDocument>('operatorInvites')
schema.index({ operator: 1 }, { name: 'operator', unique: true })

export const operatorInvites = modelOf('OperatorInvite', schema)

/** A new link; an earlier one of the same operator is over. */
export async function inviteOperator(
  database: Database,
  invite: { hash: string; operator: string; expiresAt: Date },
): Promise<void> {
  const { hash, operator, expiresAt } = invite
  await guarded('invite.drop', () => operatorInvites(database).deleteMany({ operator }))
  await guarded('invite.add', () =>
    operatorInvites(database).collection.insertOne({ _id: hash, operator, expiresAt } as never),
  )
}

/** Whose link this is, while it holds. */
export async function invitedOperator(database: Database, hash: string, now: Date): Promise<string | undefined> {
  const found = await operatorInvites(database)
    .findOne({ _id: hash, expiresAt: { $gt: now } })
    .lean()
  return found?.operator
}

/** Uses the link up: the operator's id for the first who does, undefined for everybody after. */
export async function useInvite(database: Database, hash: string, now: Date): Promise<string | undefined> {
  const used = await guarded('invite.use', () =>
    operatorInvites(database)
      .findOneAndDelete({ _id: hash, expiresAt: { $gt: now } })
      .lean(),
  )
  return used?.operator
}
