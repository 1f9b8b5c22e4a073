import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { walkLongQueue } from './long-queue.ts'
import { listMany, portraitParts } from './many-cards.ts'
import { printedRows } from './printed.ts'
import { axe, DESKTOP, leave, openHouse, openPage, openSigned, PHONE } from './support.ts'
import type { House, Window } from './support.ts'

let house: House
let desk: Desk
let lia: { username: string; password: string }
let tickets: readonly string[]

const panel = (page: Page) => page.getByRole('dialog')
/** The bar of the only school with finished cards, by which its cards are shown. */
const schoolOf = (page: Page) =>
  page.getByRole('region', { name: 'Kartu siap diambil' }).getByRole('button', { expanded: false })
async function noteMisprint(page: Page, reason: string, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Salah cetak' }).click()
  await panel(page).getByRole('radio', { name: reason }).click()
  await panel(page).getByLabel('Keterangan').fill(note)
  const submit = panel(page).getByRole('button', { name: /^Catat salah cetak/ })
  await submit.click()
  await page.getByText('Salah cetak tercatat.').waitFor()
}
/** Everything but the last button. */
async function giveTo(page: Page, cards: number, name: string): Promise<void> {
  await page.getByRole('button', { name: `Serahkan ${cards} kartu` }).click()
  await panel(page).getByLabel('Diterima oleh').fill(name)
}
async function atCounter(): Promise<Window> {
  const page = await openPage(house, '/')
  await page.getByLabel('Nama pengguna').fill(lia.username)
  await page.getByLabel('Kata sandi', { exact: true }).fill(lia.password)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Serah terima' }).click()
  await page.getByRole('heading', { name: 'Serah terima' }).waitFor()
  return page
}

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 1 })
  desk = await openDesk(house)
  ;[lia, tickets] = await Promise.all([
    desk.hire('lia', 'Lia Rekaan', ['loket']),
    enrolPupils(house, 'wati', '69900005', [
      ['Bagas Rekaan', '6311060107150001'],
      ['Citra Rekaan', '6311064107150002'],
      ['Dimas Rekaan', '6311060107150003'],
      ['Eka Rekaan', '6311064107150004'],
    ]),
  ])
  await desk.bring(tickets, 'printing')
})
afterAll(async () => {
  await house.close()
})

test('a card that came out wrong is printed again, and its printer goes on', async () => {
  const [first = ''] = tickets
  const page = await openSigned(house, '/antrean?tahap=printing')
  await page.getByText(`${tickets.length} berkas`).first().waitFor()
  await page.getByRole('button', { name: /^Ambil berikutnya/ }).click()
  await page.getByRole('heading', { name: 'Bagas Rekaan' }).waitFor()
  await noteMisprint(page, 'Lainnya', 'Pita habis di tengah kartu')
  await page.getByText('Pita habis di tengah kartu').waitFor()
  // my own act has ended the claim: nobody has taken it from me
  expect(await panel(page).count()).toBe(0)
  await page.getByRole('button', { name: 'Kembali ke antrean' }).click()
  await page.getByRole('link', { name: 'Bagas Rekaan', exact: true }).waitFor()
  expect((await desk.find(first)).stage).toBe('printing')

  // the other tabs say what they hold, and an empty one where there is work
  await page.getByRole('tab', { name: /Verifikasi/ }).click()
  await page.getByText('Antrean verifikasi kosong').waitFor()
  await page.getByRole('link', { name: /^Buka Cetak/ }).click()
  await page.getByRole('tab', { name: /Cetak/, selected: true }).waitFor()
  await page.getByRole('tab', { name: /Siap diambil/ }).click()
  await page.getByText('Daftar siap diambil kosong').waitFor()
  expect(page.errors).toEqual([])
  await leave(page)
})

test('two at the counter, one on a phone, hand cards over, and those that could not be are named', async () => {
  await desk.bring(tickets, 'ready')
  const [first = '', second = '', third = '', fourth = ''] = tickets
  const page = await atCounter()
  const phone = await openSigned(house, '/serah-terima', { viewport: PHONE })
  const card = (at: Page, ticket: string) => at.getByRole('checkbox', { name: `Pilih ${ticket}` })
  await page.getByText('4 kartu siap, 1 sekolah').waitFor()
  await schoolOf(page).click()
  await page.setViewportSize(PHONE)
  expect(await axe(page)).toEqual([])
  await page.setViewportSize(DESKTOP)
  await schoolOf(phone).click()
  await card(page, first).check()
  await card(page, second).check()
  await card(phone, first).check()
  await card(phone, fourth).check()
  await giveTo(page, 2, 'Ibu Wati Rekaan')
  // while the form is open a colleague finds a misprint
  const { id } = await desk.find(second)
  await desk.call('POST', `/api/applications/${id}/misprint`, { reason: 'Foto miring', transactionId: `m-${id}` })
  await panel(page).getByRole('button', { name: 'Serahkan', exact: true }).click()
  const notice = page.getByRole('status').filter({ hasText: '1 kartu tidak diserahkan' })
  await notice.getByText(second).waitFor()
  await notice.getByText('Citra Rekaan').waitFor()
  await notice.getByText('Cetak').waitFor()
  await card(page, first).waitFor({ state: 'detached' })
  await card(page, third).waitFor()
  await page.getByText('2 kartu siap, 1 sekolah').waitFor()
  expect((await desk.find(first)).stage).toBe('handed_over')
  expect((await desk.find(second)).stage).toBe('printing')

  // what the other has handed over meanwhile is ticked no more
  await card(phone, first).waitFor({ state: 'detached' })
  await giveTo(phone, 1, 'Bapak Eko Rekaan')
  await panel(phone).getByRole('button', { name: 'Serahkan', exact: true }).click()
  await card(page, fourth).waitFor({ state: 'detached' })
  expect((await desk.find(fourth)).stage).toBe('handed_over')

  // the last card of the school is found by its pupil, by its number, and with its school
  const find = page.getByRole('textbox', { name: 'Cari sekolah, murid atau nomor' })
  for (const words of ['dimas', third.toLowerCase()]) {
    await find.fill(words)
    await page.getByText('1 kartu, 1 ditemukan').waitFor()
    await card(page, third).waitFor()
  }
  await find.fill('citra')
  await page.getByText('Tidak ada kartu siap yang sesuai').waitFor()
  await find.fill('6990')
  await schoolOf(page).waitFor()
  expect(await card(page, third).count()).toBe(0)
  expect([...page.errors, ...phone.errors]).toEqual([])
  await leave(page, phone)
})

