import type { Connection } from 'mongoose'
import { isDuplicateKey } from './errors.ts'
import { keptIn, modelOf } from './kept.ts'

/** Who alone may do something now, as polling one bot's updates. `token` grows with each new holder: the fence. */
export type LeaseDocument = { _id: string; holder: string; token: number; until: Date }

const schema = keptIn<LeaseDocument>('leases')

export const leaseModel = modelOf('Lease', schema)

export type Leases = ReturnType<typeof createLeases>

export function createLeases({ database, now }: { database: Connection; now: () => Date }) {
  const model = leaseModel(database)
  return {
    /** Takes or keeps the lease for `ms`; its fencing token, or null while somebody else holds it. */
    async hold(name: string, holder: string, ms: number): Promise<number | null> {
      const at = now()
      const until = new Date(at.getTime() + ms)
      const kept = await model
        .findOneAndUpdate({ _id: name, holder }, { $set: { until } }, { returnDocument: 'after' })
        .lean<LeaseDocument>()
      if (kept) return kept.token
      try {
        const taken = await model
          .findOneAndUpdate(
            { _id: name, until: { $lte: at } },
            { $set: { holder, until }, $inc: { token: 1 } },
            { returnDocument: 'after', upsert: true },
          )
          .lean<LeaseDocument>()
        return taken?.token ?? null
      } catch (error) {
        if (isDuplicateKey(error)) return null
        throw error
      }
    },

    /** Gives the lease up, so that another process takes over at once. */
    async release(name: string, holder: string): Promise<void> {
      await model.updateOne({ _id: name, holder }, { $set: { until: new Date(0), holder: '' } })
    },
  }
}
