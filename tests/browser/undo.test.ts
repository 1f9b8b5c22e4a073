import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { until } from '../e2e/support/service.ts'
import { BatchView } from '../../src/admin/contract/printing.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { putAtPrinter } from './seeded.ts'
import { leave, openHouse, openSigned, pressUntil } from './support.ts'
import type { House, Window } from './support.ts'

let house: House
let desk: Desk
let page: Window
let tickets: readonly string[]
/** What the page has sent about cases: the act, the case, its transaction. */
const sent: { act: string; id: string; transaction: string }[] = []

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 8, undoGraceSeconds: 2 })
  desk = await openDesk(house)
  tickets = await enrolPupils(house, 'wati', '69900005', [
    ['Bagas Rekaan', '6311060107150001'],
    ['Citra Rekaan', '6311064107150002'],
    ['Dimas Rekaan', '6311060107150003'],
  ])
  page = await openSigned(house, '/')
  await onSlowLine(page)
  page.on('request', (request) => {
    const [, id, act] = /applications\/([^/]+)\/(decisions|undo)$/.exec(new URL(request.url()).pathname) ?? []
    const body = request.postDataJSON() as { transactionId?: string }
    if (id !== undefined && act !== undefined) sent.push({ act, id, transaction: body.transactionId ?? '' })
  })
})
afterAll(async () => {
  expect(page.errors).toEqual([])
  await leave(page)
  await house.close()
})

const LINE_MS = 900
/** Every call takes so long to the server. */
async function onSlowLine(slow: Page): Promise<void> {
  await slow.route(/\/api\/(?!events)/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, LINE_MS))
    await route.fallback()
  })
}
const pupil = (name: string) => page.getByRole('heading', { name })
const bar = () => page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Urungkan' }) })
const ready = (ticket: string) => page.getByText(`Berikutnya siap: ${ticket}`).waitFor()
const acts = async (ticket: string) => (await desk.find(ticket)).history.map((entry) => entry.action)
const undone = async (ticket: string) => (await acts(ticket)).filter((act) => act === 'undo').length
/** What was sent about a case, its transactions counted from 1. */
async function sentAbout(ticket: string): Promise<string[]> {
  const { id } = await desk.find(ticket)
  const about = sent.filter((one) => one.id === id)
  const known = [...new Set(about.map((one) => one.transaction))]
  return about.map(({ act, transaction }) => `${act} ${known.indexOf(transaction) + 1}`)
}

test('Z before the answer shows the case at once, and the A behind it decides that case anew, once', async () => {
  const [first = '', second = ''] = tickets
  await page.keyboard.press('Enter')
  await pupil('Bagas Rekaan').waitFor()
  await ready(second)
  for (const key of ['a', 'z', 'a']) await page.keyboard.press(key)
  await pupil('Citra Rekaan').waitFor()
  await bar()
    .filter({ hasText: `${first} disetujui, ke Edit foto` })
    .waitFor()
  await expect.poll(() => sentAbout(first)).toEqual(['decisions 1', 'undo 1', 'decisions 2'])
  await expect.poll(() => acts(first)).toEqual(['submit', 'claim', 'approve', 'undo', 'approve'])
  expect(await sentAbout(second)).toEqual([])
  expect(await desk.find(second)).toMatchObject({ stage: 'verification', state: 'claimed' })

  // shown again from memory: nothing of it has been answered yet
  const decided = sent.length
  await page.keyboard.press('z')
  await pupil('Bagas Rekaan').waitFor()
  await page.getByRole('button', { name: 'Setujui', exact: true }).waitFor()
  expect(sent.length - decided).toBeLessThanOrEqual(1)
  await expect.poll(async () => (await desk.find(first)).stage).toBe('verification')
})

test('of several decisions the latest stands in the one bar, and Z goes back through them', async () => {
  const [first = '', second = ''] = tickets
  await page.keyboard.press('a')
  await pupil('Citra Rekaan').waitFor()
  // keys of a case that has just come sleep for a moment
  await pressUntil(page, 'a', bar().filter({ hasText: `${second} disetujui` }), pupil('Citra Rekaan'))
  await bar()
    .filter({ hasText: `${second} disetujui` })
    .filter({ hasText: 'dan 1 lagi' })
    .waitFor()
  expect(await bar().count()).toBe(1)
  await page.keyboard.press('z')
  await pupil('Citra Rekaan').waitFor()
  await bar()
    .filter({ hasText: `${first} disetujui` })
    .waitFor()
  await page.keyboard.press('z')
  await pupil('Bagas Rekaan').waitFor()
  await expect.poll(() => Promise.all([first, second].map(undone))).toEqual([3, 1])
})

