import { insertCopies, submittedOne } from './support/pupils.ts'
import { median } from './support/result.ts'
import type { Bench, Result } from './support/result.ts'
import { onStand } from './support/stand.ts'
import type { Stand } from './support/stand.ts'
import { startService } from '../tests/e2e/support/service.ts'
import type { ApplicationDocument } from '../src/models/application/kept.ts'
import { ensureIndexes } from '../src/models/store/indexes.ts'

const SUPERVISOR = { username: 'pengawas', password: 'rekaan-sandi-panjang' }
const LIMIT = 50

/** The list of the queue over HTTP, as the console asks for it, where a million applications are stored. */
export const run: Bench = (sizes) =>
  onStand(async (stand): Promise<Result> => {
    const stored = sizes.pick(1_000_000, 20_000)
    const queued = sizes.pick(10_000, 1_000)
    const times = sizes.pick(300, 30)
    await fill(stand, stored, queued)
    const service = await startService({
      ...stand.envOf('list'),
      LOG_LEVEL: 'error',
      ROLES: 'admin',
      DEMO: '0',
      ADMIN_USERNAME: SUPERVISOR.username,
      ADMIN_PASSWORD: SUPERVISOR.password,
    })
    try {
      await service.ready()
      const ask = await signedIn(service.url)
      const first = (await ask('/api/queue?stage=verification')) as { total: number; items: { id: string }[] }
      if (first.total !== queued || first.items.length !== LIMIT) throw new Error(`the list shows ${first.total}`)
      // deep in the list: the position of its first row is counted
      const deep = `/api/queue?stage=verification&after=copy-${Math.floor(queued / 2)}`
      const narrowed = ['npsn=69900014', 'findings=some', 'corrected=yes'].map(
        (filter) => `/api/queue?stage=verification&${filter}`,
      )
      const paths = ['/api/queue', '/api/queue?stage=verification', deep, ...narrowed]
      const ms = new Map<string, number[]>(paths.map((path) => [path, []]))
      for (let i = 0; i < times; i++) {
        for (const path of paths) {
          const begun = performance.now()
          await ask(path)
          ms.get(path)!.push(performance.now() - begun)
        }
      }
      const names = [
        'all stages, first page',
        'verification, first page',
        'verification, a page in the middle',
        'verification, one school',
        'verification, the few with findings',
        'verification, the few that came back',
      ]
      return {
        title: 'Queue list',
        how:
          `GET /api/queue of a service process over HTTP, ${LIMIT} rows a page (names unsealed), ${stored.toLocaleString('en')} applications stored, ` +
          `${queued.toLocaleString('en')} of them queued, 1 of 400 with findings and 1 of 400 come back; the median of ${times}.`,
        rows: paths.map((path, i) => ({
          what: names[i]!,
          unit: 'ms',
          ours: median(ms.get(path)!),
          goal: { of: 'ours', most: 30 },
        })),
      }
    } finally {
      await service.stop()
    }
  })

async function fill(stand: Stand, stored: number, queued: number): Promise<void> {
  const template = await submittedOne(stand)
  const { database } = await stand.open('list')
  await insertCopies(database, template, { from: 0, count: queued }, (n) => ({
    // few and far between, which is the longest way to a page of them
    ...(n % 400 === 0 && { findingCodes: [{ code: 'NAME_ONE_WORD', severity: 'note' }] }),
    ...(n % 400 === 200 && { corrected: true }),
  }))
  const { openKey: _open, key: _key, ...over } = template
  const finished: ApplicationDocument = { ...over, stage: 'handed_over', state: 'idle', handedOverAt: new Date() }
  await insertCopies(database, finished, { from: queued, count: stored - queued }, (n) => ({
    openKey: `done-${n}`,
    stageAt: new Date(Date.now() - n),
  }))
  await ensureIndexes(database)
  await database.close()
}

async function signedIn(url: string): Promise<(path: string) => Promise<unknown>> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(SUPERVISOR),
  })
  if (answer.status !== 200) throw new Error(`signing in was answered ${answer.status}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  return async (path) => {
    const response = await fetch(`${url}${path}`, { headers: { cookie } })
    if (response.status !== 200) throw new Error(`${path} was answered ${response.status}`)
    return response.json()
  }
}
