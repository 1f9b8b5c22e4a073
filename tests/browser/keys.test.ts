import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { rowOf, surfaceOf } from '../../src/admin/console/keys/table.ts'
import type { ActOf, SurfaceName } from '../../src/admin/console/keys/table.ts'
import { ApplicationView } from '../../src/admin/contract/application.ts'
import { until } from '../e2e/support/service.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { declared, pressAll } from './pressed.ts'
import { axe, leave, openHouse, openSigned, pressUntil, say, takeNext } from './support.ts'
import type { House } from './support.ts'

let house: House
let desk: Desk
let tickets: readonly string[]

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 0 })
  desk = await openDesk(house)
  tickets = await enrolPupils(house, 'asih', '69900011', [
    ['Damar Rekaan', '6311060107150011'],
    ['Eko Rekaan', '6311060107150012'],
    ['Farah Rekaan', '6311064107150013'],
    ['Gilang Rekaan', '6311060107150014'],
    ['Hana Rekaan', '6311064107150015'],
    ['Indra Rekaan', '6311060107150016'],
  ])
  await desk.bring(tickets.slice(0, 1), 'printing')
  await desk.bring(tickets.slice(1, 2), 'siak_entry')
})
afterAll(async () => {
  await house.close()
})

const panel = (page: Page) => page.getByRole('dialog')
async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await panel(page).waitFor({ state: 'detached' })
}

/** Presses every key while this is at hand, and nothing but what the table says of it may come. */
async function hasItsKeys(page: Page, ...surfaces: readonly SurfaceName[]): Promise<void> {
  const [at, open] = [page.url(), await panel(page).count()]
  expect(await pressAll(page)).toEqual(declared(...surfaces))
  // the Escape of dialogs and menus is their own
  const closes = surfaces.every((name) => surfaceOf(name).keys['close']?.native)
  expect([page.url(), await panel(page).count()]).toEqual([at, closes ? 0 : open])
}
const pageHasItsKeys = (page: Page, surface: SurfaceName) => hasItsKeys(page, surface, 'everywhere')

/** Each of these keys says its sentence; Z between them says another. */
async function says<S extends SurfaceName>(page: Page, surface: S, acts: readonly ActOf<S>[]): Promise<void> {
  const press = async (of: { keys: readonly [string, ...string[]]; none?: string }) => {
    await page.keyboard.press(of.keys[0].replace('Ctrl', 'Control'))
    await page.getByRole('status').filter({ hasText: of.none! }).waitFor()
  }
  for (const act of acts) {
    await press(rowOf(surface, act))
    await press(rowOf('everywhere', 'undo'))
  }
}

test('each panel of a case has its own keys and no others, and R M K Enter returns for these two reasons', async () => {
  const who = await desk.hire('vera', 'Vera Rekaan', ['verifikator', 'foto'])
  const page = await openSigned(house, '/antrean?tahap=verification', { who })
  await page.getByRole('link', { name: 'Farah Rekaan' }).waitFor()
  await pageHasItsKeys(page, 'queue')
  await takeNext(page)
  await page.getByRole('button', { name: 'Setujui', exact: true }).waitFor()
  await page.getByRole('img', { name: /Akta/ }).first().waitFor()
  await pageHasItsKeys(page, 'case')

  for (const [key, surface] of [
    ['x', 'ask'],
    ['Escape', 'choose'],
    ['e', 'correct'],
    ['n', 'ask'],
    ['m', 'move'],
  ] as const) {
    await pressUntil(page, key, panel(page))
    await hasItsKeys(page, surface)
    // in a field what is typed is typed
    const field = '[data-surface] :is(textarea, input)'
    if ((await page.locator(field).count()) > 0) {
      const ofOneLine = (await page.locator('[data-surface] textarea').count()) === 0
      expect(await pressAll(page, field)).toEqual({
        'Ctrl+Enter': `${surface}.sendLines`,
        Escape: `${surface}.close`,
        ...(ofOneLine && { Enter: `${surface}.send` }),
      })
    }
    if (key !== 'm') await close(page)
  }
  await page.keyboard.press('n')
  await panel(page).getByLabel('Nama murid atau nomor antrean').waitFor()
  await hasItsKeys(page, 'split')
  await close(page)
  // a menu has none of ours
  await page.getByRole('button', { name: /Vera Rekaan/ }).click()
  await page.getByRole('menuitem', { name: 'Daftar tombol' }).waitFor()
  await hasItsKeys(page)
  await page.keyboard.press('?')
  await panel(page).getByText('Tombol satu huruf menyala').waitFor()
  expect(await panel(page).getByRole('heading', { level: 3 }).first().textContent()).toBe('Berkas')
  expect(await axe(page)).toEqual([])
  await hasItsKeys(page, 'dialog')

  const ticket = tickets[2]!
  const before = (await desk.find(ticket)).documents.map(({ id, kind, page: nth }) => ({ id, kind, nth }))
  await pressUntil(page, 'r', panel(page))
  await hasItsKeys(page, 'return')
  // the document beside it goes on being looked at
  const zoomed = () => page.locator('figure img').first().boundingBox()
  const whole = await zoomed()
  await page.keyboard.press('+')
  await expect.poll(async () => (await zoomed())!.width).toBeGreaterThan(whole!.width)
  for (const key of ['m', 'k', 'Enter']) await page.keyboard.press(key)
  await expect.poll(async () => (await desk.find(ticket)).stage).toBe('returned')
  const returned = await desk.find(ticket)
  expect(returned.history.findLast(({ action }) => action === 'return')?.reasons?.toSorted()).toEqual([
    'RR_FAMILY_CARD_CUT',
    'RR_NAME_DIFFERS',
  ])
  expect(returned.documents.map(({ id, kind, page: nth }) => ({ id, kind, nth }))).toEqual(before)

  // who only reads it hears why a key does nothing, and Enter takes them on
  await page.goto(`${house.service.url}/berkas/${returned.id}`)
  await page.getByRole('main').getByText(returned.pupil!.name).first().waitFor()
  await says(page, 'case', ['approve', 'return', 'reject', 'release', 'remark', 'approveUnedited', 'move', 'station'])
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Gilang Rekaan' }).waitFor()
  expect(page.errors).toEqual([])
  await leave(page)
}, 180_000)

