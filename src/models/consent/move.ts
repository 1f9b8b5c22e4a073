import type { Connection, Model, mongo } from 'mongoose'
import type { Given } from './consent.ts'
import { keepStatement } from './consents.ts'
import { applications } from '../application/kept.ts'
import { coordinators } from '../coordinator/kept.ts'
import { toBuffer } from '../store/binary.ts'
import { guarded } from '../store/failpoint.ts'
import { rowsOf } from '../store/kept.ts'
import type { Sealer } from '../store/sealing.ts'

const BATCH = 200
/**
 * Before version 5 the text that an application's consent named was the card as it was shown, with the pupil's data in
 * it. Its fingerprint goes with the words, sealed; what stays readable names that kind of text.
 */
const FILLED_CARD = 'card'

type Holding = { _id: string; ticket?: string; consent: Omit<Given, 'evidence'> & { evidence: mongo.Binary } }

/**
 * To version 5: consents leave the applications and coordinators that held them. Each is there before it is taken away,
 * so that this may be cut off anywhere and run again.
 */
export async function moveConsents({ database, sealer }: { database: Connection; sealer: Sealer }): Promise<void> {
  await move(applications(database), ({ textVersion, ...given }) => ({
    ...given,
    textVersion: FILLED_CARD,
    evidence: `${textVersion} ${given.evidence}`,
  }))
  await move(coordinators(database), (given) => given)

  async function move<T extends { _id: string }>(model: Model<T>, renamed: (given: Given) => Given): Promise<void> {
    const rows = rowsOf(model) as unknown as mongo.Collection<Holding>
    const holding = { consent: { $exists: true } }
    for (;;) {
      const found = await rows.find(holding, { projection: { ticket: 1, consent: 1 }, limit: BATCH }).toArray()
      if (found.length === 0) return
      await Promise.all(
        found.map(({ _id: subject, ticket, consent }) => {
          const evidence = sealer.openText(toBuffer(consent.evidence))
          return keepStatement({ database, sealer }, { subject, ticket, given: renamed({ ...consent, evidence }) })
        }),
      )
      const ids = found.map(({ _id }) => _id)
      await guarded('consent.moved', () =>
        rows.updateMany({ _id: { $in: ids }, ...holding }, { $unset: { consent: 1 } }),
      )
    }
  }
}