test('a decision that is taken back at the last second is, and where it is too late the bar says where the case is', async () => {
  const [first = ''] = tickets
  await page.keyboard.press('a')
  await bar()
    .filter({ hasText: `${first} disetujui` })
    .filter({ hasText: '1 detik' })
    .waitFor({ timeout: 20_000 })
  await page.keyboard.press('z')
  await pupil('Bagas Rekaan').waitFor()
  await expect.poll(() => undone(first)).toBe(4)

  await page.route('**/undo', async (route) => {
    await until(async () => (await desk.find(first)).state === 'queued', 20_000)
    await route.fallback()
  })
  await page.keyboard.press('a')
  await bar()
    .filter({ hasText: `${first} disetujui` })
    .waitFor()
  await page.keyboard.press('z')
  await pupil('Bagas Rekaan').waitFor()
  const told = page.getByRole('alert').filter({ hasText: `${first} sudah diteruskan, sekarang di Edit foto.` })
  await told.waitFor({ timeout: 25_000 })
  expect(await page.getByRole('button', { name: 'Setujui', exact: true }).count()).toBe(0)
  await told.getByRole('button', { name: 'Tutup pemberitahuan' }).click()
  await told.waitFor({ state: 'hidden' })
})

test('a print, a hand-over, a case that was moved to the front and a setting go back by the same key', async () => {
  const [first = '', , third = ''] = tickets
  await putAtPrinter(house, third)
  const { url } = house.service
  const batch = async () => {
    const { rows, counts } = BatchView.parse((await desk.call('GET', '/api/print-batches/1')).body)
    return { state: rows[0]?.state, blanks: counts.blanks }
  }
  await page.goto(`${url}/cetak`)
  await page.getByRole('button', { name: 'Buat batch 1' }).click()
  await page.getByText('Sedang dicetak').waitFor()
  for (const key of ['p', 'z', 'p']) await page.keyboard.press(key)
  await page.getByText(/^Tercetak \d\d/).waitFor()
  await expect.poll(batch).toEqual({ state: 'done', blanks: 1 })
  await page.keyboard.press('z')
  await page.getByText('Sedang dicetak').waitFor()
  await expect.poll(batch).toEqual({ state: 'waiting', blanks: 0 })
  // not before that is answered: till then the key would find the row as it was printed
  await bar().waitFor({ state: 'detached' })
  await page.keyboard.press('p')
  await expect.poll(batch).toEqual({ state: 'done', blanks: 1 })

  await page.goto(`${url}/serah-terima`)
  const card = page.getByRole('checkbox', { name: /^Semua kartu / })
  await card.check()
  await page.getByRole('button', { name: /^Serahkan 1 kartu/ }).click()
  await page.getByLabel('Diterima oleh').fill('Ibu Wati Rekaan')
  await page.getByRole('button', { name: 'Serahkan', exact: true }).click()
  await bar().filter({ hasText: '1 kartu diserahkan' }).waitFor()
  await card.waitFor({ state: 'detached' })
  await page.keyboard.press('z')
  await card.waitFor()

  await page.goto(`${url}/berkas/${(await desk.find(first)).id}`)
  await page.getByRole('button', { name: 'Dahulukan' }).click()
  await page.getByRole('textbox', { name: 'Alasan' }).fill('Mutasi minggu ini')
  await page
    .getByRole('button', { name: /^Dahulukan/ })
    .last()
    .click()
  await bar()
    .filter({ hasText: `${first} didahulukan` })
    .waitFor()
  await page.keyboard.press('z')
  await expect.poll(() => acts(first).then((all) => all.slice(-2))).toEqual(['move_front', 'undo'])

  await page.goto(`${url}/pengaturan`)
  const holidays = page.getByRole('region', { name: 'Hari libur' })
  await holidays.getByLabel('Tanggal').fill('2027-12-27')
  await holidays.getByLabel('Nama hari libur').fill('Libur Rekaan')
  await holidays.getByRole('button', { name: 'Tambah' }).click()
  await bar().filter({ hasText: 'Hari libur diubah' }).waitFor()
  await holidays.getByText('Libur Rekaan').waitFor()
  // the letters rest in the field that was typed in
  await bar().getByRole('button', { name: 'Urungkan' }).click()
  await holidays.getByText('Libur Rekaan').waitFor({ state: 'detached' })
})
