import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { axe, leave, openHouse, openPage, openSigned, PHONE, pressUntil, say, SUPERVISOR, takeNext } from './support.ts'
import type { House } from './support.ts'

const REAL = { npsn: '30399001', name: 'SDN Rekaan Satu' }
const OTHER = { npsn: '30399002', name: 'SDN Rekaan Dua' }
let house: House
let desk: Desk
let wulan: { username: string; password: string }

/** Somebody says who they are and for which school; a school that is not a sample asks for a code. */
async function register(person: string, npsn: string, name: string, code = 'belum'): Promise<string> {
  for (const text of ['halo', 'setuju', npsn, 'ya', code, name]) await say(house, person, { text })
  return say(house, person, { text: '1' })
}
const supervisorAt = (path: string) => openSigned(house, path)
/** A second supervisor, on a phone. */
const wulanAt = (path: string) => openSigned(house, path, { who: wulan, viewport: PHONE })
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })
const dialog = (page: Page) => page.getByRole('dialog')
const tab = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

async function more(page: Page, name: string, act: string): Promise<void> {
  await page.getByRole('button', { name: `Lainnya, ${name}` }).click()
  await page.getByRole('menuitem', { name: act }).click()
}
async function heard(person: string): Promise<string> {
  return (await fetch(`${house.service.url}/demo/chat/${person}/messages`)).text()
}

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 1, apart: {} })
  desk = await openDesk(house)
  wulan = await desk.hire('wulan', 'Wulan Rekaan', ['supervisor'])
  const schools = [REAL, OTHER].map((school) => ({ ...school, kecamatan: 'Paringin', enrolled: 90 }))
  await desk.call('POST', '/api/schools', { schools })
})
afterAll(async () => {
  await house.close()
})

