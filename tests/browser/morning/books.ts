import { readDataKeys } from '../../../src/config/data-key.ts'
import type { Pupil } from '../../../src/models/application/application.ts'
import { entriesOf } from '../../../src/models/application/history.ts'
import type { HistoryEntry } from '../../../src/models/application/history.ts'
import { applications } from '../../../src/models/application/kept.ts'
import type { ApplicationDocument } from '../../../src/models/application/kept.ts'
import { toBuffer } from '../../../src/models/store/binary.ts'
import { connectDatabase } from '../../../src/models/store/connect.ts'
import { openKeyring } from '../../../src/models/store/keyring.ts'
import type { House } from '../support.ts'

/** A case as it is kept, read behind the service's back. */
export type Kept = Pick<ApplicationDocument, 'stage' | 'state' | 'npsn'> & {
  id: string
  ticket: string
  /** Of the pupil. */
  name: string
  history: readonly HistoryEntry[]
}

export type Books = {
  /** Every case that was submitted. */
  all(): Promise<readonly Kept[]>
  /** The case of a pupil, by the name that the page shows. Throws where there is none. */
  named(name: string): Promise<Kept>
  close(): Promise<void>
}

export async function openBooks({ stores: { mongodbUri, dataDir } }: House): Promise<Books> {
  const database = await connectDatabase(mongodbUri)
  const { key } = await readDataKeys({ dataDir, production: false })
  const sealer = await openKeyring(database, key)

  async function all(): Promise<Kept[]> {
    const found = await applications(database)
      .find({ stage: { $ne: 'draft' } })
      .lean<ApplicationDocument[]>()
    return found.map((one) => ({
      id: one._id,
      ticket: one.ticket ?? '',
      name: sealer.openJson<Pupil>(toBuffer(one.pupil!)).name,
      stage: one.stage,
      state: one.state,
      npsn: one.npsn,
      history: entriesOf(one),
    }))
  }
  return {
    all,
    async named(name) {
      const found = (await all()).find((one) => one.name === name)
      if (!found) throw new Error('no case of the pupil on the page')
      return found
    },
    close: () => database.close(),
  }
}
