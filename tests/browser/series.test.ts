import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { ApplicationView } from '../../src/admin/contract/application.ts'
import { until } from '../e2e/support/service.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { takePicture } from './pictures.ts'
import { axe, leave, openHouse, openSigned, PHONE, pressUntil } from './support.ts'
import type { House } from './support.ts'

type Somebody = { username: string; password: string }
let house: House
let desk: Desk
let sari: Somebody
let tono: Somebody
let tickets: readonly string[]

/** The picture that a key has the browser save. */
async function savedBy(page: Page, key: string) {
  const saved = page.waitForEvent('download')
  await page.keyboard.press(key)
  const file = await saved
  const { width, height } = await sharp(await readFile(await file.path())).metadata()
  return { name: file.suggestedFilename(), width, height }
}

/** The office's own cut of a portrait, as the photo station keeps it. */
async function editPortrait(ticket: string): Promise<void> {
  await until(async () => (await desk.find(ticket)).state === 'queued', 15_000)
  const taken = await desk.call('POST', '/api/queue/claim', { stages: ['siak_entry'] })
  const { claim, id, documents } = ApplicationView.parse(taken.body)
  const document = documents.find(({ kind }) => kind === 'portrait')?.id
  const edit = { rotation: 0, crop: { x: 0.1, y: 0.1, width: 0.8, height: 0.8 }, brightness: 1 }
  const body = { token: claim?.token, document, edit, transactionId: `edit-${id}` }
  const { status } = await desk.call('POST', `/api/applications/${id}/edit-portrait`, body)
  if (status !== 200) throw new Error(`the portrait of ${ticket} was not kept: ${status}`)
  await desk.giveBack(ticket)
}

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 2 })
  desk = await openDesk(house)
  sari = await desk.hire('sari', 'Sari Rekaan', ['siak'])
  tono = await desk.hire('tono', 'Tono Rekaan', ['siak'])
  tickets = await enrolPupils(house, 'wati', '69900005', [
    ['Bagas Rekaan', '6311060107150001'],
    ['Citra Rekaan', '6311064107150002'],
    ['Dimas Rekaan', '6311060107150003'],
    ['Eka Rekaan', '6311060207150004'],
    ['Fajar Rekaan', '6311060207150005'],
  ])
  await desk.bring(tickets, 'siak_entry')
  await editPortrait(tickets[0] ?? '')
}, 180_000)
afterAll(async () => {
  await house.close()
})

test('a series of entries is worked by one key; what a supervisor takes back is somebody else’s', async () => {
  const page = await openSigned(house, '/entri', { who: sari })
  await page.getByRole('button', { name: 'Ambil 5 berikutnya' }).waitFor()
  await page.keyboard.press('Enter')
  const rows = page.getByRole('region', { name: 'Seri entri SIAK' }).getByRole('listitem')
  await rows.nth(4).waitFor()
  const current = page.locator('[aria-current="true"]')
  await current.getByText('Bagas Rekaan').waitFor()
  await page.keyboard.press('c')
  await current.getByText('Tersalin').waitFor()
  const copied = await page.evaluate(() =>
    (navigator as unknown as { clipboard: { readText(): Promise<string> } }).clipboard.readText(),
  )
  expect(copied).toMatch(/^631106/)
  // the portrait stands in the row that is typed, and goes along by its key: as the office has made it, or as it was sent
  await current.getByRole('img', { name: 'Pas foto hasil edit' }).waitFor()
  expect(await savedBy(page, 'd')).toEqual({ name: `${tickets[0]}_SIAK.jpg`, width: 472, height: 708 })
  await page.keyboard.press('j')
  await current.getByRole('img', { name: 'Pas foto seperti dikirim' }).waitFor()
  expect((await savedBy(page, 'd')).name).toBe(`${tickets[1]}.jpg`)
  await page.keyboard.press('k')
  await current.getByText('Bagas Rekaan').waitFor()
  await takePicture(page, 'entri-seri')
  expect(await axe(page)).toEqual([])

  const other = await openSigned(house, '/entri', { who: tono, viewport: PHONE })
  await other.getByText('Antrean entri SIAK kosong, 5 dipegang rekan.').waitFor()
  expect(await other.getByRole('button', { name: 'Ambil berikutnya' }).isDisabled()).toBe(true)
  const lost = tickets[4] ?? ''
  const { id } = await desk.find(lost)
  await desk.call('POST', `/api/applications/${id}/take-back`, { reason: 'Salah orang', transactionId: `tb-${id}` })
  await rows.filter({ hasText: lost }).getByText('Tidak lagi Anda pegang').waitFor()
  await other.getByRole('button', { name: /^Ambil 1 berikutnya/ }).click()
  await other.getByText(lost).waitFor()
  await takePicture(other, 'entri-seri-ponsel')
  expect(await axe(other)).toEqual([])
  await other.getByRole('button', { name: 'Sudah entri' }).click()
  await other.getByText(/^Sudah entri \d\d/).waitFor()

  for (let done = 1; done <= 4; done++) {
    // who presses before it is one's turn is heard a moment later
    await expect
      .poll(async () => {
        await page.keyboard.press('a')
        return page.getByText(/^Sudah entri \d\d/).count()
      })
      .toBeGreaterThanOrEqual(done)
  }
  await page.getByText('4 dari 5 sudah dientri').waitFor()
  // what is taken back is under the mark again, among the others
  await page.keyboard.press('z')
  await page.getByText('3 dari 5 sudah dientri').waitFor()
  await current.getByRole('button', { name: 'Sudah entri' }).waitFor()
  expect(await rows.count()).toBe(5)
  await pressUntil(page, 'a', page.getByText('4 dari 5 sudah dientri'))
  for (const ticket of tickets) await expect.poll(async () => (await desk.find(ticket)).stage).toBe('printing')
  expect([...page.errors, ...other.errors]).toEqual([])
  await leave(page, other)
})