describe('coordinators', () => {
  test('one who waits shows by itself, is let in, and hears of it', async () => {
    const [page, phone] = await Promise.all([supervisorAt('/koordinator'), wulanAt('/koordinator')])
    await page.getByText('Tidak ada yang menunggu').waitFor()
    await register('rini', REAL.npsn, 'Rini Rekaan')
    // the other supervisor is first, on a phone
    await row(page, 'Rini Rekaan').waitFor()
    await row(phone, 'Rini Rekaan').getByRole('button', { name: 'Setujui' }).click()
    for (const one of [page, phone]) await one.getByText('Tidak ada yang menunggu').waitFor()
    await tab(page, 'Disetujui').click()
    await row(page, 'Rini Rekaan').getByText(REAL.name).waitFor()
    await expect.poll(() => heard('rini'), { timeout: 10_000 }).toContain('sudah disetujui')
    expect([...page.errors, ...phone.errors]).toEqual([])
    await leave(page, phone)
  })

  test('a code lets the next one in without the supervisor', async () => {
    const page = await supervisorAt('/sekolah')
    await page.getByRole('textbox', { name: 'Cari sekolah' }).fill('Rekaan Satu')
    await page.getByRole('button', { name: `Buat kode undangan ${REAL.name}` }).click()
    await page.getByLabel('Berlaku').selectOption('7')
    await page.getByLabel('Dapat dipakai').selectOption('1')
    await page.getByRole('button', { name: 'Buat kode', exact: true }).click()
    await page.getByText('Hanya tampil sekali').waitFor()
    const code = (await dialog(page).locator('p').first().textContent()) ?? ''
    await page.getByRole('button', { name: 'Salin', exact: true }).click()
    await page.getByRole('button', { name: 'Tersalin' }).waitFor()
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: `Buat kode undangan ${REAL.name}` }).click()
    await page.getByText('Masih terbuka: 1 kode.').waitFor()

    await register('sari', REAL.npsn, 'Sari Rekaan', code)
    await page.goto(`${house.service.url}/koordinator`)
    await tab(page, 'Disetujui').click()
    await row(page, 'Sari Rekaan').waitFor()
    expect(page.errors).toEqual([])
    await leave(page)
  })

  test('are suspended for a substitute, let in again, moved and replaced', async () => {
    const page = await supervisorAt('/koordinator')
    await tab(page, 'Disetujui').click()
    await more(page, 'Sari Rekaan', 'Tangguhkan')
    await dialog(page).getByLabel('Alasan').fill('Cuti panjang')
    await dialog(page).getByLabel('Pengganti (boleh kosong)').selectOption('Rini Rekaan')
    await dialog(page).getByRole('button', { name: 'Tangguhkan' }).click()
    await dialog(page).waitFor({ state: 'detached' })
    await row(page, 'Sari Rekaan').waitFor({ state: 'detached' })
    await tab(page, 'Ditangguhkan').click()
    await row(page, 'Sari Rekaan').getByText('Diganti Rini Rekaan').waitFor()
    await page.getByRole('button', { name: 'Aktifkan lagi Sari Rekaan' }).click()
    await page.getByText('Tidak ada koordinator').waitFor()

    await tab(page, 'Disetujui').click()
    await more(page, 'Sari Rekaan', 'Pindah sekolah')
    await dialog(page).getByLabel('NPSN sekolah baru').fill('30399999')
    await dialog(page).getByLabel('Alasan').fill('Mutasi')
    await dialog(page).getByRole('button', { name: 'Pindahkan' }).click()
    await dialog(page).getByText('NPSN belum terdaftar.').waitFor()
    await dialog(page).getByLabel('NPSN sekolah baru').fill(OTHER.npsn)
    await dialog(page).getByRole('button', { name: 'Pindahkan' }).click()
    await row(page, 'Sari Rekaan').getByText(OTHER.name).waitFor()

    // nobody else of the new school is there to take over, so there is nobody to choose
    await more(page, 'Sari Rekaan', 'Ganti orang')
    await dialog(page).getByText('Belum ada koordinator lain').waitFor()
    await page.keyboard.press('Escape')
    await more(page, 'Sari Rekaan', 'Pindah sekolah')
    await dialog(page).getByLabel('NPSN sekolah baru').fill(REAL.npsn)
    await dialog(page).getByLabel('Alasan').fill('Kembali')
    await dialog(page).getByRole('button', { name: 'Pindahkan' }).click()
    await row(page, 'Sari Rekaan').getByText(REAL.name).waitFor()
    await more(page, 'Sari Rekaan', 'Ganti orang')
    await dialog(page).getByLabel('Diganti oleh').selectOption('Rini Rekaan')
    await dialog(page).getByLabel('Alasan').fill('Pensiun')
    await dialog(page).getByRole('button', { name: 'Ganti' }).click()
    await row(page, 'Sari Rekaan').waitFor({ state: 'detached' })
    expect(page.errors).toEqual([])
    await leave(page)
  })
})

test('a plea is counted in the rail, is closed with a note, and stays under what is done', async () => {
  const page = await supervisorAt('/pengaduan')
  await page.getByText('Tidak ada yang terbuka').waitFor()
  await say(house, 'rini', { text: 'petugas' })
  await say(house, 'rini', { text: 'pengaduan' })
  await say(house, 'rini', { text: 'Kartu belum jadi lima hari' })
  await row(page, 'Kartu belum jadi').waitFor()
  await page.getByRole('link', { name: 'Pengaduan 2 menunggu' }).waitFor()
  await tab(page, 'Permintaan petugas').click()
  await expect.poll(() => page.getByRole('row').count()).toBe(2)
  await tab(page, /^Pengaduan$/).click()
  await row(page, 'Kartu belum jadi')
    .getByRole('button', { name: /^Selesaikan/ })
    .click()
  await dialog(page).getByLabel('Apa yang dilakukan').fill('Sekolah ditelepon, kartu dicetak hari ini')
  await dialog(page).getByRole('button', { name: 'Tandai selesai' }).click()
  await page.getByText('Tidak ada yang terbuka').waitFor()
  await page.getByRole('link', { name: 'Pengaduan 1 menunggu' }).waitFor()
  await tab(page, 'Selesai').click()
  await row(page, 'Dilakukan: Sekolah ditelepon').waitFor()
  expect(page.errors).toEqual([])
  await leave(page)
})

