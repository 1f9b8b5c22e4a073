import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { QueuePage } from '../../src/admin/contract/queue.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { axe, leave, openHouse, openPage, openSigned } from './support.ts'
import type { House, Window } from './support.ts'

/** A window that counts its rows when it prints. */
type Printed = {
  addEventListener(type: 'beforeprint', listen: () => void): void
  document: { querySelectorAll(rows: string): { length: number } }
  printed: number
}
let house: House
let desk: Desk
let lia: { username: string; password: string }
let tickets: readonly string[]

const panel = (page: Page) => page.getByRole('dialog')
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
  await page.getByRole('button', { name: 'Salah cetak' }).click()
  await panel(page).getByRole('radio', { name: 'Lainnya' }).click()
  await panel(page).getByLabel('Keterangan').fill('Pita habis di tengah kartu')
  await panel(page)
    .getByRole('button', { name: /^Catat salah cetak/ })
    .click()
  await page.getByText('Salah cetak tercatat.').waitFor()
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

test('cards are handed over, and those that could not be are named', async () => {
  await desk.bring(tickets, 'ready')
  const [first = '', second = '', third = ''] = tickets
  const page = await atCounter()
  await page.getByText(`${tickets.length} kartu`).first().waitFor()
  await page.getByRole('checkbox', { name: `Pilih ${first}` }).check()
  await page.getByRole('checkbox', { name: `Pilih ${second}` }).check()
  await page.getByRole('button', { name: /^Serahkan 2 kartu/ }).click()
  await panel(page).getByLabel('Diterima oleh').fill('Ibu Wati Rekaan')
  // while the form is open a colleague finds a misprint
  const { id } = await desk.find(second)
  await desk.call('POST', `/api/applications/${id}/misprint`, { reason: 'Foto miring', transactionId: `m-${id}` })
  await panel(page).getByRole('button', { name: 'Serahkan', exact: true }).click()
  const notice = page.getByRole('status').filter({ hasText: '1 kartu tidak diserahkan' })
  await notice.getByText(second).waitFor()
  await notice.getByText('Citra Rekaan').waitFor()
  await notice.getByText('Cetak').waitFor()
  await page.getByRole('checkbox', { name: `Pilih ${first}` }).waitFor({ state: 'detached' })
  await page.getByRole('checkbox', { name: `Pilih ${third}` }).waitFor()
  expect((await desk.find(first)).stage).toBe('handed_over')
  expect((await desk.find(second)).stage).toBe('printing')
  expect(page.errors).toEqual([])
  await leave(page)
})

