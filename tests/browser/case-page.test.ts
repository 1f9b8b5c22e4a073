import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { pocketTool, roomAround, spread } from './fingers.ts'
import { readOfCitra, storeLooks } from './looked.ts'
import { drawnIn, takePicture } from './pictures.ts'
import { shifts } from './shifts.ts'
import { album, axe, DESKTOP, inView, leave, openHouse, openSigned, PHONE, submitPupils, takeNext } from './support.ts'
import type { House } from './support.ts'
import { deleteMessageOf } from './within.ts'

let house: House
let desk: Desk
let tickets: readonly string[]

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 1 })
  desk = await openDesk(house)
  const scan = await PDFDocument.create()
  for (let page = 1; page <= 3; page++) scan.addPage([1200, 850])
  tickets = await submitPupils(house, 'wati', '69900005', [
    ['Aisyah Contoh Putri', '6311065407150002', '15-07-2015'],
    ['Bagas Contoh Putra', '6311061409120003'],
    ['Citra Rekaan', '6311064107150004', undefined, Buffer.from(await scan.save())],
  ])
})
afterAll(async () => {
  await house.close()
})

const copied = (page: Page): Promise<string> =>
  page.evaluate(() => (navigator as unknown as { clipboard: { readText(): Promise<string> } }).clipboard.readText())
const digits = (text: string): string => text.replaceAll(/\D/g, '')
const shown = async (paper: Locator) => (await paper.getByRole('img').boundingBox())!

test('a case is read: zoomed where the wheel is, turned, two documents side by side, copied as SIAK asks', async () => {
  const page = await openSigned(house, '/')
  // what could not be looked for is never said not to be there
  await page.route('**/related*', (route) => route.fulfill({ status: 503, json: {} }), { times: 1 })
  await takeNext(page)
  await page.getByRole('heading', { name: 'Aisyah Contoh Putri' }).waitFor()
  await page.getByRole('alert').filter({ hasText: 'Belum dapat dicari.' }).waitFor()
  expect(await page.getByText('Tidak ada permohonan lain dengan NIK ini.').count()).toBe(0)
  await page.getByRole('button', { name: 'Coba lagi' }).click()
  await page.getByText('Tidak ada permohonan lain dengan NIK ini.').waitFor()
  await page.locator('img[data-known="true"]').waitFor()
  await page.getByText(/Putaran 1$/).waitFor()
  await takePicture(page, 'kasus')

  const paper = page.getByRole('region', { name: 'Gambar Akta kelahiran' })
  const { width: fitted } = await shown(paper)
  await paper.hover()
  await page.mouse.wheel(0, -400)
  await expect.poll(async () => (await shown(paper)).width).toBeGreaterThan(fitted * 1.5)
  await page.keyboard.press('0')
  await expect.poll(async () => (await shown(paper)).width).toBeCloseTo(fitted, 0)
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

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Unduh satu baris, CSV' }).click()
  expect((await saving).suggestedFilename()).toBe(`berkas-${tickets[0]!}.csv`)

  // the same album came for all three: they share the picture of the family card
  await page.getByRole('link', { name: 'Bagas Contoh Putra' }).waitFor()

  // what was found proposes a reason, and leads to the value that it doubts
  await page.keyboard.press('r')
  await page.getByRole('checkbox', { name: 'Tanggal lahir beda dengan akta dari temuan' }).waitFor()
  expect(await page.getByRole('checkbox', { name: /dari temuan$/ }).count()).toBe(1)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Betulkan tanggal lahir' }).click()
  await page.locator('input:focus').and(page.getByLabel('Tanggal lahir')).waitFor()
  await page.keyboard.press('Escape')

  await page.keyboard.press('t')
  await page.getByRole('button', { name: /^Periksa lagi ?: Tanggal lahir beda dengan NIK/ }).waitFor()
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
  await leave(page)
  await desk.giveBack(tickets[0]!)
  // it was ahead for who has just left
  await desk.giveBack(tickets[1]!)
})

/** What thumbnails are called, whatever was found on them. */
const labels = async (files: Locator): Promise<string[]> =>
  (await files.allTextContents()).map((text) => text.replace(/^(?:berat|periksa|catatan|Dihapus pengirim)/, ''))

