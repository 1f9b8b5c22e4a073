import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { takePicture } from './pictures.ts'
import { axe, leave, openHouse, openSigned, PHONE, submitPupils } from './support.ts'
import type { House } from './support.ts'

let house: House
let tickets: string[]

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 1 })
  tickets = await enrolPupils(house, 'contoh-a', '69900014', [
    ['Aisyah Contoh Putri', '6311064107150001'],
    ['Aisya Contoh', '6311064107150002'],
    ['Bagas Rekaan', '6311060107150003', undefined, { reason: 'LOST', citizenship: 'wna' }],
  ])
  await submitPupils(house, 'contoh-b', '69900005', [['Dewi Rekaan', '6311064107150004', '15-07-2015']])
}, 240_000)
afterAll(async () => {
  await house.close()
})

const names = async (page: Page): Promise<string[]> => page.locator('tbody a').allTextContents()

test('two operators find a pupil by a name with a slip, by NIK and by ticket, and take lists and rows as files', async () => {
  const desk = await openDesk(house)
  const entry = await desk.hire('siak', 'Operator Contoh C', ['siak'])
  const [mine, theirs] = await Promise.all([
    openSigned(house, '/'),
    openSigned(house, '/', { dark: true, viewport: PHONE, who: entry }),
  ])

  await mine.getByRole('link', { name: 'Cari' }).click()
  await mine.getByLabel('Nomor, murid, NIK atau NPSN').fill('aisyah contoh')
  await mine.keyboard.press('Enter')
  await mine.getByText('2 permohonan').waitFor()
  // the equal word first, though the other is newer
  expect(await names(mine)).toEqual(['Aisyah Contoh Putri', 'Aisya Contoh'])
  expect(mine.url()).toMatch(/\/cari#q=aisyah\+contoh$/)
  // the first row has the focus: arrows and letters go through the rows, and Esc leads back to the words
  const focused = mine.locator(':focus')
  await expect.poll(() => focused.textContent()).toBe('Aisyah Contoh Putri')
  await mine.keyboard.press('ArrowDown')
  expect(await focused.textContent()).toBe('Aisya Contoh')
  await mine.keyboard.press('k')
  expect(await focused.textContent()).toBe('Aisyah Contoh Putri')
  await mine.keyboard.press('Escape')
  expect(await focused.inputValue()).toBe('aisyah contoh')
  await mine.keyboard.press('ArrowDown')
  expect(await focused.textContent()).toBe('Aisyah Contoh Putri')
  await mine.keyboard.press('o')
  await mine.getByRole('heading', { name: 'Aisyah Contoh Putri' }).waitFor()
  await mine.goBack()
  await mine.getByText('2 permohonan').waitFor()
  await mine.getByLabel('Tahap').selectOption('verification')
  await mine.waitForURL(/tahap=verification#q=/)
  await takePicture(mine, 'cari')
  expect(await axe(mine)).toEqual([])
  await mine.reload()
  await mine.getByText('2 permohonan').waitFor()

  const saving = mine.waitForEvent('download')
  await mine.getByRole('button', { name: 'CSV' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toMatch(/^permohonan-\d{4}-\d\d-\d\d\.csv$/)
  expect(await readFile((await saved.path())!, 'utf8')).toContain('Aisyah Contoh Putri;631106******0001')

  // a whole ticket is its case
  await mine.getByLabel('Nomor, murid, NIK atau NPSN').fill(tickets[1]!.replace('-', '').toLowerCase())
  await mine.keyboard.press('Enter')
  await mine.getByRole('heading', { name: 'Aisya Contoh' }).waitFor()
  await mine.goBack()

  await mine.getByLabel('Nomor, murid, NIK atau NPSN').fill('6311060107150003')
  await mine.keyboard.press('Enter')
  await mine.getByRole('link', { name: 'Bagas Rekaan' }).waitFor()
  // a NIK stands in no address
  expect(mine.url()).not.toContain('6311060107150003')

  await theirs.goto(`${house.service.url}/cari#q=${tickets[2]!}`)
  await theirs.getByRole('link', { name: 'Bagas Rekaan' }).waitFor()
  await takePicture(theirs, 'cari-gelap-390')
  // some of them are on a phone's screen at once
  expect((await theirs.getByRole('row').last().boundingBox())?.height).toBeLessThan(110)
  expect(await axe(theirs)).toEqual([])
  await theirs.getByRole('button', { name: `Unduh ${tickets[2]!}` }).click()
  await theirs.getByLabel('Alasan').fill('Ditanyakan sekolah')
  const row = theirs.waitForEvent('download')
  await theirs.getByRole('dialog').getByRole('button', { name: 'Unduh' }).click()
  expect((await row).suggestedFilename()).toBe(`berkas-${tickets[2]!}.xlsx`)

  // as after a purge, on a phone: the tabs cover nothing of what they lead to
  await mine.route(/\/api\/applications\/[^/?]+$/, async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), documents: [] } })
  })
  await mine.setViewportSize(PHONE)
  await mine.getByRole('link', { name: 'Bagas Rekaan' }).click()
  await mine.getByText('Tidak ada berkas.').waitFor()
  const tabs = await mine.getByRole('group', { name: 'Isi berkas' }).boundingBox()
  const side = mine.getByRole('region', { name: 'Data murid' })
  const data = await side.boundingBox()
  expect(tabs!.y + tabs!.height).toBeLessThanOrEqual(data!.y + 1)
  // why it was applied for, and what this child is beside it
  await side.getByText(/^Hilang, usia \d+ tahun$/).waitFor()
  await side.getByText('WNA, KIA berlaku mengikuti ITAP').waitFor()
  expect(await axe(mine)).toEqual([])
  expect([...mine.errors, ...theirs.errors]).toEqual([])
  await leave(mine, theirs)
}, 180_000)

