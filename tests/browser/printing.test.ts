import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { QueuePage } from '../../src/admin/contract/queue.ts'
import { until } from '../e2e/support/service.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { takePicture } from './pictures.ts'
import { shifts } from './shifts.ts'
import { axe, inView, leave, openHouse, openSigned, PHONE, pressUntil, say } from './support.ts'
import type { House, Looks, Window } from './support.ts'

type Somebody = { username: string; password: string }
let house: House
let desk: Desk
let sari: Somebody
let tono: Somebody
let oka: Somebody
let rani: Somebody
let tickets: readonly string[]
let names: readonly (string | undefined)[]

const FIRST = [
  ['Bagas Rekaan', '6311060107150001'],
  ['Citra Rekaan', '6311064107150002'],
  ['Dimas Rekaan', '6311060107150003'],
] as const
const SECOND = [
  ['Eka Contoh', '6311060207150004'],
  ['Fajar Contoh', '6311060207150005', '5B'],
] as const

function at(who: Somebody, path: string, looks: Looks = {}): Promise<Window> {
  return openSigned(house, path, { ...looks, who })
}
const stock = (page: Page) => page.getByRole('complementary', { name: 'Stok' })

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 2, signature: true })
  desk = await openDesk(house)
  sari = await desk.hire('sari', 'Sari Rekaan', ['siak'])
  tono = await desk.hire('tono', 'Tono Rekaan', ['siak'])
  oka = await desk.hire('oka', 'Oka Rekaan', ['cetak'])
  rani = await desk.hire('rani', 'Rani Rekaan', ['cetak'])
  await Promise.all([enrolPupils(house, 'wati', '69900005', FIRST), enrolPupils(house, 'budi', '69900014', SECOND)])
  // a ticket is told before its place is kept
  await until(async () => {
    const waiting = QueuePage.parse((await desk.call('GET', '/api/queue?stage=verification')).body)
    tickets = waiting.items.map((item) => item.ticket)
    names = waiting.items.map((item) => item.pupil?.name)
    return tickets.length === FIRST.length + SECOND.length
  }, 30_000)
  await desk.bring(tickets, 'signature')
}, 180_000)
afterAll(async () => {
  await house.close()
})

test('cards are signed in batches by class and by load, two operators beside each other, before they are printed', async () => {
  for (const ticket of tickets) await expect.poll(async () => (await desk.find(ticket)).state).toBe('queued')
  const [page, other] = await Promise.all([at(sari, '/antrean'), at(tono, '/cetak', { viewport: PHONE })])
  await page.getByRole('link', { name: 'TTE', exact: true }).click()
  await page.getByRole('heading', { name: 'Menunggu TTE' }).waitFor()
  await page.getByRole('button', { name: 'Kelas' }).click()
  await page.getByRole('checkbox', { name: /kelas 5B, 1 keping$/ }).uncheck()
  await page.getByRole('button', { name: 'Buat batch 1' }).waitFor()
  await page.keyboard.press('n')
  await page.getByRole('heading', { name: 'Batch 1', exact: true }).waitFor()
  await page.getByText('Sedang ditandatangani').waitFor()
  await takePicture(page, 'tte')
  expect(await axe(page)).toEqual([])

  await other.getByText('3 dipegang Sari Rekaan').waitFor()
  await other.getByRole('button', { name: 'Muatan printer' }).click()
  await other.getByRole('checkbox', { name: 'Muatan 1 1 sekolah, 1 keping' }).waitFor()
  await other.getByRole('button', { name: /^Buat batch/ }).click()
  await other.getByRole('button', { name: 'Ditandatangani' }).click()
  await other.getByText(/^Ditandatangani \d\d/).waitFor()
  expect(await axe(other)).toEqual([])
  for (let signed = 1; signed <= 4; signed++) {
    await page.getByText('Sedang ditandatangani').waitFor()
    await page.keyboard.press('p')
    await expect.poll(() => page.getByText(/^Ditandatangani \d\d/).count()).toBe(signed)
  }
  for (const ticket of tickets) await expect.poll(async () => (await desk.find(ticket)).stage).toBe('printing')
  expect([...page.errors, ...other.errors]).toEqual([])
  await leave(page, other)
})

