/** `npm run schools -- import FILE`: a CSV with the header npsn,name,kecamatan,enrolled; run again, it updates. */
import { readFile } from 'node:fs/promises'
import { storeSchools } from '../src/models/school/schools.ts'
import { parseSchoolFile } from '../src/models/school/school-file.ts'
import { withDatabase } from './support/with-database.ts'

const [command, path, ...rest] = process.argv.slice(2)
if (command !== 'import' || path === undefined || rest.length > 0) {
  console.error('usage: npm run schools -- import FILE   (CSV with the header npsn,name,kecamatan,enrolled)')
  process.exit(2)
}
await withDatabase(async ({ database }) => {
  const { schools, problems } = parseSchoolFile(await readFile(path, 'utf8'))
  for (const problem of problems) console.error(`${path}, ${problem}`)
  const changed = await storeSchools(database, schools)
  console.log(`${schools.length} schools read, ${changed} new or changed, ${problems.length} lines left out`)
  if (problems.length > 0) process.exitCode = 1
})
