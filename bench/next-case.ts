import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { createBlobs } from '../src/media/blobs.ts'
import { createFiles } from '../src/models/file/files.ts'
import { ensureIndexes } from '../src/models/store/indexes.ts'
import { buildConsole } from '../scripts/support/console-build.ts'
import { launchChromium } from '../tests/browser/chromium.ts'
import { startService } from '../tests/e2e/support/service.ts'
import { insertCopies, submittedOne } from './support/pupils.ts'
import { median } from './support/result.ts'
import type { Bench, Result } from './support/result.ts'
import { onStand } from './support/stand.ts'
import type { Stand } from './support/stand.ts'

const SUPERVISOR = { username: 'pengawas', password: 'rekaan-sandi-panjang' }
const PAPERS = ['akta', 'kk', 'ktp-ayah', 'foto-merah']
/** Two sizes of each document are fetched ahead. */
const AHEAD = 2 * PAPERS.length

/** From the key that approves a case to the next one on the screen, its first document drawn, in Chromium. */
export const run: Bench = (sizes) =>
  onStand(async (stand): Promise<Result> => {
    const stored = sizes.pick(100_000, 2_000)
    const times = sizes.pick(60, 8)
    await fill(stand, stored)
    if ((await buildConsole()) !== 0) throw new Error('the console does not build')
    const service = await startService({
      ...stand.envOf('next'),
      LOG_LEVEL: 'error',
      DEMO: '0',
      MEDIA: 'keep',
      ADMIN_USERNAME: SUPERVISOR.username,
      ADMIN_PASSWORD: SUPERVISOR.password,
    })
    const browser = await launchChromium()
    try {
      await service.ready()
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'id-ID' })
      await context.addInitScript({ content: WATCH })
      const page = await context.newPage()
      const ms = await approvals(page, service.url, times)
      const sorted = ms.toSorted((a, b) => a - b)
      return {
        title: 'The next case',
        how:
          `A approves a case in the console (Chromium, headless, 1440 × 900); the clock stops at the frame in which the next case's ` +
          `number stands there and its first document is drawn. It was claimed ahead and its ${PAPERS.length} documents fetched. ` +
          `${stored.toLocaleString('en')} applications wait; ${times} times.`,
        rows: [
          { what: 'key to next case, p50', unit: 'ms', ours: median(ms) },
          {
            what: 'key to next case, p95',
            unit: 'ms',
            ours: sorted[Math.ceil(0.95 * sorted.length) - 1]!,
            goal: { of: 'ours', most: 100 },
          },
        ],
      }
    } finally {
      await browser.close()
      await service.stop()
    }
  })

async function approvals(page: Page, url: string, times: number): Promise<number[]> {
  const pictures = new Map<string, number>()
  page.on('requestfinished', (request) => {
    const [, id] = /applications\/([^/]+)\/documents\//.exec(request.url()) ?? []
    if (id !== undefined) pictures.set(id, (pictures.get(id) ?? 0) + 1)
  })
  await page.goto(url)
  await page.getByLabel('Nama pengguna').fill(SUPERVISOR.username)
  await page.getByLabel('Kata sandi', { exact: true }).fill(SUPERVISOR.password)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Ambil berikutnya' }).click()
  await page.locator('figure img').waitFor()
  const ms: number[] = []
  while (ms.length < times) {
    const now = new URL(page.url()).pathname.split('/').at(-1)
    const ready = () => [...pictures].some(([id, count]) => id !== now && count >= AHEAD)
    while (!ready()) await page.waitForTimeout(20)
    // decision keys sleep while a case is new; an operator looks at it for longer
    await page.waitForTimeout(600)
    pictures.delete(now ?? '')
    await page.keyboard.press('Shift+A')
    await page.waitForFunction((count) => (globalThis as unknown as Watched).shownAfter.length > count, ms.length)
    const all = await page.evaluate(() => (globalThis as unknown as Watched).shownAfter)
    ms.push(all.at(-1)!)
  }
  return ms
}

type Watched = { shownAfter: number[] }

/** Runs in the page: from each Shift+A to the frame in which another case stands there with its picture. */
const WATCH = `
  globalThis.shownAfter = []
  const ticket = () => document.querySelector('main header > span')?.textContent
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'A') return
    const begun = performance.now()
    const before = ticket()
    const look = () => {
      const picture = document.querySelector('figure img')
      const shown = ticket() !== before && picture?.complete && picture.naturalWidth > 0
      if (shown) globalThis.shownAfter.push(performance.now() - begun)
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, { capture: true })
`

async function fill(stand: Stand, stored: number): Promise<void> {
  const template = await submittedOne(stand)
  const { database, sealer } = await stand.open('next')
  const now = () => new Date()
  const files = createFiles({ database, sealer, now })
  const blobs = createBlobs({ root: join(stand.dataDir, 'next', 'blobs'), sealer, now })
  for (const [i, paper] of PAPERS.entries()) {
    const id = template.documents[i]!.id
    const bytes = await readFile(`src/admin/console/public/samples/${paper}.jpg`)
    await files.register({
      id,
      chat: 'chat',
      channel: 'webchat',
      message: `message-${i}`,
      media: { kind: 'photo', ref: 'r' },
    })
    await blobs.put(id, bytes)
    await files.settle(id, { state: 'stored', mediaType: 'image/jpeg', bytes: bytes.length, sha256: id, blob: id })
  }
  // all of them show the same pictures: what counts is that there are so many applications
  await insertCopies(database, template, { from: 0, count: stored }, () => ({}))
  await ensureIndexes(database)
  await database.close()
}
