import { join } from 'node:path'
import { readDataKeys } from '../../src/config/data-key.ts'
import { loadOffice } from '../../src/config/office.ts'
import type { CurrentOffice } from '../../src/config/office-settings.ts'
import { createBlobs } from '../../src/media/blobs.ts'
import type { Blobs } from '../../src/media/blobs.ts'
import { inboxModel } from '../../src/models/chat/inbox.ts'
import { connectDatabase } from '../../src/models/store/connect.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { openKeyring } from '../../src/models/store/keyring.ts'
import type { Sealer } from '../../src/models/store/sealing.ts'
import type { House } from './support.ts'

export type Within = { database: Database; sealer: Sealer; blobs: Blobs; office: CurrentOffice; now: () => Date }

/** Does on a house's own stores what another process of its service would do there. */
export async function within<T>(
  { stores: { mongodbUri, dataDir } }: House,
  work: (context: Within) => Promise<T>,
): Promise<T> {
  const database = await connectDatabase(mongodbUri)
  try {
    const { key } = await readDataKeys({ dataDir, production: false })
    const context = { database, sealer: await openKeyring(database, key), now: () => new Date() }
    const blobs = createBlobs({ ...context, root: join(dataDir, 'blobs') })
    const file = loadOffice(join(dataDir, 'office.yaml'))
    return await work({ ...context, blobs, office: { current: () => file } })
  } finally {
    await database.close()
  }
}

/** The sender of a file takes its message out of the chat, which the demo chat does not offer. */
export async function deleteMessageOf(house: House, file: string): Promise<void> {
  const message = { _id: file.replace(/-\d+$/, '') }
  await within(house, async ({ database }) => inboxModel(database).updateOne(message, { deletedAt: new Date() }))
}