test.each([
  { on: 'desktop', looks: {}, picture: 'kasus-terbaca' },
  { on: 'phone', looks: { viewport: PHONE }, picture: 'kasus-terbaca-390' },
])('what was read stands beside what was typed, with its line, on a $on', async ({ looks, picture }) => {
  const { id } = await desk.find(tickets[2]!)
  const scanned = (await album()).slice(1, 4).map(({ bytes }) => bytes)
  await storeLooks(house, id, readOfCitra, { family_card: scanned })
  const page = await openSigned(house, `/berkas/${id}`, looks)

  const findings = page.getByRole('region', { name: 'Temuan' })
  const nik = findings.getByRole('region', { name: /NIK pada berkas beda dengan yang diketik/ })
  await nik.getByRole('img', { name: 'Potongan gambar yang dibaca' }).waitFor()
  await expect.poll(() => drawnIn(nik)).toBe(1)
  expect((await nik.getByRole('definition').allInnerTexts()).map(digits)).toEqual(
    expect.arrayContaining(['6311064107150003', '6311064107150004']),
  )
  // the cut is that line: its middle lies where the line's does
  const cut = nik.getByRole('img', { name: 'Potongan gambar yang dibaca' })
  const [frame, whole] = [await cut.boundingBox(), await cut.locator('img').boundingBox()]
  const middle = (frame!.y + frame!.height / 2 - whole!.y) / whole!.height
  expect(Math.abs(middle - (603 + 14) / 850)).toBeLessThan(0.005)
  await page.keyboard.press('2')
  // the line is in view, on a phone as large as can be read
  const room = page.getByRole('region', { name: 'Gambar Kartu Keluarga' })
  const [area, line] = [(await room.boundingBox())!, (await page.locator('[data-mark="1"]').boundingBox())!]
  expect(roomAround(line, area)).toBeGreaterThanOrEqual(0)
  if ('viewport' in looks) expect(line.height).toBeGreaterThan(14)
  else {
    // turned, all of it is still there
    await page.keyboard.press(']')
    await page.locator('img[data-sideways="true"]').waitFor()
    expect(roomAround(await shown(room), area)).toBeGreaterThan(-1)
    await page.keyboard.press('[')
  }
  await findings
    .getByRole('region', { name: /Nama pada berkas beda/ })
    .getByRole('img')
    .first()
    .waitFor()
  await findings
    .getByRole('region', { name: /Pas foto buram/ })
    .getByText(/^hampir cukup|^kurang|^jauh dari cukup/)
    .waitFor()

  const portraits = page.getByRole('region', { name: 'Pas foto' })
  for (const name of ['Pas foto seperti dikirim', 'Pas foto: usulan'])
    await portraits.getByRole('img', { name }).waitFor()
  await expect.poll(() => drawnIn(portraits)).toBe(2)

  // what was typed stands over what was read, on the first screen, and the letters in which they differ are marked
  const data = page.getByRole('region', { name: 'Data', exact: true })
  const rows = data.getByRole('definition')
  await rows.filter({ hasText: 'CITRA CONTOH REKAAN' }).getByText('beda pada KK').waitFor()
  expect(await rows.filter({ hasText: 'CITRA CONTOH REKAAN' }).locator('u').allTextContents()).toEqual(
    Array.from('CONTOH'),
  )
  expect(digits(await rows.filter({ hasText: /0003/ }).innerText())).toBe('6311064107150003')
  expect(await rows.filter({ hasText: /0003/ }).locator('u').allTextContents()).toEqual(['3'])
  await rows
    .filter({ hasText: '1 Juli 2015' })
    .getByText(/sama dengan KK/)
    .waitFor()
  await expect.poll(() => drawnIn(data)).toBe(2)
  // of the parents nothing was typed
  expect(await data.getByText(/KTP-el/).count()).toBe(0)
  await page
    .getByRole('region', { name: 'Data murid' })
    .evaluate((column) => void Object.assign(column, { scrollTop: 0 }))
  expect(await inView(page, data.getByText('Tanggal lahir', { exact: true }))).toBe(true)
  await takePicture(page, picture)
  expect([...(await axe(page)), ...(await shifts(page))]).toEqual([])

  // the family card came as a PDF of three pages: leafed through by key and by touch, to its end and not beyond
  await page.getByRole('navigation', { name: 'Berkas' }).getByRole('button', { name: /KK/ }).click()
  const at = (n: number) =>
    page
      .getByText(new RegExp(`^halaman ${n} dari 3`, 'i'))
      .filter({ visible: true })
      .waitFor()
  await at(1)
  await page.keyboard.press('PageDown')
  await at(2)
  if ('viewport' in looks) {
    await pocketTool(page, 'Halaman berikutnya')
  } else await page.getByRole('button', { name: 'Halaman berikutnya' }).click()
  await at(3)
  await page.keyboard.press('PageDown')
  await at(3)
  await page.locator('img[data-known="true"]').waitFor()
  // a page begins at its top
  if ('viewport' in looks) await expect.poll(async () => (await shown(room)).y).toBeCloseTo(area.y, 0)
  await page.keyboard.press('PageUp')
  await at(2)
  expect(page.errors).toEqual([])
  await leave(page)
})

