import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { takePicture } from './pictures.ts'
import { axe, openHouse, openSigned, PHONE, submitPupils, takeNext } from './support.ts'
import type { House } from './support.ts'

const PUPILS = [
  ['Aisyah Contoh Putri', '6311065407150002', '15-07-2015'],
  ['Bagas Contoh Putra', '6311061409120003'],
  ['Citra Rekaan', '6311064107150004'],
] as const
let house: House
let desk: Desk
let tickets: readonly string[]

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 1 })
  desk = await openDesk(house)
  tickets = await submitPupils(house, 'wati', '69900005', PUPILS)
})
afterAll(async () => {
  await house.close()
})

async function giveBack(ticket: string): Promise<void> {
  const { id, rev } = await desk.find(ticket)
  const body = { reason: 'Uji coba', transactionId: `back-${id}-${rev}` }
  await desk.call('POST', `/api/applications/${id}/take-back`, body)
}
const copied = (page: Page): Promise<string> =>
  page.evaluate(() => (navigator as unknown as { clipboard: { readText(): Promise<string> } }).clipboard.readText())
const width = async (page: Page, name: string) =>
  (
    await page
      .getByRole('region', { name: `Gambar ${name}` })
      .getByRole('img')
      .boundingBox()
  )?.width ?? 0

test('a case is read: zoomed where the wheel is, turned, two documents side by side, copied as SIAK asks', async () => {
  const page = await openSigned(house, '/')
  await takeNext(page)
  await page.getByRole('heading', { name: 'Aisyah Contoh Putri' }).waitFor()
  await page.locator('img[data-known="true"]').waitFor()
  await takePicture(page, 'kasus')

  const paper = page.getByRole('region', { name: 'Gambar Akta kelahiran' })
  const fitted = await width(page, 'Akta kelahiran')
  await paper.hover()
  await page.mouse.wheel(0, -400)
  await expect.poll(() => width(page, 'Akta kelahiran')).toBeGreaterThan(fitted * 1.5)
  await page.keyboard.press('0')
  await expect.poll(() => width(page, 'Akta kelahiran')).toBeCloseTo(fitted, 0)
  await page.keyboard.press(']')
  await page.locator('img[data-sideways="true"]').waitFor()
  await page.keyboard.press('[')

  await page.keyboard.press('v')
  await page.getByRole('region', { name: 'Gambar Kartu Keluarga' }).waitFor()
  await page.keyboard.press('3')
  await page.getByRole('region', { name: 'Gambar KTP-el' }).waitFor()
  expect(await paper.count()).toBe(1)
  await expect.poll(() => page.locator('img[data-known="true"]').count()).toBe(2)
  await takePicture(page, 'kasus-banding')
  await page.keyboard.press('v')
  await expect.poll(() => page.getByRole('region', { name: /^Gambar / }).count()).toBe(1)

  await page.keyboard.press('c')
  await expect.poll(() => copied(page)).toBe('6311065407150002\nAisyah Contoh Putri\n15-07-2015\nBaru')
  await page.getByRole('button', { name: 'Salin Nama lengkap' }).click()
  await expect.poll(() => copied(page)).toBe('Aisyah Contoh Putri')

  // the same album came for all three: they share the picture of the family card
  await page.getByRole('link', { name: 'Bagas Contoh Putra' }).waitFor()

  await page.keyboard.press('t')
  await page.getByRole('button', { name: 'Periksa lagi: Tanggal lahir beda dengan NIK' }).waitFor()
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Catatan' }).fill('Akta lama, yang baru menyusul.')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('region', { name: 'Catatan petugas' }).getByText('Akta lama, yang baru menyusul.').waitFor()

  await page.keyboard.press('e')
  await page.getByRole('textbox', { name: 'Nama lengkap' }).fill('Aisyah Contoh Puteri')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Data dibetulkan, sekolah diberi tahu.').waitFor()
  const entry = page.getByRole('listitem').filter({ hasText: 'Data dibetulkan' })
  expect(await entry.locator('del').textContent()).toBe('Aisyah Contoh Putri')
  expect(await entry.locator('ins').textContent()).toBe('Aisyah Contoh Puteri')
  expect(await axe(page)).toEqual([])
  expect(page.errors).toEqual([])
  await page.context().close()
  await giveBack(tickets[0]!)
  // it was ahead for who has just left
  await giveBack(tickets[1]!)
})

