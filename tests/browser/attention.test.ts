import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { ApplicationView } from '../../src/admin/contract/application.ts'
import { applications } from '../../src/models/application/kept.ts'
import { until } from '../e2e/support/service.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { shifts } from './shifts.ts'
import { axe, DESKTOP, leave, openHouse, openSigned, PHONE, pressUntil, say, takeNext } from './support.ts'
import type { House } from './support.ts'
import { within } from './within.ts'

let house: House
let desk: Desk
let dewi: { username: string; password: string }
let rudi: { username: string; password: string }
let ticket: string
let other: string

const panel = (page: Page) => page.getByRole('dialog')
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

const press = (page: Page, key: string) => pressUntil(page, key, panel(page))
async function answer(page: Page, label: string, text: string, submit: string): Promise<void> {
  await panel(page).getByLabel(label).fill(text)
  await panel(page)
    .getByRole('button', { name: new RegExp(`^${submit}`) })
    .click()
  await panel(page).waitFor({ state: 'detached' })
}
/** Gives the open case back, with the first reason; the next one follows. */
async function release(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Lepas/ }).click()
  await panel(page).getByRole('radio').first().click()
  await panel(page)
    .getByRole('button', { name: /^Lepas/ })
    .click()
  await panel(page).waitFor({ state: 'detached' })
}
async function open(page: Page, ticket: string): Promise<void> {
  await page.goto(`${house.service.url}/berkas/${(await desk.find(ticket)).id}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 2 })
  desk = await openDesk(house)
  let tickets: readonly string[]
  ;[dewi, rudi, tickets] = await Promise.all([
    desk.hire('dewi', 'Dewi Rekaan', ['verifikator']),
    desk.hire('rudi', 'Rudi Rekaan', ['verifikator']),
    enrolPupils(house, 'wati', '69900005', [
      ['Bagas Rekaan', '6311060107150001'],
      ['Citra Rekaan', '6311064107150002'],
    ]),
  ])
  ticket = tickets[0] ?? ''
  // a ticket is told before its place is kept, and both are taken in their order
  for (const one of tickets) await until(async () => (await desk.find(one)).state === 'queued', 15_000)
})
afterAll(async () => {
  await house.close()
})

test('a rejection is proposed, put back by the supervisor, proposed again and rejected with its reason', async () => {
  const hers = await openSigned(house, '/', { who: dewi })
  const page = await openSigned(house, '/antrean?tahap=attention')
  await page.getByText('Tidak ada yang menunggu penyelia').waitFor()

  await takeNext(hers)
  await hers.getByText(ticket).first().waitFor()
  await press(hers, 'x')
  await answer(hers, 'Alasan', 'Tinggal di daerah lain', 'Usulkan tolak')
  await hers.getByText(`${ticket} diusulkan ditolak`).first().waitFor()

  // the list says it by itself, and says why
  await page.getByText('Usulan tolak').waitFor()
  await page.getByRole('link', { name: 'Bagas Rekaan', exact: true }).click()
  await page.getByText('Tinggal di daerah lain').first().waitFor()
  await button(page, 'Kembalikan ke antrean').click()
  await answer(page, 'Catatan (boleh kosong)', 'Periksa KK yang baru', 'Kembalikan ke antrean')
  await page.getByText('Kembali ke antrean.').waitFor()

  await release(hers)
  await hers.getByRole('heading', { name: 'Bagas Rekaan' }).waitFor()
  await press(hers, 'x')
  await answer(hers, 'Alasan', 'Tetap di daerah lain', 'Usulkan tolak')

  await page.getByText('Tetap di daerah lain').first().waitFor()
  await button(page, 'Tolak').click()
  // why it was proposed, and what the school will read, stand beside the question
  await page.getByRole('dialog').getByText('Tetap di daerah lain').waitFor()
  await page.getByRole('dialog').getByLabel('Alasan').fill('Diterbitkan di daerah domisili')
  await page.getByLabel('Pesan ke sekolah').getByText('Diterbitkan di daerah domisili').waitFor()
  await answer(page, 'Alasan', 'Diterbitkan di daerah domisili', 'Tolak')
  await page.getByText('Ditolak', { exact: false }).first().waitFor()
  await expect
    .poll(async () => (await fetch(`${house.service.url}/demo/chat/wati/messages`)).text(), { timeout: 20_000 })
    .toContain('tidak dapat kami proses')
  expect([...page.errors, ...hers.errors]).toEqual([])
  await leave(page, hers)
})

test('what is moved to the front is the next; its claim is given to a colleague, and ended, with a word to each holder', async () => {
  const page = await openSigned(house, '/')
  ;[other = ''] = await enrolPupils(house, 'asih', '69900011', [['Dimas Rekaan', '6311060107150003']])
  await open(page, other)
  await button(page, 'Dahulukan').click()
  await answer(page, 'Alasan', 'Murid akan dioperasi di luar negeri', 'Dahulukan')
  await page.getByText('Berkas menjadi yang berikutnya.').waitFor()

  const hers = await openSigned(house, '/', { who: rudi })
  const theirs = await openSigned(house, '/', { who: dewi, viewport: PHONE })
  await button(theirs, /^Ambil berikutnya/).waitFor()
  const row = theirs.getByRole('listitem').filter({ hasText: 'Dimas Rekaan' })
  await row.waitFor()
  await shifts(theirs)
  await takeNext(hers)
  await hers.getByRole('heading', { name: 'Dimas Rekaan' }).waitFor()
  // the mark of who took it is in the row, and no row moves by it
  await row.getByText('Rudi Rekaan').waitFor()
  expect(await shifts(theirs)).toEqual([])

  // given to a colleague, who finds it on the page that is open
  await button(page, 'Alihkan klaim').click()
  await panel(page).getByLabel('Rekan').selectOption('Dewi Rekaan')
  expect(await axe(page)).toEqual([])
  await answer(page, 'Alasan', 'Rudi dipanggil rapat', 'Alihkan klaim')
  await page.getByText('Klaim dialihkan ke Dewi Rekaan.').waitFor()
  await page.getByRole('listitem').filter({ hasText: 'Klaim dialihkan ke Dewi Rekaan' }).waitFor()
  await panel(hers).getByText(`Klaim Anda atas ${other} dialihkan penyelia ke Dewi Rekaan.`).waitFor()
  await panel(hers).getByText('Rudi dipanggil rapat').waitFor()
  await panel(hers).getByText('Tidak ada yang dikirim ke sekolah.').waitFor()
  await panel(hers)
    .getByRole('button', { name: /^Tetap lihat/ })
    .click()
  await hers.getByText('Sedang dikerjakan Dewi Rekaan').waitFor()
  await button(theirs, new RegExp(`^Lanjutkan ${other}`)).click()
  await theirs.getByRole('heading', { name: 'Dimas Rekaan' }).waitFor()

  await button(page, 'Akhiri klaim').click()
  await answer(page, 'Alasan', 'Dewi rapat', 'Akhiri klaim')
  await panel(theirs).getByText(`Klaim Anda atas ${other} diakhiri`).waitFor()
  expect(await axe(theirs)).toEqual([])
  await panel(theirs)
    .getByRole('button', { name: /^Tetap lihat/ })
    .click()
  await theirs.getByText('Menunggu giliran').waitFor()
  expect([...page.errors, ...hers.errors, ...theirs.errors]).toEqual([])
  await leave(page, hers, theirs)
})

test('the school asks to cancel while the case is open, and the holder does it', async () => {
  const page = await openSigned(house, '/')
  await takeNext(page)
  await page.getByRole('heading', { name: 'Dimas Rekaan' }).waitFor()
  expect(await button(page, 'Batalkan permohonan').count()).toBe(0)
  await say(house, 'asih', { text: `batal ${other}` })
  await say(house, 'asih', { text: 'ya batal' })
  await page.getByText('Sekolah meminta pembatalan').waitFor()
  await button(page, 'Batalkan permohonan').click()
  await panel(page)
    .getByRole('button', { name: /^Batalkan permohonan/ })
    .click()
  await page.getByText('Permohonan dibatalkan.').waitFor()
  // my own act has ended the claim: nobody has taken it from me
  await page.getByText('Dibatalkan, hanya dibaca').waitFor()
  expect(await panel(page).count()).toBe(0)
  expect(page.errors).toEqual([])
  await leave(page)
})

test('a lease that runs out locks the page at that moment, and keeps what was typed', async () => {
  const [hers = ''] = await enrolPupils(house, 'eka', '69900006', [['Eka Rekaan', '6311064107150009']])
  await until(async () => (await desk.find(hers)).state === 'queued', 15_000)
  const { id } = await desk.find(hers)
  await desk.call('POST', `/api/applications/${id}/move-front`, { reason: 'Uji coba', transactionId: `front-${id}` })
  const page = await openSigned(house, '/', { who: await desk.hire('nia', 'Nia Rekaan', ['verifikator']) })
  await takeNext(page)
  await page.getByRole('heading', { name: 'Eka Rekaan' }).waitFor()
  // the end of its ten minutes, six seconds from now
  const leaseUntil = new Date(Date.now() + 6000)
  await within(house, ({ database }) =>
    applications(database).updateOne({ _id: id }, { $set: { 'claim.leaseUntil': leaseUntil }, $inc: { rev: 1 } }),
  )
  await page.reload()
  await button(page, 'Kembalikan').click()
  await page.getByLabel('Catatan untuk sekolah').fill('fkn lihat KK')
  await panel(page).getByText(`Waktu klaim ${hers} habis.`).waitFor()
  expect(Date.now()).toBeLessThan(leaseUntil.getTime() + 2000)
  await panel(page).getByText('fkn lihat KK').waitFor()
  await panel(page)
    .getByRole('button', { name: /^Tetap lihat/ })
    .click()
  // read as by anybody of the stage: none of the holder's acts is there
  for (const name of ['Setujui', 'Kembalikan', 'Lepas']) expect(await button(page, name).count(), name).toBe(0)
  expect(page.errors).toEqual([])
  await leave(page)
})

test('what the machine cannot look at is named on the page, on phones as well', async () => {
  const page = await openSigned(house, '/antrean')
  // as a server answers on which these parts do not load
  await page.route('**/api/office', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), missing: ['reading', 'heic'] } })
  })
  await page.reload()
  const banner = page.getByText('Server ini tidak dapat membaca tulisan pada berkas, membuka foto HEIC')
  await banner.waitFor()
  expect(await shifts(page)).toEqual([])
  for (const size of [DESKTOP, PHONE]) {
    await page.setViewportSize(size)
    await banner.waitFor()
    await page.getByText('Periksa sendiri setiap berkas.').waitFor()
    expect(await axe(page)).toEqual([])
  }
  expect(page.errors).toEqual([])
  await leave(page)
})

test('what waits for the office alone is named on the supervisors’ list, and queues anew by one click', async () => {
  await enrolPupils(house, 'lestari', '69900012', [['Eka Rekaan', '6311064107150009']])
  const claimed = await desk.call('POST', '/api/queue/claim', { stages: ['verification'] })
  const { id, claim, pupil } = ApplicationView.parse(claimed.body)
  const reasons = ['RR_DATA_NOT_SYNCED']
  const decision = { token: claim?.token, action: 'return', reasons, transactionId: 'kembali-kantor' }
  await desk.call('POST', `/api/applications/${id}/decisions`, decision)
  const page = await openSigned(house, '/antrean?tahap=attention')
  await page.getByText('Menunggu kantor').waitFor()
  await page.getByRole('link', { name: pupil?.name ?? '', exact: true }).click()
  await button(page, 'Kembalikan ke antrean').click()
  await panel(page).getByText('Sekolah diberi tahu.', { exact: false }).waitFor()
  await answer(page, 'Catatan (boleh kosong)', 'Sudah selaras', 'Kembalikan ke antrean')
  await page.getByText('Kembali ke antrean.').waitFor()
  expect(page.errors).toEqual([])
  await leave(page)
})

test('however much waits for a supervisor, the list says how much and shows all of it, page by page', async () => {
  const from = Date.now() - 86_400_000
  const many = Array.from({ length: 120 }, (_, i) => ({
    _id: `lama-${i}`,
    ticket: `L${100 + i}-0`,
    stage: 'returned',
    state: 'idle',
    npsn: '69900005',
    findingCodes: [],
    attention: i % 2 ? 'office-due' : 'released-often',
    submittedAt: new Date(from),
    stageAt: new Date(from + i * 1_000),
  }))
  await within(house, ({ database }) => applications(database).collection.insertMany(many.toReversed() as never))
  const page = await openSigned(house, '/antrean?tahap=attention')
  await page.getByRole('tab', { name: '120 Perlu penyelia' }).waitFor()
  const list = page.getByRole('region', { name: 'Daftar penyelia' })
  await list.getByRole('listitem').first().getByText('L100-0').waitFor()
  await list.hover()
  await page.mouse.wheel(0, 100_000)
  await list.getByText('L199-0').waitFor()
  await page.getByRole('button', { name: 'Berkas berikutnya' }).click()
  await list.locator('[aria-setsize="120"]').first().waitFor()
  await page.getByRole('button', { name: 'Berkas berikutnya' }).waitFor({ state: 'detached' })
  await page.mouse.wheel(0, 100_000)
  await list.locator('[aria-posinset="120"][aria-setsize="120"]').getByText('L219-0').waitFor()
  expect(await list.getByRole('listitem').count()).toBeLessThan(60)
  expect(page.errors).toEqual([])
  await leave(page)
})