test('every other page has the keys of its table, and says of each why it does nothing', async () => {
  await say(house, 'contoh-a', { text: 'halo' })
  const page = await openSigned(house, '/cetak')
  await page.getByRole('button', { name: /^Buat batch/ }).waitFor()
  await pageHasItsKeys(page, 'printing')
  await says(page, 'printing', ['done', 'misprint', 'down', 'up'])
  await page.keyboard.press('n')
  await page.getByRole('button', { name: /^Tutup, lepas 1/ }).waitFor()
  await page.keyboard.press('s')
  await panel(page).getByRole('button').first().waitFor()
  await hasItsKeys(page, 'misprint')

  await page.goto(`${house.service.url}/entri`)
  await page.getByRole('button', { name: /^Ambil 1/ }).waitFor()
  await says(page, 'series', ['done', 'copy', 'release', 'down', 'up', 'open'])
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Sudah entri' }).waitFor()
  await pageHasItsKeys(page, 'series')
  await page.keyboard.press('Escape')
  await panel(page).waitFor()
  await hasItsKeys(page, 'dialog')

  for (const name of ['Serah terima', 'Pengaduan', 'Koordinator', 'Operator', 'Pengaturan', 'Pengawasan']) {
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await expect.poll(() => pressAll(page)).toEqual(declared('everywhere'))
  }
  await page.keyboard.press('/')
  await page.getByText('Apa yang dicari?').waitFor()
  await pageHasItsKeys(page, 'search')
  await says(page, 'search', ['down', 'up', 'open'])
  await page.goto(`${house.service.url}/papan`)
  await page.getByRole('heading', { name: 'Antrean KIA' }).waitFor()
  await pageHasItsKeys(page, 'wall')
  await page.goto(`${house.service.url}/percakapan?daftar=semua`)
  await page.getByRole('link', { name: /Belum terdaftar/ }).waitFor()
  await says(page, 'talks', ['take', 'send', 'handBack', 'closeSearch'])
  await page.getByRole('link', { name: /Belum terdaftar/ }).click()
  await page.getByRole('button', { name: 'Ambil percakapan' }).click()
  await pageHasItsKeys(page, 'talks')
  await page.getByLabel('Jawaban').fill('/')
  await page.getByRole('option').first().waitFor()
  await hasItsKeys(page, 'replies')
  await page.keyboard.press('Escape')
  await page.getByRole('option').first().waitFor({ state: 'detached' })

  // A at the photo station before the photo is there says so, and approves it once it is
  const claimed = await desk.call('POST', '/api/queue/claim', { stages: ['verification'] })
  const { id, ticket, claim } = ApplicationView.parse(claimed.body)
  const body = { token: claim?.token, action: 'approve', transactionId: 'to-photo' }
  await desk.call('POST', `/api/applications/${id}/decisions`, body)
  await until(async () => (await desk.call('POST', '/api/queue/claim', { stages: ['photo'] })).status === 200, 15_000)
  const there = Promise.withResolvers<void>()
  await page.route(/\/portrait(\?|$)/, async (route) => {
    await there.promise
    await route.continue()
  })
  await page.goto(`${house.service.url}/berkas/${id}`)
  await page.getByRole('status', { name: 'Memuat foto' }).waitFor()
  await pressUntil(page, 'a', page.getByText(/^Foto belum tampil/))
  there.resolve()
  await page
    .getByText('Perbesar')
    .or(page.getByRole('img', { name: 'Hasil pas foto' }))
    .first()
    .waitFor()
  await pageHasItsKeys(page, 'photo')
  expect((await desk.find(ticket!)).stage).toBe('photo')
  // a reading of the case that left before the decision and comes after its answer does not bring the case back
  const [asked, decided, read] = [0, 1, 2].map(() => Promise.withResolvers<void>())
  await page.route(`**/api/applications/${id}`, async (route) => {
    const response = await route.fetch()
    asked!.resolve()
    await decided!.promise
    await route.fulfill({ response })
    read!.resolve()
  })
  await desk.call('POST', `/api/applications/${id}/notes`, { note: 'Uji coba', transactionId: 'remark' })
  await asked!.promise
  await page.route('**/api/claims', async (route) => {
    await read!.promise
    await route.continue()
  })
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/decisions'))
  await page.keyboard.press('a')
  await answered
  decided!.resolve()
  expect((await desk.find(ticket!)).stage).toBe('siak_entry')
  // what is held of the series is next
  await page.getByRole('heading', { name: 'Eko Rekaan' }).waitFor()
  expect(page.errors).toEqual([])
  await leave(page)
}, 180_000)
