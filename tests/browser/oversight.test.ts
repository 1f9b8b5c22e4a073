import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedApplications } from '../../scripts/support/seeding.ts'
import { BULK } from '../../src/admin/reading-watch.ts'
import { applications } from '../../src/models/application/kept.ts'
import { coordinators } from '../../src/models/coordinator/kept.ts'
import { openSession } from '../../src/models/operator/sessions.ts'
import { operators } from '../../src/models/operator/operators.ts'
import { pleas } from '../../src/models/plea/pleas.ts'
import { raiseAlarm } from '../../src/models/operator/reading-alarms.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { takePicture } from './pictures.ts'
import { shifts } from './shifts.ts'
import { axe, DESKTOP, leave, openHouse, openPage, openSigned, PHONE, SUPERVISOR } from './support.ts'
import type { House, Looks, Window } from './support.ts'
import { within } from './within.ts'

let house: House
let desk: Desk
let siti: { username: string; password: string }

function at(who: typeof SUPERVISOR, path: string, looks: Looks = {}): Promise<Window> {
  return openSigned(house, path, { ...looks, who })
}
const daysAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 1 })
  desk = await openDesk(house)
  siti = await desk.hire('siti', 'Siti Rekaan', ['verifikator'])
})
afterAll(async () => {
  await house.close()
})

