import { pupilOf } from '../../models/application/sealed.ts'
import { listSchools, schoolsByNpsn } from '../../models/school/schools.ts'
import { coordinatorsNamed } from '../../models/coordinator/coordinators.ts'
import { startOfDay } from '../../models/identity/date.ts'
import { searchApplications } from '../../models/application/search.ts'
import type { ApplicationSearch } from '../../models/application/search.ts'
import type { ApplicationRow } from '../../models/application/lists.ts'
import type { Place } from '../../models/store/behind.ts'
import { askedKeys, nameDistance } from '../../models/identity/name-keys.ts'
import { parseTicket } from '../../models/application/ticket.ts'
import { foldedWords } from '../../models/identity/words.ts'
import { answers } from '../server/answers.ts'
import { Npsn } from '../contract/id.ts'
import { SearchBody, SearchPage } from '../contract/search.ts'
import { LIST } from '../server/compress.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { placeKey, placeOf } from '../views/place.ts'
import { rowOf, rowViews } from '../views/rows.ts'

const DAY_MS = 86_400_000
/** So many schools and coordinators are offered to narrow by. */
const OFFERED = 5

export type Filters = Omit<SearchBody, 'after' | 'limit'>
export type Page = { after?: Place<Date> | undefined; limit: number }
type Read = { read: SearchPage['read']; search: ApplicationSearch } | 'nothing'

/** Finding applications by whatever somebody has at hand. */
export function searchRoutes(app: App, deps: AdminDeps): void {
  app.post(
    '/search',
    { schema: { body: SearchBody, response: answers({ 200: SearchPage }) }, config: LIST },
    async ({ body: { after, limit, ...filters } }) => {
      const page = { after: placeOf(after), limit }
      const { read, total, rows, next } = await find(deps, filters, page)
      const named = read === 'name' && filters.q !== undefined ? await offered(deps, filters.q) : NOBODY
      const items = await rowViews(deps, rows.map(rowOf))
      return { read, total, items, ...given({ next: next && placeKey(next) }), ...named }
    },
  )
}
const NOBODY: Pick<SearchPage, 'schools' | 'coordinators'> = { schools: [], coordinators: [] }

/** One page of what the filters mean; names that are equal come before those that are a slip away. */
export async function find(
  deps: Pick<AdminDeps, 'database' | 'sealer' | 'office'>,
  filters: Filters,
  page: Page,
): Promise<{ read: SearchPage['read']; total: number; rows: ApplicationRow[]; next?: Place<Date> }> {
  const read = readingOf(deps, filters)
  if (read === 'nothing') return { read: 'none', total: 0, rows: [] }
  // names are ranked as a whole, and cut into pages then
  const asked = read.read === 'name' ? { limit: page.limit } : page
  const found = await searchApplications(deps.database, read.search, asked)
  if (read.read !== 'name' || filters.q === undefined) return { read: read.read, ...found }
  const { q } = filters
  const ranked = found.rows.flatMap((row) => {
    const name = pupilOf(row, deps.sealer)?.name
    const distance = name === undefined ? undefined : nameDistance(name, q)
    return distance === undefined ? [] : [{ row, distance }]
  })
  // the sort is stable: the newest of equals stays first
  const best = ranked.toSorted((a, b) => a.distance - b.distance).map(({ row }) => row)
  const from = page.after === undefined ? 0 : best.findIndex((row) => row._id === page.after?.id) + 1
  const rows = best.slice(from, from + page.limit)
  const last = from + rows.length < best.length ? rows.at(-1) : undefined
  return { read: 'name', total: best.length, rows, ...(last && { next: { at: last.stageAt, id: last._id } }) }
}

function readingOf({ sealer, office }: Pick<AdminDeps, 'sealer' | 'office'>, filters: Filters): Read {
  const { q, from, to, ...rest } = filters
  const search = {
    ...rest,
    ...(from !== undefined && { from: startOfDay(from, office.current().hours.timeZone) }),
    ...(to !== undefined && { to: new Date(startOfDay(to, office.current().hours.timeZone).getTime() + DAY_MS) }),
  }
  if (q === undefined) return { read: 'none', search }
  const digits = q.replaceAll(/[\s.-]/g, '')
  if (/^\d{16}$/.test(digits)) return { read: 'nik', search: { ...search, nikHash: sealer.lookup('nik', digits) } }
  const npsn = Npsn.safeParse(digits.toUpperCase())
  if (npsn.success) return { read: 'school', search: { ...search, npsn: npsn.data } }
  const ticket = parseTicket(q)
  if (ticket !== undefined) return { read: 'ticket', search: { ...search, ticket } }
  const names = askedKeys(sealer, q)
  return names.length === 0 ? 'nothing' : { read: 'name', search: { ...search, names } }
}

/** Schools and coordinators that the words may mean. */
async function offered(deps: AdminDeps, q: string): Promise<typeof NOBODY> {
  const [schools, coordinators] = await Promise.all([
    listSchools(deps.database, { q, limit: OFFERED }),
    coordinatorsNamed(deps, foldedWords(q)),
  ])
  const known = await schoolsByNpsn(
    deps.database,
    coordinators.map((one) => one.npsn),
  )
  return {
    schools: schools.map(({ npsn, name }) => ({ npsn, name })),
    coordinators: coordinators.map(({ id, name, npsn }) => ({
      id,
      name,
      school: { npsn, name: known.get(npsn)?.name ?? npsn },
    })),
  }
}
