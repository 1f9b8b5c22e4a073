/** `npm run backup -- DIR`: all collections and sealed files into a new folder. DATA_KEY is kept elsewhere. */
import { makeBackup } from '../src/stores/backup.ts'
import { withDatabase } from './support/with-database.ts'

const directory = process.argv[2]
if (!directory) {
  console.error('usage: npm run backup -- DIR')
  process.exit(2)
}
await withDatabase(async ({ database, blobs }) => {
  const made = await makeBackup({ database, blobs, directory, now: () => new Date() })
  const documents = Object.values(made.collections).reduce((sum, one) => sum + one.documents, 0)
  console.log(
    `${documents} documents and ${made.blobs} files in ${directory}; keep DATA_KEY apart from it, it opens them`,
  )
})