test('files are put where they belong by key and by drag, and one goes to another pupil whom a colleague has on a phone', async () => {
  await deleteMessageOf(house, (await desk.find(tickets[0]!)).documents[0]!.id)
  const who = await desk.hire('budi', 'Budi Rekaan', ['verifikator'])
  const colleague = await openSigned(house, '/', { who, viewport: PHONE, dark: true })
  await takeNext(colleague)
  await colleague.getByRole('heading', { name: 'Aisyah Contoh' }).waitFor()
  // on a phone the documents stay on top, and their tools lie in one menu
  await colleague.locator('img[data-known="true"]').waitFor()
  const paper = colleague.getByRole('region', { name: /^Gambar / })
  const first = await shown(paper)
  // wider than the screen, at its top
  expect(first.width).toBeGreaterThan(PHONE.width)
  expect(first.y).toBeCloseTo((await paper.boundingBox())!.y, 0)
  await spread(colleague, paper)
  await expect.poll(async () => (await shown(paper)).width).toBeGreaterThan(first.width * 1.5)
  await pocketTool(colleague, 'Pas layar')
  await expect.poll(async () => (await shown(paper)).width).toBeLessThan(PHONE.width / 2)
  await pocketTool(colleague, 'Bandingkan dua berkas')
  await expect.poll(() => colleague.locator('img[data-known="true"]').count()).toBe(2)
  await takePicture(colleague, 'kasus-390')
  expect(await axe(colleague)).toEqual([])
  await pocketTool(colleague, 'Bandingkan dua berkas')
  // by touch a file goes to another kind, and back
  const theirs = colleague.getByRole('navigation', { name: 'Berkas' }).getByRole('button')
  for (const [kind, sorted] of [
    ['Surat', ['KK1', 'KTP-el 12', 'KTP-el 23', 'Surat4', 'Foto5']],
    ['Akta kelahiran', ['Akta1', 'KK2', 'KTP-el 13', 'KTP-el 24', 'Foto5']],
  ] as const) {
    await pocketTool(colleague, 'Pindah jenis')
    await colleague.getByRole('dialog').getByRole('radio', { name: kind }).click()
    await colleague.getByRole('button', { name: 'Pindahkan' }).click()
    await expect.poll(() => labels(theirs)).toEqual(sorted)
  }
  // the second one is ahead for the colleague
  await expect.poll(async () => (await desk.find(tickets[1] ?? '')).claim?.prefetch).toBe(true)
  const page = await openSigned(house, '/')
  await takeNext(page)
  await page.getByRole('heading', { name: 'Citra Rekaan' }).waitFor()
  const files = page.getByRole('navigation', { name: 'Berkas' }).getByRole('button')
  expect(await labels(files)).toEqual(['Akta1', 'KK2', 'KTP-el 13', 'KTP-el 24', 'Foto5'])

  await page.keyboard.press('2')
  await page.keyboard.press('m')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('s')
  await takePicture(page, 'berkas-pindah')
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect.poll(() => labels(files)).toEqual(['Akta1', 'KTP-el 12', 'KTP-el 23', 'Surat4', 'Foto5'])
  // onto the second of a kind: it becomes that page
  await files.filter({ hasText: 'Surat' }).dragTo(files.filter({ hasText: 'KTP-el 2' }))
  await expect.poll(() => labels(files)).toEqual(['Akta1', 'KTP-el 12', 'KTP-el 23', 'KTP-el 34', 'Foto5'])
  await page.getByText('Berkas dipilah').last().waitFor()

  await page.keyboard.press('1')
  await page.keyboard.press('m')
  await page.getByRole('button', { name: 'Milik murid lain' }).click()
  await page.getByLabel('Nama murid atau nomor antrean').fill('aisyah')
  await page.getByRole('radio', { name: /Aisyah Contoh/ }).click()
  await page.getByRole('button', { name: 'Pindahkan' }).click()
  await expect.poll(() => labels(files)).toEqual(['KTP-el 11', 'KTP-el 22', 'KTP-el 33', 'Foto4'])
  await colleague.getByText(`Berkas dipindahkan operator dari ${tickets[2]}`).waitFor()
  await expect.poll(() => labels(theirs)).toEqual(['Akta 11', 'KK2', 'KTP-el 13', 'KTP-el 24', 'Foto5', 'Akta 26'])
  await colleague.getByRole('button', { name: /^Dihapus pengirim ?Akta/ }).waitFor()
  for (const viewport of [PHONE, DESKTOP]) {
    await colleague.setViewportSize(viewport)
    await colleague.getByText(/^Dihapus pengirim .* Berkas ini tetap tersimpan\.$/).waitFor()
    expect(await axe(colleague)).toEqual([])
  }
  expect([...page.errors, ...colleague.errors]).toEqual([])
  await leave(page, colleague)
  await desk.giveBack(tickets[0]!)
  await desk.giveBack(tickets[2]!)
}, 180_000)