test('files are put where they belong by key and by drag, and one goes to another pupil whom a colleague has', async () => {
  const colleague = await openSigned(house, '/', { who: await desk.hire('budi', 'Budi Rekaan', ['verifikator']) })
  await takeNext(colleague)
  await colleague.getByRole('heading', { name: 'Aisyah Contoh' }).waitFor()
  // the second one is ahead for the colleague
  await expect.poll(async () => (await desk.find(tickets[1] ?? '')).claim?.prefetch).toBe(true)
  const page = await openSigned(house, '/')
  await takeNext(page)
  await page.getByRole('heading', { name: 'Citra Rekaan' }).waitFor()
  const files = page.getByRole('navigation', { name: 'Berkas' }).getByRole('button')
  expect(await files.allTextContents()).toEqual(['Akta1', 'KK2', 'KTP-el 13', 'KTP-el 24', 'Foto5'])

  await page.keyboard.press('2')
  await page.keyboard.press('m')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('s')
  await takePicture(page, 'berkas-pindah')
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect.poll(() => files.allTextContents()).toEqual(['Akta1', 'KTP-el 12', 'KTP-el 23', 'Surat4', 'Foto5'])
  // onto the second of a kind: it becomes that page
  await files.filter({ hasText: 'Surat' }).dragTo(files.filter({ hasText: 'KTP-el 2' }))
  await expect.poll(() => files.allTextContents()).toEqual(['Akta1', 'KTP-el 12', 'KTP-el 23', 'KTP-el 34', 'Foto5'])
  await page.getByText('Berkas dipilah').last().waitFor()

  await page.keyboard.press('1')
  await page.keyboard.press('m')
  await page.getByRole('button', { name: 'Milik murid lain' }).click()
  await page.getByLabel('Nama murid atau nomor antrean').fill('aisyah')
  await page.getByRole('radio', { name: /Aisyah Contoh/ }).click()
  await page.getByRole('button', { name: 'Pindahkan' }).click()
  await expect.poll(() => files.allTextContents()).toEqual(['KTP-el 11', 'KTP-el 22', 'KTP-el 33', 'Foto4'])
  await colleague.getByText(`Berkas dipindahkan operator dari ${tickets[2]}`).waitFor()
  await expect
    .poll(() => colleague.getByRole('navigation', { name: 'Berkas' }).getByRole('button').allTextContents())
    .toEqual(['Akta 11', 'KK2', 'KTP-el 13', 'KTP-el 24', 'Foto5', 'Akta 26'])
  expect([...page.errors, ...colleague.errors]).toEqual([])
  await page.context().close()
  await colleague.context().close()
  await giveBack(tickets[0]!)
  await giveBack(tickets[2]!)
}, 180_000)

test('on a phone the documents stay on top, and their tools lie in one menu', async () => {
  const page = await openSigned(house, '/', { viewport: PHONE, dark: true })
  await takeNext(page)
  await page.locator('img[data-known="true"]').waitFor()
  await page.getByRole('button', { name: 'Alat berkas' }).click()
  await page.getByRole('menuitem', { name: 'Bandingkan dua berkas' }).click()
  await expect.poll(() => page.locator('img[data-known="true"]').count()).toBe(2)
  await takePicture(page, 'kasus-390')
  expect(await axe(page)).toEqual([])
  expect(page.errors).toEqual([])
  await page.context().close()
})
