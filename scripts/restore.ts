/** `npm run restore -- DIR [--force]`: puts a backup into an empty database; --force replaces what is there. */
import { parseArgs } from 'node:util'
import { BackupError } from '../src/stores/backup.ts'
import { restoreBackup } from '../src/stores/restore.ts'
import { withDatabase } from './support/with-database.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { force: { type: 'boolean' } } })
const directory = positionals[0]
if (!directory) {
  console.error('usage: npm run restore -- DIR [--force]')
  process.exit(2)
}
await withDatabase(async ({ database, stores, blobs, keys }) => {
  if (stores.shared) throw new BackupError('the service is running on this data folder: stop it first')
  const force = values.force ?? false
  const made = await restoreBackup({ database, blobs, directory, ...(await keys()), force, now: () => new Date() })
  const documents = Object.values(made.collections).reduce((sum, one) => sum + one.documents, 0)
  console.log(
    `${documents} documents and ${made.blobs} files of ${made.madeAt} restored; the next start purges what is due`,
  )
})
