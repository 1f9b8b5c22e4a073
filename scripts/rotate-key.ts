/**
 * `npm run rotate-key`: seals everything under the key in DATA_KEY that lies under one of DATA_KEY_PREVIOUS. Stop the
 * service first; may be interrupted and run again.
 */
import { createBlobs } from '../src/media/blobs.ts'
import { openKeyring } from '../src/models/store/keyring.ts'
import { rotateKeys } from '../src/stores/rotation.ts'
import { withDatabase } from './support/with-database.ts'

await withDatabase(async ({ database, stores, blobs: root, keys, log }) => {
  if (stores.shared) throw new Error('the service is running on this data folder: stop it first')
  const { key, previous } = await keys()
  if (previous.length === 0)
    throw new Error('DATA_KEY_PREVIOUS is not set: name the earlier key there, the new one in DATA_KEY')
  const sealer = await openKeyring(database, key, previous)
  const done = await rotateKeys({ database, sealer, blobs: createBlobs({ root, sealer, now: () => new Date() }), log })
  console.log(
    `${done.values} values in ${done.documents} documents and ${done.blobs} files sealed anew, ${done.lookups} look-ups built anew`,
  )
  if (done.foreign > 0) throw new Error(`${done.foreign} values open under no key at hand and were left as they are`)
})