test('an operator is added, chooses a password of their own, changes roles and is let go', async () => {
  const page = await supervisorAt('/operator')
  await tab(page, 'Tambah operator').click()
  await dialog(page).getByLabel('Nama', { exact: true }).fill('Dewi Rekaan')
  await dialog(page).getByLabel('Nama pengguna').fill('dewi')
  await dialog(page).getByRole('checkbox', { name: 'Loket' }).check()
  await dialog(page).getByRole('button', { name: 'Simpan' }).click()
  await page.getByText('Kata sandi Dewi Rekaan').waitFor()
  const first = (await dialog(page).locator('p').first().textContent()) ?? ''
  await page.keyboard.press('Escape')
  await row(page, 'Dewi Rekaan').getByText('Loket').waitFor()

  const hers = await openPage(house, '/')
  await hers.getByLabel('Nama pengguna').fill('dewi')
  await hers.getByLabel('Kata sandi', { exact: true }).fill(first)
  await hers.keyboard.press('Enter')
  await hers.getByRole('heading', { name: 'Buat kata sandi Anda' }).waitFor()
  await hers.getByLabel('Kata sandi sekarang', { exact: true }).fill('bukan yang ini')
  await hers.getByLabel('Kata sandi baru', { exact: true }).fill('sandi-dewi-2026')
  await hers.getByLabel('Kata sandi baru sekali lagi', { exact: true }).fill('sandi-dewi-2026')
  await hers.getByRole('button', { name: 'Simpan kata sandi' }).click()
  await hers.getByText('Kata sandi sekarang tidak cocok.').waitFor()
  await hers.getByLabel('Kata sandi sekarang', { exact: true }).fill(first)
  await hers.getByRole('button', { name: 'Simpan kata sandi' }).click()
  await hers.getByRole('link', { name: 'Serah terima' }).waitFor()
  expect(await hers.getByRole('link', { name: 'Operator' }).count()).toBe(0)
  expect(await hers.getByRole('button', { name: 'Ambil berikutnya' }).count()).toBe(0)

  await page.getByRole('button', { name: 'Ubah Dewi Rekaan' }).click()
  await dialog(page).getByRole('checkbox', { name: 'Verifikator' }).check()
  await dialog(page).getByRole('button', { name: 'Simpan' }).click()
  await row(page, 'Dewi Rekaan').getByText('Verifikator, loket').waitFor()
  // the new work is there without signing in again
  await hers.getByRole('button', { name: 'Ambil berikutnya' }).waitFor()

  await more(page, 'Dewi Rekaan', 'Nonaktifkan')
  await dialog(page).getByText('Ia tidak memegang apa pun.').waitFor()
  await dialog(page).getByRole('button', { name: 'Nonaktifkan' }).click()
  await row(page, 'Dewi Rekaan').getByText('Tidak aktif').waitFor()
  // unless the page has heard of it before
  await hers
    .getByRole('link', { name: 'Cari' })
    .click({ timeout: 2_000 })
    .catch(() => undefined)
  await hers.getByLabel('Nama pengguna').waitFor({ timeout: 30_000 })

  expect(page.errors).toEqual([])
  expect(hers.errors).toEqual([])
  await leave(page, hers)
})