test('an operator takes a second factor and is asked for it; a supervisor sees their session and ends it', async () => {
  const page = await at(siti, '/akun', { viewport: PHONE })
  await page.getByLabel('Kata sandi Anda').fill(siti.password)
  await page.getByRole('button', { name: 'Siapkan kode kedua' }).click()
  await page.getByRole('img', { name: /Kode QR/ }).waitFor()
  const secret = /[A-Z2-7]{32}/.exec(await page.getByText('Ketik kunci ini').innerText())?.[0] ?? ''
  const code = () => new TOTP({ secret: Secret.fromBase32(secret) })
  expect(await axe(page)).toEqual([])
  await page.getByLabel('Kode 6 angka').fill(code().generate())
  await page.getByRole('button', { name: 'Nyalakan' }).click()
  await page.getByText('Menyala.').waitFor()
  await page.getByText('Perangkat ini').waitFor()
  await takePicture(page, 'akun-ponsel')

  const boss = await at(SUPERVISOR, '/operator')
  await boss.getByText('Kode kedua').waitFor()
  await boss.getByRole('button', { name: 'Lainnya, Siti Rekaan' }).click()
  await boss.getByRole('menuitem', { name: 'Lihat sesi' }).click()
  await boss
    .getByRole('dialog')
    .getByText(/Chrome, /)
    .first()
    .waitFor()
  await boss.getByRole('button', { name: 'Akhiri semua sesi' }).click()
  await boss.getByText('Tidak sedang masuk di mana pun').waitFor()
  await boss.keyboard.press('Escape')
  await page.reload()
  await page.getByLabel('Nama pengguna').fill(siti.username)
  await page.getByLabel('Kata sandi', { exact: true }).fill(siti.password)
  await page.keyboard.press('Enter')
  await page.getByLabel('Kode 6 angka').fill(code().generate({ timestamp: Date.now() + 30_000 }))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Akun saya' }).waitFor()

  // the same person by a link chooses another password
  await boss.getByRole('button', { name: 'Lainnya, Siti Rekaan' }).click()
  await boss.getByRole('menuitem', { name: 'Buat tautan undangan' }).click()
  const link = await boss
    .getByRole('dialog')
    .getByText(/\/undangan#/)
    .innerText()
  const invited = await openPage(house, link.slice(link.indexOf('/undangan')))
  await invited.getByRole('heading', { name: 'Selamat datang, Siti Rekaan' }).waitFor()
  expect(await axe(invited)).toEqual([])
  await invited.getByLabel('Kata sandi baru', { exact: true }).fill('rahasia-baru-siti')
  await invited.getByLabel('Kata sandi baru sekali lagi').fill('rahasia-baru-siti')
  await invited.getByRole('button', { name: 'Simpan kata sandi' }).click()
  await invited.getByText('Kata sandi tersimpan').waitFor()
  expect([...page.errors, ...boss.errors, ...invited.errors]).toEqual([])
  await leave(page, boss, invited)
})

/** Looks through cases that are none of theirs, each for a reason. */
async function readTooMuch(who: { username: string; password: string }): Promise<void> {
  const cases = await within(house, async (context) => {
    await seedApplications(
      { ...context, office: context.office.current(), now: context.now() },
      { count: BULK.cases, pictures: 0 },
      () => undefined,
    )
    return applications(context.database).find({}, { _id: 1 }).lean()
  })
  const { call } = await openDesk(house, who)
  for (const { _id } of cases) await call('GET', `/api/applications/${_id}?reason=ingin%20tahu`)
}

test('two supervisors change the office: the policy after its preview, a holiday, a reason; the log tells who', async () => {
  const boss = await at(SUPERVISOR, '/pengaturan')
  const wulan = await desk.hire('wulan', 'Wulan Rekaan', ['supervisor'])
  const other = await at(wulan, '/pengaturan', { viewport: PHONE })
  await boss.getByRole('radio', { name: 'Yang datang lebih dahulu' }).check()
  await boss.getByText('Tidak ada berkas yang menunggu').waitFor()
  await takePicture(boss, 'pengaturan')
  // the list of holidays ends soon: said above the pages of supervisors, which do not move for it while they load
  const { rev } = (await desk.call('GET', '/api/settings')).body as { rev: number }
  await desk.call('PUT', '/api/settings', { rev, holidays: [{ date: daysAhead(20), name: 'Hari Terakhir' }] })
  const ends = /^Hari libur hanya diketahui sampai/
  for (const one of [boss, other]) await one.getByText(ends).waitFor()
  await other.reload()
  for (const one of [boss, other]) await one.getByText('Hari Terakhir').waitFor()
  expect(await shifts(other)).toEqual([])
  for (const one of [boss, other]) expect(await axe(one)).toEqual([])
  await boss.getByRole('button', { name: 'Simpan urutan' }).click()

  // the colleague sees it without a reload, and goes on from there
  await expect.poll(() => other.getByRole('radio', { name: 'Yang datang lebih dahulu' }).isChecked()).toBe(true)
  await other.getByRole('link', { name: 'Lengkapi hari libur' }).click()
  await other.locator('input:focus').fill(daysAhead(90).split('-').toReversed().join('-'))
  await other.getByLabel('Nama hari libur').fill('Hari Rekaan')
  await expect
    .poll(async () => {
      const add = other.getByRole('button', { name: 'Tambah', exact: true })
      if (await add.isEnabled()) await add.click()
      return other.getByText('Hari Rekaan').count()
    })
    .toBe(1)
  for (const one of [boss, other]) await one.getByText(ends).waitFor({ state: 'detached' })
  await boss.getByText('Hari Rekaan').waitFor()

  await boss.getByRole('button', { name: 'Tambah alasan' }).click()
  await boss.getByLabel('Alasan', { exact: true }).fill('Lembar terlipat')
  await boss.getByLabel('Yang harus dilakukan').fill('Buka lipatannya, lalu foto ulang.')
  await boss.getByRole('dialog').getByRole('button', { name: 'Simpan' }).click()
  await boss.getByText('Lembar terlipat').waitFor()
  // one that is used no more is offered no more, and may come back
  await boss.getByRole('button', { name: 'Hentikan Lembar terlipat' }).click()
  await boss.getByText('Lembar terlipat (tidak ditawarkan lagi)').waitFor()
  await other.getByRole('button', { name: 'Tawarkan lagi Lembar terlipat' }).click()
  await boss.getByRole('button', { name: 'Hentikan Lembar terlipat' }).waitFor()

  await boss.goto(`${house.service.url}/pengawasan`)
  await boss.getByText('Mengubah pengaturan alasan pengembalian').first().waitFor()
  await boss.getByRole('row').filter({ hasText: 'hari libur' }).getByText('Wulan Rekaan').waitFor()
  await boss.getByLabel('Jenis').selectOption('Tindakan')
  await boss.getByText('Tidak ada catatan pada hari ini').waitFor()
  await boss.waitForURL(/\/pengawasan\?jenis=act$/)
  await boss.getByLabel('Jenis').selectOption('Semua')
  await boss.getByText('Mengubah pengaturan hari libur').first().waitFor()
  await boss.getByText('Kunci data: belum ada berkas yang dapat diperiksa').waitFor()
  await takePicture(boss, 'pengawasan')
  expect(await axe(boss)).toEqual([])
  await boss.setViewportSize(PHONE)
  await boss.getByRole('row').filter({ hasText: 'hari libur' }).getByText('Wulan Rekaan').waitFor()
  expect(await boss.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  expect(await axe(boss)).toEqual([])
  // somebody who reads too much stands above the log at once, which stays in its place, until one of the two has asked
  await other.goto(`${house.service.url}/pengawasan`)
  await other.getByText('Mengubah pengaturan hari libur').first().waitFor()
  await boss.setViewportSize(DESKTOP)
  for (const one of [boss, other]) {
    await one.getByText('Tidak ada pembacaan yang perlu ditanyakan').waitFor()
    await shifts(one)
  }
  await readTooMuch(await desk.hire('rina', 'Rina Rekaan', ['verifikator']))
  const alarm = `Rina Rekaan membuka sedikitnya ${BULK.cases} berkas`
  for (const one of [boss, other]) {
    await one.getByText(alarm).waitFor()
    expect(await shifts(one)).toEqual([])
  }
  expect(await axe(other)).toEqual([])
  await other.getByRole('button', { name: 'Sudah ditindaklanjuti, Rina Rekaan' }).press('Enter')
  for (const one of [boss, other]) await one.getByText(alarm).waitFor({ state: 'detached' })
  // who pressed what has gone is where it was, not at the page's beginning
  await other
    .locator('[role=region]:focus')
    .and(other.getByRole('region', { name: 'Peringatan pembacaan' }))
    .waitFor()
  expect((await boss.request.get(`${house.service.url}/api/jobs`)).status()).toBe(200)
  expect([...boss.errors, ...other.errors]).toEqual([])
  await leave(boss, other)
})

/** Row `first` is on top, and row `last` at the end of the second page, of `count` in all. */
async function reaches(page: Window, region: string, rows: { first: string; last: string; count: number }) {
  await page.locator('tr[aria-rowindex="2"]').filter({ hasText: rows.first }).waitFor()
  await page.getByRole('button', { name: 'Tampilkan lagi' }).click()
  await page.locator(`table[aria-rowcount="${rows.count + 1}"]`).waitFor()
  // the button has gone with the last page: who pressed it is in the list
  await page
    .locator('[role=region]:focus')
    .and(page.getByRole('region', { name: region }))
    .waitFor()
  await page.getByRole('region', { name: region }).hover()
  await page.mouse.wheel(0, 100_000)
  await page
    .locator(`tr[aria-rowindex="${rows.count + 1}"]`)
    .filter({ hasText: rows.last })
    .waitFor()
  expect(await page.locator('tr[aria-rowindex]').count()).toBeLessThan(60)
  expect(await axe(page)).toEqual([])
}
const MANY = 70
const moments = Array.from({ length: MANY }, (_, i) => new Date(Date.now() - 600_000 + i * 1_000))

test('all pleas that were closed, the latest first, and all coordinators can be reached, page by page', async () => {
  const npsn = '69900005'
  await within(house, async ({ database, sealer }) => {
    const closed = { kind: 'help', state: 'closed', chat: 'lama', files: [], at: moments[0] } as const
    const waiting = { rev: 0, npsn, role: 'teacher', state: 'pending', events: [] } as const
    await pleas(database).insertMany(
      moments.map((closedAt, i) => ({ ...closed, _id: `lama-${i}`, number: `P${500 + i}-0`, closedAt })),
    )
    await coordinators(database).insertMany(
      moments.map((createdAt, i) => ({
        ...waiting,
        _id: `lama-${i}`,
        name: sealer.seal(`Guru Rekaan ${i}`),
        chats: [`lama-${i}`],
        createdAt,
      })),
    )
  })
  const page = await at(SUPERVISOR, '/pengaduan')
  await page.getByRole('button', { name: 'Selesai', exact: true }).click()
  await reaches(page, 'Daftar permintaan dan pengaduan', { first: 'P569-0', last: 'P500-0', count: MANY })
  await page.goto(`${house.service.url}/koordinator`)
  await reaches(page, 'Daftar koordinator', { first: 'Guru Rekaan 0', last: 'Guru Rekaan 69', count: MANY })
  await page.getByRole('button', { name: 'Setujui Guru Rekaan 69' }).click()
  await page.getByText('Guru Rekaan 69').waitFor({ state: 'detached' })
  await page.locator('tr[aria-rowindex="70"]').getByText('Guru Rekaan 68').waitFor()
  expect(page.errors).toEqual([])
  await leave(page)
})

test('so can all operators, all sessions of one of them, and all alarms, which the rail counts', async () => {
  const count = await within(house, async ({ database }) => {
    const former = { roles: ['loket'], active: false, mustChangePassword: true, passwordHash: '-' }
    await operators(database).insertMany(
      moments.map((createdAt, i) => ({
        ...former,
        _id: `lama-${i}`,
        createdAt,
        username: `${i === 0 ? 'aa' : 'zz'}.lama-${100 + i}`,
      })),
    )
    for (const [i, moment] of moments.entries()) {
      await openSession(database, `lama-${i}`, 'lama-0', moment, `Peramban ${i}`)
      const times = { at: moment, count: BULK.cases, minutes: 10 }
      if (i < 12) await raiseAlarm(database, { id: `lama-${i}`, operator: `lama-${i}`, ...times })
    }
    return operators(database).countDocuments()
  })
  const page = await at(SUPERVISOR, '/operator')
  await reaches(page, 'Daftar operator', { first: 'aa.lama-100', last: 'zz.lama-169', count })

  await page.goto(`${house.service.url}/operator`)
  await page.getByRole('button', { name: 'Lainnya, aa.lama-100' }).click()
  await page.getByRole('menuitem', { name: 'Lihat sesi' }).click()
  const sessions = page.getByRole('dialog').getByRole('listitem')
  await sessions.first().getByText('Peramban 69').waitFor()
  await page.getByRole('button', { name: 'Tampilkan lagi' }).last().click()
  await page.getByRole('dialog').locator(`li[aria-setsize="${MANY}"]`).first().waitFor()
  await sessions.first().hover()
  await page.mouse.wheel(0, 100_000)
  await page.getByText('Peramban 0').waitFor()
  expect(await sessions.count()).toBeLessThan(60)
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page
    .locator('button:focus')
    .and(page.getByRole('button', { name: 'Lainnya, aa.lama-100' }))
    .waitFor()

  await page.setViewportSize(PHONE)
  await page.goto(`${house.service.url}/pengawasan`)
  const alarms = page.getByRole('list', { name: 'Peringatan' }).getByRole('listitem')
  await expect.poll(() => alarms.count()).toBe(10)
  await page.getByText('10 dari 12').waitFor()
  await page.getByRole('button', { name: 'Tampilkan peringatan lagi' }).click()
  await alarms.nth(11).getByText('aa.lama-100').waitFor()
  await alarms.nth(11).getByRole('button', { name: 'Sudah ditindaklanjuti' }).click()
  await expect.poll(() => alarms.count()).toBe(11)
  await page.setViewportSize(DESKTOP)
  await page
    .getByRole('link', { name: /Pengawasan/ })
    .getByLabel('11 menunggu')
    .waitFor()
  expect(await axe(page)).toEqual([])
  expect(page.errors).toEqual([])
  await leave(page)
})
