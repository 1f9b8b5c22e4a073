/** `npm run seed -- --applications N [--pictures M]`: invented applications of the sample schools, for training and benches. */
import { parseArgs } from 'node:util'
import { readEnv } from '../src/config/env.ts'
import { loadOffice } from '../src/config/office.ts'
import { createBlobs } from '../src/media/blobs.ts'
import { ensureIndexes } from '../src/models/store/indexes.ts'
import { openKeyring } from '../src/models/store/keyring.ts'
import { storeSchools } from '../src/models/school/schools.ts'
import { SAMPLE_SCHOOLS } from '../src/dev/sample-schools.ts'
import { seedApplications } from './support/seeding.ts'
import { withDatabase } from './support/with-database.ts'

const { values } = parseArgs({
  options: { applications: { type: 'string' }, pictures: { type: 'string', default: '60' } },
})
const [count, pictures] = [Number(values.applications), Number(values.pictures)]
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(pictures) || pictures < 0) {
  console.error('usage: npm run seed -- --applications N [--pictures M]   (M of them with documents, 60 unless given)')
  process.exit(2)
}
await withDatabase(async ({ database, blobs: root, keys }) => {
  const env = readEnv()
  // invented pupils among real ones could never be told apart again
  if (env.production) throw new Error('seed is for training and benches: it does not run with NODE_ENV=production')
  const { key, previous } = await keys()
  await ensureIndexes(database)
  const sealer = await openKeyring(database, key, previous)
  await storeSchools(database, SAMPLE_SCHOOLS)
  const now = new Date()
  const blobs = createBlobs({ root, sealer, now: () => now })
  const context = { database, sealer, office: loadOffice(env.OFFICE_FILE), blobs, now }
  await seedApplications(context, { count, pictures }, (done) => console.log(`${done} of ${count} applications`))
})