test('after a power cut two consoles go on by themselves, and see each other again, without a reload; what is being decided waits', async () => {
  const [ticket] = await enrolPupils(house, 'asih', '69900011', [['Damar Rekaan', '6311060107150011']])
  const deciding = await supervisorAt('/antrean')
  await takeNext(deciding)
  await pressUntil(deciding, 'r', dialog(deciding))
  const send = dialog(deciding).getByRole('button', { name: 'Kembalikan, 1 alasan' })
  await deciding.keyboard.press('f')
  await send.getByText('Enter', { exact: true }).waitFor()
  await deciding.keyboard.press('Tab')
  await deciding.keyboard.type('Lihat KK')
  // in the note Enter begins a line
  await send.getByText('Ctrl Enter').waitFor()
  const [page, phone] = await Promise.all([supervisorAt('/percakapan'), wulanAt('/percakapan')])
  for (const one of [page, phone]) {
    await one.getByRole('link', { name: /Rini Rekaan/ }).click()
    await one.getByLabel('Isi percakapan').waitFor()
    await one.evaluate(`document.body.setAttribute('data-same', 'true')`)
  }
  const present = page.getByText('Wulan Rekaan ikut melihat')
  await present.waitFor()
  const back = house.service.restart()
  for (const one of [page, phone]) await one.getByText(/Sambungan terputus sejak/).waitFor()
  await dialog(deciding)
    .getByText(/Sambungan terputus sejak/)
    .waitFor()
  expect(await send.isDisabled()).toBe(true)
  await deciding.keyboard.press('Control+Enter')
  await back
  for (const one of [page, phone]) await one.getByText(/Sambungan terputus sejak/).waitFor({ state: 'detached' })
  await say(house, 'rini', { text: 'Apakah kartu sudah jadi?' })
  for (const one of [page, phone]) await one.getByText('Apakah kartu sudah jadi?').first().waitFor()
  await present.waitFor()
  await phone.getByRole('link', { name: 'Ke daftar percakapan' }).click()
  await present.waitFor({ state: 'detached' })
  await expect.poll(() => send.isEnabled()).toBe(true)
  expect(await dialog(deciding).getByText('Belum dikembalikan.').count()).toBe(0)
  expect(await deciding.getByLabel('Catatan untuk sekolah').inputValue()).toBe('Lihat KK')
  await deciding.keyboard.press('Control+Enter')
  await deciding.getByText(`${ticket} dikembalikan, 1 alasan`).waitFor()
  for (const one of [page, phone]) expect(await one.getAttribute('body', 'data-same')).toBe('true')
  expect([...page.errors, ...phone.errors, ...deciding.errors]).toEqual([])
  await leave(page, phone, deciding)
})

test('the last supervisor cannot lock the office out', async () => {
  const page = await supervisorAt('/operator')
  await more(page, 'Wulan Rekaan', 'Nonaktifkan')
  await dialog(page).getByRole('button', { name: 'Nonaktifkan' }).click()
  await row(page, 'Wulan Rekaan').getByText('Tidak aktif').waitFor()
  await more(page, SUPERVISOR.username, 'Nonaktifkan')
  await dialog(page).getByRole('button', { name: 'Nonaktifkan' }).click()
  await page.getByText('Harus ada satu penyelia yang aktif.').waitFor()
  await leave(page)
})

test('of a long list only what is near the view is drawn, the row with the focus stays, and axe finds nothing', async () => {
  const many = Array.from({ length: 150 }, (_, n) => ({ npsn: String(20_000_000 + n), name: `SDN Panjang ${n}` }))
  await desk.call('POST', '/api/schools', {
    schools: many.map((school) => ({ ...school, kecamatan: 'Paringin', enrolled: 90 })),
  })
  const page = await supervisorAt('/sekolah')
  const drawn = page.locator('tbody tr[data-index]')
  await row(page, 'SDN Panjang 0').waitFor()
  expect(await drawn.count()).toBeLessThan(60)
  const first = page.getByRole('button', { name: 'Lembar WhatsApp untuk SDN Panjang 0', exact: true })
  await first.focus()
  await page.getByRole('button', { name: 'Tampilkan lagi' }).click()
  await expect.poll(() => page.getByRole('table').getAttribute('aria-rowcount')).toBe('183')
  await page.getByRole('region', { name: 'Daftar sekolah' }).hover()
  await page.mouse.wheel(0, 100_000)
  await page.locator('tr[aria-rowindex="183"]').waitFor()
  expect(await drawn.count()).toBeLessThan(60)
  expect(await row(page, 'SDN Panjang 40').count()).toBe(0)
  await first.waitFor({ state: 'attached' })
  expect(await axe(page)).toEqual([])

  // the log of all that is read page by page, too, narrowed as its address says
  await page.goto(`${house.service.url}/pengawasan?jenis=office`)
  const log = page.getByRole('table')
  await row(page, 'Menyimpan data sekolah').first().waitFor()
  expect(await page.getByLabel('Jenis').inputValue()).toBe('office')
  expect(await log.getAttribute('aria-rowcount')).toBe('-1')
  await page.getByRole('button', { name: 'Tampilkan lagi' }).click()
  await expect.poll(async () => Number(await log.getAttribute('aria-rowcount'))).toBeGreaterThan(150)
  expect(await axe(page)).toEqual([])
  expect(page.errors).toEqual([])
  await leave(page)
})