test('the queue is narrowed to findings and to a school, and the address keeps it', async () => {
  const page = await openSigned(house, '/antrean?tahap=verification')
  const rows = () => page.getByRole('region', { name: 'Antrean verifikasi' }).getByRole('link').allTextContents()
  await expect.poll(async () => (await rows()).length).toBe(4)
  await page.getByLabel('Temuan').selectOption('Temuan: ada')
  await expect.poll(rows).toEqual(['Dewi Rekaan'])
  expect(page.url()).toMatch(/tahap=verification&temuan=ada$/)
  await page.reload()
  await page.getByText('1 berkas', { exact: true }).waitFor()
  expect(await rows()).toEqual(['Dewi Rekaan'])

  const school = page.getByLabel('Sekolah', { exact: true })
  await school.focus()
  await school.selectOption('69900014')
  await page.getByText('Tidak ada berkas yang sesuai saringan').waitFor()
  expect(await page.locator('select:focus').getAttribute('aria-label')).toBe('Sekolah')
  await page.getByLabel('Temuan').selectOption('Temuan: semua')
  await expect
    .poll(async () => (await rows()).toSorted())
    .toEqual(['Aisya Contoh', 'Aisyah Contoh Putri', 'Bagas Rekaan'])
  await page.getByRole('button', { name: 'Hanya perbaikan' }).click()
  await page.getByText('Tidak ada berkas yang sesuai saringan').waitFor()
  // on a phone one button has them, and says how many are set
  await page.setViewportSize(PHONE)
  const opener = page.getByRole('button', { name: 'Saring, 2 dipakai' })
  await opener.waitFor()
  expect(await school.isVisible()).toBe(false)
  await opener.click()
  await school.waitFor()
  expect(await axe(page)).toEqual([])
  await school.selectOption('')
  await page.getByRole('button', { name: 'Saring, 1 dipakai' }).waitFor()
  expect(page.url()).toMatch(/tahap=verification&perbaikan=ya$/)
  expect(page.errors).toEqual([])
  await leave(page)
})

test('a page whose program does not come says so, and comes when it is asked for once more', async () => {
  const page = await openSigned(house, '/cari')
  await page.route('**/assets/**', (route) => route.abort())
  await page.getByRole('link', { name: 'Pengaturan' }).click()
  const failed = page.getByRole('alert').filter({ hasText: 'Halaman belum dapat dimuat.' })
  await failed.waitFor()
  // what stands beside it is still there
  await page.getByRole('link', { name: 'Antrean' }).waitFor()
  expect(await axe(page)).toEqual([])
  // while the server is away nothing is loaded over it
  await page.route('**/healthz', (route) => route.abort(), { times: 1 })
  await failed.getByRole('button', { name: 'Coba lagi' }).click()
  await failed.getByText('Server belum menjawab.').waitFor()
  await page.unroute('**/assets/**')
  await failed.getByRole('button', { name: 'Coba lagi' }).click()
  await page.getByRole('heading', { level: 1, name: 'Pengaturan' }).waitFor()
  await leave(page)
})