test('of a school with more ready cards than the server lists at once those near the view are drawn, all can be handed over, and nothing is left out on paper', async () => {
  const page = await openSigned(house, '/serah-terima')
  const { handedOver } = await listMany(page, 450)
  await page.reload()
  // before a card of it has come, the school's bar says how many there are
  await page.getByText('450 kartu', { exact: true }).waitFor()
  await schoolOf(page).click()
  // what is ticked stays so while it is not drawn, and the school's bar speaks of all of them
  const drawn = page.locator('tr[aria-rowindex]')
  const card = (n: number) => page.getByRole('checkbox', { name: `Pilih K-${n}`, exact: true })
  expect(await drawn.count()).toBeLessThan(60)
  await card(1).check()
  await page.getByRole('region', { name: 'Kartu siap diambil' }).hover()
  await page.mouse.wheel(0, 100_000)
  await card(450).waitFor()
  expect(await drawn.count()).toBeLessThan(60)
  expect(await card(30).count()).toBe(0)
  // whoever goes by keys finds the row they were at
  expect(await card(1).count()).toBe(1)
  await card(450).check()
  await card(1).waitFor({ state: 'detached' })
  await page.mouse.wheel(0, -100_000)
  await page.getByRole('button', { name: /^Serahkan 2 kartu/ }).waitFor()
  expect([await card(1).isChecked(), await card(2).isChecked()]).toEqual([true, false])
  expect(await axe(page)).toEqual([])

  // more than the server writes at once go in parts, each under a key of its own
  await page.getByRole('checkbox', { name: /^Semua kartu / }).check()
  await giveTo(page, 450, 'Ibu Wati Rekaan')
  await panel(page).getByRole('button', { name: 'Serahkan', exact: true }).click()
  await panel(page).waitFor({ state: 'detached' })
  expect(handedOver.map((part) => [part.applications.length, part.applications[0], part.receivedBy])).toEqual([
    [200, 'kartu-1', 'Ibu Wati Rekaan'],
    [200, 'kartu-201', 'Ibu Wati Rekaan'],
    [50, 'kartu-401', 'Ibu Wati Rekaan'],
  ])
  expect(new Set(handedOver.map((part) => part.transactionId)).size).toBe(3)
  // what the server still counts stays, with the school
  await page.getByText('450 kartu', { exact: true }).waitFor()

  await page.getByRole('link', { name: 'Daftar siap diambil' }).click()
  await page.getByText(/ 450 kartu, keadaan /).waitFor()
  expect(await drawn.count()).toBeLessThan(100)
  // on paper nothing is left out
  expect(await printedRows(page, () => page.getByRole('button', { name: 'Cetak daftar' }).click())).toBe(451)
  const parts = await portraitParts(page, [
    [1, 210],
    [211, 420],
    [421, 450],
  ])
  expect(parts).toEqual(
    [
      [210, 1],
      [210, 6],
      [30, 11],
    ].map(([cards, firstPage], i) => ({ cards, firstPage, name: `pas-foto-69900005-${i + 1}-dari-3.pdf` })),
  )
  expect(await axe(page)).toEqual([])
  expect(page.errors).toEqual([])
  await leave(page)
})

test('a card that was handed over is found by its ticket and noted as received', async () => {
  const [first = '', second = '', third = ''] = tickets
  const page = await atCounter()
  await page.getByRole('link', { name: 'Cari' }).click()
  await page.getByRole('textbox').first().fill(first.toLowerCase().replace('-', ''))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Sudah diterima murid' }).click()
  await page.getByText('Tercatat diterima.').waitFor()
  expect((await desk.find(first)).stage).toBe('received')

  // a misprint that shows only at the counter goes back to the printer
  await page.getByRole('link', { name: 'Serah terima' }).click()
  await schoolOf(page).click()
  await page.getByRole('link', { name: 'Dimas Rekaan' }).click()
  await noteMisprint(page, 'Data salah', 'Nama terpotong')
  await page.getByText('Salah cetak: Data salah').waitFor()
  expect((await desk.find(third)).stage).toBe('printing')

  // printed anew it is handed over where Cari has found it
  await desk.bring([second, third], 'ready')
  await page.getByRole('link', { name: 'Cari' }).click()
  await page.getByRole('textbox').first().fill('dimas')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Dimas Rekaan' }).click()
  await page.getByRole('button', { name: 'Serahkan' }).click()
  await panel(page).getByLabel('Diterima oleh').fill('Ibu Wati Rekaan')
  await page.keyboard.press('Enter')
  await panel(page).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Sudah diterima murid' }).waitFor()
  expect((await desk.find(third)).stage).toBe('handed_over')
  expect(page.errors).toEqual([])
  await leave(page)
})

test('a long queue comes by pages, and of its groups and of a large batch only what is near the view is drawn', () =>
  walkLongQueue(house, desk))
