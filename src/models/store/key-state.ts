import type { Sealer } from './sealing.ts'
import { applications } from '../application/kept.ts'
import { toBuffer } from './binary.ts'
import type { Database } from './connect.ts'
import { keyring } from './keyring.ts'

const SAMPLE = 200

/**
 * Whether a rotation of the key has gone through: of the oldest and the newest cases, how many lie under an earlier key.
 * `since`: when the database's secret was made.
 */
export async function keyState({
  database,
  sealer,
}: {
  database: Database
  sealer: Sealer
}): Promise<{ looked: number; stale: number; since: Date | null }> {
  const sample = (order: 1 | -1) =>
    applications(database)
      .find({ pupil: { $exists: true } }, { pupil: 1 })
      .sort({ _id: order })
      .limit(SAMPLE)
      .lean()
  const [oldest, newest, secret] = await Promise.all([sample(1), sample(-1), keyring(database).findOne().lean()])
  const looked = new Map([...oldest, ...newest].map((one) => [one._id, one.pupil]))
  let stale = 0
  for (const pupil of looked.values()) if (pupil && sealer.isStale(toBuffer(pupil))) stale += 1
  return { looked: looked.size, stale, since: secret?.createdAt ?? null }
}