test('of a school with more ready cards than the server lists at once those near the view are drawn, all can be handed over, and nothing is left out on paper', async () => {
  const page = await openSigned(house, '/serah-terima')
  const cards = '**/api/applications?*'
  await page.route(cards, async (route) => {
    const url = new URL(route.request().url())
    const from = Number(url.searchParams.get('after')?.split('-')[0] ?? 0)
    url.searchParams.delete('after')
    const response = await route.fetch({ url: url.href })
    const { items } = QueuePage.parse(await response.json())
    const many = Array.from({ length: Math.min(200, 450 - from) }, (_, i) => ({
      ...items[0],
      id: `kartu-${from + i + 1}`,
      ticket: `K-${from + i + 1}`,
    }))
    const next = from + many.length < 450 ? { next: `${from + many.length}-kartu` } : {}
    await route.fulfill({ response, json: { total: 450, items: many, ...next } })
  })
  await page.route('**/api/portrait-sheets', (route) =>
    route.fulfill({ contentType: 'application/pdf', body: '%PDF-' }),
  )
  await page.reload()
  await page.getByText('200 dari 450 kartu tampil di sini').waitFor()

  // what is ticked stays so while it is not drawn, and the school's bar speaks of all of them
  const drawn = page.locator('tr[aria-rowindex]')
  const card = (n: number) => page.getByRole('checkbox', { name: `Pilih K-${n}`, exact: true })
  expect(await drawn.count()).toBeLessThan(60)
  await card(1).check()
  await page.getByRole('region', { name: 'Kartu siap diambil' }).hover()
  await page.mouse.wheel(0, 100_000)
  await card(200).waitFor()
  expect(await drawn.count()).toBeLessThan(60)
  expect(await card(30).count()).toBe(0)
  // whoever goes by keys finds the row they were at
  expect(await card(1).count()).toBe(1)
  await card(200).check()
  await card(1).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Kartu berikutnya' }).click()
  await page.getByText('400 dari 450 kartu tampil di sini').waitFor()
  await page.mouse.wheel(0, -100_000)
  await page.getByText('400 kartu di sini').waitFor()
  await page.getByRole('button', { name: /^Serahkan 2 kartu/ }).waitFor()
  expect([await card(1).isChecked(), await card(2).isChecked()]).toEqual([true, false])
  expect(await axe(page)).toEqual([])

  // more than the server writes at once go in parts, each under a key of its own
  const parts: { applications: string[]; receivedBy: string; transactionId: string }[] = []
  await page.route('**/api/handovers', async (route) => {
    const part = route.request().postDataJSON() as (typeof parts)[number]
    parts.push(part)
    await route.fulfill({ json: { items: part.applications.map((id) => ({ id, done: true, stage: 'handed_over' })) } })
  })
  await page.getByRole('region').getByRole('checkbox').first().check()
  await page.getByRole('button', { name: /^Serahkan 400 kartu/ }).click()
  await panel(page).getByLabel('Diterima oleh').fill('Ibu Wati Rekaan')
  await panel(page).getByRole('button', { name: 'Serahkan', exact: true }).click()
  await panel(page).waitFor({ state: 'detached' })
  expect(parts.map((part) => [part.applications.length, part.applications[0], part.receivedBy])).toEqual([
    [200, 'kartu-1', 'Ibu Wati Rekaan'],
    [200, 'kartu-201', 'Ibu Wati Rekaan'],
  ])
  expect(new Set(parts.map((part) => part.transactionId)).size).toBe(2)

  await page.getByRole('link', { name: 'Daftar siap diambil' }).click()
  await page.getByText(/ 450 kartu, keadaan /).waitFor()
  expect(await drawn.count()).toBeLessThan(100)
  // on paper nothing is left out
  await page.evaluate(() => {
    const window = globalThis as unknown as Printed
    window.addEventListener('beforeprint', () => {
      window.printed = window.document.querySelectorAll('tr[aria-rowindex]').length
    })
  })
  await page.getByRole('button', { name: 'Cetak daftar' }).click()
  expect(await page.evaluate(() => (globalThis as unknown as Printed).printed)).toBe(451)
  for (const [part, first, last, firstPage] of [
    [1, 1, 210, 1],
    [2, 211, 420, 6],
    [3, 421, 450, 11],
  ]) {
    const [asked, saved] = [page.waitForRequest('**/api/portrait-sheets'), page.waitForEvent('download')]
    await page.getByRole('button', { name: `Lembar pas foto ${first}–${last}` }).click()
    const { applications } = (await asked).postDataJSON() as { applications: string[] }
    expect([applications.length, (await asked).postDataJSON()]).toMatchObject([last! - first! + 1, { firstPage }])
    expect((await saved).suggestedFilename()).toBe(`pas-foto-69900005-${part}-dari-3.pdf`)
  }
  expect(await axe(page)).toEqual([])
  expect(page.errors).toEqual([])
  await leave(page)
})

test('a card that was handed over is found by its ticket and noted as received', async () => {
  const [first = '', , third = ''] = tickets
  const page = await atCounter()
  await page.getByRole('link', { name: 'Cari' }).click()
  await page.getByRole('textbox').first().fill(first.toLowerCase().replace('-', ''))
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Bagas Rekaan', exact: true }).click()
  await page.getByRole('button', { name: 'Sudah diterima murid' }).click()
  await page.getByText('Tercatat diterima.').waitFor()
  expect((await desk.find(first)).stage).toBe('received')

  // a misprint that shows only at the counter goes back to the printer
  await page.getByRole('link', { name: 'Serah terima' }).click()
  await page.getByRole('link', { name: 'Dimas Rekaan' }).click()
  await page.getByRole('button', { name: 'Salah cetak' }).click()
  await panel(page).getByRole('radio', { name: 'Data salah' }).click()
  await panel(page).getByLabel('Keterangan').fill('Nama terpotong')
  await panel(page)
    .getByRole('button', { name: /^Catat salah cetak/ })
    .click()
  await page.getByText('Salah cetak tercatat.').waitFor()
  await page.getByText('Salah cetak: Data salah').waitFor()
  expect((await desk.find(third)).stage).toBe('printing')
  expect(page.errors).toEqual([])
  await leave(page)
})