test('two printers share what waits: each sees what the other holds, and every blank is counted', async () => {
  for (const ticket of tickets) await expect.poll(async () => (await desk.find(ticket)).state).toBe('queued')
  const [page, other] = await Promise.all([at(oka, '/cetak'), at(rani, '/cetak', { viewport: PHONE })])
  await page.getByText('5 menunggu').waitFor()
  await page.getByRole('button', { name: 'Catat stok' }).first().click()
  await page.getByLabel('Yang dicatat').selectOption('Blangko masuk (keping)')
  await page.getByLabel('Jumlah').fill('300')
  await page.getByRole('button', { name: 'Simpan' }).click()
  await stock(page).getByText('300').first().waitFor()

  // both schools fit into one load and are ticked; the second is left for the colleague
  await page.getByRole('checkbox', { name: /2 keping/ }).uncheck()
  await page.getByRole('button', { name: 'Buat batch 3' }).waitFor()
  const groups = () => other.getByRole('list', { name: 'Menunggu dicetak' }).boundingBox()
  const before = await groups()
  // the stock that was noted above is there; what moves from here on is by the batch
  await stock(other).getByText('300 keping').first().waitFor()
  await shifts(other)
  await page.keyboard.press('n')
  await page.getByRole('heading', { name: 'Batch 3', exact: true }).waitFor()
  await page.getByText('baru dibuat').waitFor()
  await other.getByText('3 dipegang Oka Rekaan').waitFor()
  await other.getByText('Blangko cukup: 300, 3 untuk kartu yang sedang dipegang.').waitFor()
  await stock(other).getByText('Perkiraan ada setelah 3 hari kerja dan 30 keping').first().waitFor()
  // it has its room in the row beforehand
  expect(await groups()).toEqual(before)
  // and the colleague's batch pushes nothing either: it comes when it is asked for
  await other.getByText('Belum ada batch hari ini.').waitFor()
  expect(await shifts(other)).toEqual([])
  await other.getByRole('button', { name: '1 batch baru' }).click()
  await other.getByRole('heading', { name: 'Batch 3', exact: true }).waitFor()
  // who holds them has them below, and reads above what is left to take
  expect(await page.getByText('dipegang Oka Rekaan').count()).toBe(0)
  await other.getByRole('button', { name: 'Catat stok' }).waitFor()
  await takePicture(other, 'cetak-ponsel')
  expect(await axe(other)).toEqual([])
  await other.getByRole('button', { name: /^Buat batch/ }).click()
  await other.getByRole('heading', { name: 'Batch 4', exact: true }).waitFor()

  // the portraits of the batch on paper, as the office's printer prints unless something else is chosen
  const [asked, saved] = [page.waitForRequest('**/api/portrait-sheets'), page.waitForEvent('download')]
  await page.getByRole('button', { name: 'Lembar pas foto' }).click()
  expect((await asked).postDataJSON()).toMatchObject({ dpi: 300 })
  expect((await saved).suggestedFilename()).toBe('pas-foto-batch-3.pdf')

  const cards = page.getByRole('listitem').filter({ hasText: /Rekaan/ })
  await page.getByText('Sedang dicetak').waitFor()
  await page.keyboard.press('p')
  await page.getByText(/^Tercetak \d\d/).waitFor()
  await page.getByText('Sedang dicetak').waitFor()
  await page.keyboard.press('s')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Warna bergaris/ })
    .waitFor()
  await page.keyboard.press('1')
  await cards.getByText('Warna bergaris').waitFor()
  await stock(page).getByText('Warna bergaris').waitFor()
  await stock(page).getByText('298').first().waitFor()
  await page.getByText('1/3').waitFor()
  await takePicture(page, 'cetak')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: /^Cetak ulang/ }).click()
  // the card waits again, and the blank stays counted
  await cards.getByText('Warna bergaris').waitFor({ state: 'detached' })
  await stock(page).getByText('Warna bergaris').waitFor()

  // somebody else goes on with it, and gives it back in the same way
  await other.getByRole('button', { name: /^3/, pressed: false }).click()
  await other.getByText('dikerjakan Oka Rekaan').waitFor()
  await other.getByRole('button', { name: 'Ambil alih' }).click()
  const taking = other.getByRole('dialog')
  await taking.getByText('2 keping yang belum selesai menjadi pegangan Anda.').waitFor()
  await takePicture(other, 'ambil-alih-batch-ponsel')
  expect(await axe(other)).toEqual([])
  await taking.getByRole('button', { name: 'Ambil alih' }).click()
  await other.getByRole('button', { name: 'Tutup, lepas 2' }).waitFor()
  await page.getByText('dikerjakan Rani Rekaan').waitFor()
  await page.getByRole('button', { name: 'Ambil alih' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Ambil alih' }).click()

  // a school wants its card no more: in hand it is marked only by a second key, and its row says why
  const unwanted = tickets.find((_, i) => names[i] === 'Dimas Rekaan') ?? ''
  await say(house, 'wati', { text: `batal ${unwanted}` })
  await say(house, 'wati', { text: 'ya batal' })
  const row = cards.filter({ hasText: unwanted })
  await row.getByText('Sekolah minta batal').waitFor()
  await row.getByText('Dimas Rekaan').click()
  const question = page.getByRole('alert').filter({ hasText: 'Tekan P sekali lagi bila sudah tercetak.' })
  await pressUntil(page, 'p', question)
  expect(await inView(page, question)).toBe(true)
  await takePicture(page, 'cetak-batal')
  expect(await axe(page)).toEqual([])
  expect((await desk.find(unwanted)).stage).toBe('printing')

  // the rest goes back when the batch is closed: one to whoever takes it, the other to be cancelled
  await page.getByRole('button', { name: 'Tutup, lepas 2' }).click()
  await page.getByText('Dilepas ke antrean').first().waitFor()
  await other.getByRole('checkbox', { name: / 1 keping$/ }).waitFor()
  await page.getByRole('button', { name: `Batalkan permohonan ${unwanted}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Batalkan permohonan' }).click()
  await expect.poll(async () => (await desk.find(unwanted)).stage).toBe('cancelled')
  await page.getByRole('heading', { name: 'Belum dapat dicetak' }).waitFor({ state: 'detached' })

  // what is neither at the printer nor ready is nobody's here: the sheet of the batch asks why, and comes
  await page.getByRole('button', { name: 'Lembar pas foto' }).click()
  const why = page.getByRole('dialog', { name: 'Lembar pas foto' })
  await why.getByLabel('Alasan').fill('Foto kartu pertama tertukar')
  expect(await axe(page)).toEqual([])
  const again = page.waitForEvent('download')
  await why.getByRole('button', { name: 'Buat lembar' }).click()
  expect((await again).suggestedFilename()).toBe('pas-foto-batch-3.pdf')
  await why.waitFor({ state: 'detached' })
  expect([...page.errors, ...other.errors]).toEqual([])
  await leave(page, other)
})

test('the wall shows the day in numbers and plots, in both schemes and at both widths, and follows the work', async () => {
  const [page, dark, phone] = await Promise.all([
    at({ username: 'penyelia', password: 'rahasia-contoh-2026' }, '/papan'),
    at(rani, '/papan', { dark: true }),
    at(oka, '/papan', { viewport: PHONE }),
  ])
  for (const one of [page, dark, phone]) {
    await one.getByRole('heading', { name: 'Per sekolah' }).waitFor()
    await one.getByRole('img', { name: /^Selesai tiap jam: .*\d\d 1$/ }).waitFor()
    await one.getByRole('img', { name: /^Median .* janji 6 j 48 m kerja$/ }).waitFor()
    expect(await axe(one)).toEqual([])
  }
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  await takePicture(page, 'papan')
  await takePicture(dark, 'papan-gelap')
  await takePicture(phone, 'papan-ponsel')
  const waiting = page.getByRole('list', { name: 'Menunggu tiap tahap' }).getByRole('listitem')
  await waiting.filter({ hasText: 'Cetak' }).getByText('3', { exact: true }).waitFor()

  // the colleague prints her two cards; the wall hears of it, and whose list they leave finds it as it was
  const cards = await at(rani, '/cetak')
  await phone.goto(`${house.service.url}/cetak`)
  await phone.getByText('2 dipegang Rani Rekaan').waitFor()
  await phone.getByRole('complementary', { name: 'Stok' }).waitFor()
  await shifts(phone)
  for (let left = 2; left > 0; left--) {
    await cards.getByText('Sedang dicetak').waitFor()
    await cards.keyboard.press('p')
    await expect.poll(() => cards.getByText(/^Tercetak \d\d/).count()).toBe(3 - left)
  }
  await waiting.filter({ hasText: 'Siap diambil' }).getByText('3', { exact: true }).waitFor()
  await phone.getByText('dipegang Rani Rekaan').waitFor({ state: 'detached' })
  await phone.getByRole('checkbox', { name: / 0 keping$/ }).waitFor()
  expect(await shifts(phone)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Antrean' }).waitFor()
  expect([...page.errors, ...dark.errors, ...phone.errors]).toEqual([])
  await leave(page, dark, phone, cards)
})

test('the ready list of a school is a sheet to be printed and signed', async () => {
  const page = await at({ username: 'penyelia', password: 'rahasia-contoh-2026' }, '/serah-terima')
  await page.getByRole('link', { name: 'Daftar siap diambil' }).first().click()
  await page.getByRole('heading', { name: 'Daftar KIA siap diambil' }).waitFor()
  await page
    .getByRole('cell', { name: /Rekaan|Contoh/ })
    .first()
    .waitFor()
  await takePicture(page, 'daftar-siap')
  const sheet = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Lembar pas foto' }).click()
  expect((await sheet).suggestedFilename()).toMatch(/^pas-foto-\d{8}\.pdf$/)

  await page.goto(`${house.service.url}/serah-terima/daftar/69900014`)

  // of one class, list and portraits alike
  const names = () => page.getByRole('cell', { name: / Contoh$/ }).allTextContents()
  await expect.poll(names).toEqual(['Eka Contoh', 'Fajar Contoh'])
  await page.getByRole('combobox', { name: 'Kelas' }).selectOption('5B')
  await expect.poll(names).toEqual(['Fajar Contoh'])
  await page.getByText('Kelas 5B. 1 kartu').waitFor()
  await page.getByRole('combobox', { name: 'Ketajaman lembar pas foto' }).selectOption('600 dpi')
  const [asked, saved] = [page.waitForRequest('**/api/portrait-sheets'), page.waitForEvent('download')]
  await page.getByRole('button', { name: 'Lembar pas foto' }).click()
  const fajar = await page.getByRole('row', { name: /Fajar/ }).getByRole('cell').nth(1).textContent()
  expect((await asked).postDataJSON()).toEqual({
    applications: [(await desk.find(fajar ?? '')).id],
    dpi: 600,
    firstPage: 1,
  })
  expect((await saved).suggestedFilename()).toBe('pas-foto-69900014-5B.pdf')
  expect(await axe(page)).toEqual([])

  // on a phone its tools stand below each other, none of them squeezed
  await page.setViewportSize(PHONE)
  await takePicture(page, 'daftar-siap-ponsel')
  for (const tool of ['Cetak daftar', 'Lembar pas foto', 'Kembali']) {
    const box = await page.getByRole('button', { name: tool }).boundingBox()
    expect(box?.width, tool).toBeGreaterThan(70)
    expect((box?.x ?? 0) + (box?.width ?? 0), tool).toBeLessThanOrEqual(PHONE.width)
  }
  expect(await axe(page)).toEqual([])
  expect(page.errors).toEqual([])
  await leave(page)
})
