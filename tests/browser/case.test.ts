import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { storeLooks } from './looked.ts'
import { axe, leave, openHouse, openPage, openSigned, PHONE, pressUntil, SUPERVISOR } from './support.ts'
import type { House } from './support.ts'

let house: House
let desk: Desk
let ticket: string

/** Opens the next case as an operator would. */
async function take(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /Ambil berikutnya|Lanjutkan/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Setujui', exact: true }).waitFor()
}

const panel = (page: Page) => page.getByRole('dialog')
const isFocused = (one: Locator) =>
  one
    .and(one.page().locator(':focus'))
    .count()
    .then((count) => count === 1)

beforeAll(async () => {
  house = await openHouse()
  desk = await openDesk(house)
  ;[ticket = ''] = await enrolPupils(house, 'asih', '69900011', [['Damar Rekaan', '6311060107150011']])
})
afterAll(async () => {
  await house.close()
})

describe.each([
  { name: 'desktop', looks: {} },
  { name: 'phone, dark', looks: { viewport: PHONE, dark: true } },
])('a case on a $name', ({ looks }) => {
  test('has nothing that axe finds, with and without each of its panels', async () => {
    const page = await openSigned(house, '/', looks)
    await take(page)
    const found: Record<string, string[]> = { case: await axe(page) }
    // who agreed to which words is there for whoever asks
    if ('viewport' in looks) await page.getByRole('button', { name: 'Pesan, riwayat' }).click()
    const agreed = page.getByRole('listitem').filter({ hasText: 'Pernyataan sekolah' })
    await agreed.getByText(/^Wati Rekaan, \d/).waitFor()
    await agreed.getByText('Baca teksnya').click()
    await agreed.getByText('Bapak/Ibu menyatakan orang tua/wali telah menyetujui.').waitFor()
    found['consent'] = await axe(page)
    for (const [name, key] of [
      ['return', 'r'],
      ['reject', 'x'],
      ['release', 'Escape'],
      ['correct', 'e'],
    ] as const) {
      await pressUntil(page, key, panel(page))
      found[name] = await axe(page)
      await page.keyboard.press('Escape')
      await panel(page).waitFor({ state: 'detached' })
    }
    await page.keyboard.press('?')
    await panel(page).waitFor()
    found['keys'] = await axe(page)
    // what lies over the case has the keys: neither A nor the Escape that closes it reaches the case
    await page.keyboard.press('a')
    await page.keyboard.press('r')
    await page.keyboard.press('Escape')
    await panel(page).waitFor({ state: 'detached' })
    if ('viewport' in looks) {
      await page.getByRole('button', { name: 'Pilihan lain' }).click()
      await page.getByRole('menuitem', { name: 'Lepas' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('menu').waitFor({ state: 'detached' })
      expect(await panel(page).count()).toBe(0)
    }
    await page.getByRole('heading', { name: 'Damar Rekaan' }).waitFor()
    expect(await page.getByText(/disetujui/).count()).toBe(0)
    expect(await desk.find(ticket)).toMatchObject({ stage: 'verification', state: 'claimed' })

    // the queue shows what I work on above its tabs, which do not move when it comes
    const known = Promise.withResolvers<void>()
    await page.route('**/api/claims', async (route) => {
      await known.promise
      await route.continue()
    })
    await page.goto(`${house.service.url}/antrean`)
    await page.getByRole('tab', { name: 'Verifikasi' }).waitFor()
    const tabs = await page.getByRole('tablist', { name: 'Tahap' }).boundingBox()
    known.resolve()
    const mine = page.getByRole('group', { name: 'Berkas saya' }).getByRole('link', { name: ticket })
    await mine.getByText('Sedang Anda kerjakan').waitFor()
    const card = await mine.boundingBox()
    expect((card?.y ?? 0) + (card?.height ?? 0)).toBeLessThan(tabs?.y ?? 0)
    expect(await page.getByRole('tablist', { name: 'Tahap' }).boundingBox()).toEqual(tabs)
    found['queue'] = await axe(page)
    expect(Object.fromEntries(Object.entries(found).filter(([, problems]) => problems.length > 0))).toEqual({})
    expect(page.errors).toEqual([])
    await leave(page)
  })
})

describe('an open case', () => {
  test('cuts no word of a button, however much stands beside it, and leaves by G and a letter', async () => {
    const page = await openSigned(house, '/')
    // a tab that was clicked has the focus, and leaves Enter to the filled button
    await page.getByRole('tab', { name: 'Verifikasi' }).click()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Setujui', exact: true }).waitFor()
    const remark = page.getByRole('button', { name: 'Tulis catatan' })
    await remark.evaluate((button) => {
      const { parentElement: head } = button as unknown as {
        parentElement: { children: Cloned[]; prepend(one: Cloned): void }
      }
      type Cloned = { cloneNode(deep: true): Cloned }
      for (let more = 0; more < 3; more++) head.prepend(head.children[0]!.cloneNode(true))
    })
    const [needed, given] = await remark.getByText('Tulis catatan').evaluate((label) => {
      const { scrollWidth, clientWidth } = label as unknown as { scrollWidth: number; clientWidth: number }
      return [scrollWidth, clientWidth]
    })
    expect(needed).toBeLessThanOrEqual(given!)

    // after G the letter is a place, not a decision
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await page.getByRole('heading', { name: 'Antrean' }).waitFor()
    expect(await desk.find(ticket)).toMatchObject({ stage: 'verification', state: 'claimed' })
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.getByRole('heading', { name: 'Cetak' }).first().waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await page.getByRole('heading', { name: 'Percakapan' }).waitFor()
    await leave(page)
  })

  test('lets letters rest in the note, and keeps what was typed when the claim is lost', async () => {
    await storeLooks(house, (await desk.find(ticket)).id, { birth_certificate: { opened: false, refusal: 'broken' } })
    const page = await openSigned(house, '/')
    await take(page)
    // A passes nothing heavy by itself: it asks, and Escape leaves the case as it is
    const question = page.getByRole('alert').filter({ hasText: 'Berkas rusak atau terpotong' })
    await pressUntil(page, 'a', question)
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'detached' })
    expect(await panel(page).count()).toBe(0)
    expect(await desk.find(ticket)).toMatchObject({ stage: 'verification', doubts: ['FILE_DAMAGED'] })
    // a NIK is copied as sixteen digits, though it is shown in groups of four
    await page.getByRole('button', { name: 'Salin NIK' }).click()
    const copied = () =>
      page.evaluate(() => (navigator as unknown as { clipboard: { readText(): Promise<string> } }).clipboard.readText())
    await expect.poll(copied).toBe('6311060107150011')
    await page.getByRole('button', { name: 'Kembalikan', exact: true }).click()
    const reasons = panel(page).getByRole('checkbox')
    const hint = panel(page).getByText('ke catatan')
    const note = page.getByLabel('Catatan untuk sekolah')
    await expect.poll(() => isFocused(reasons.first())).toBe(true)
    // all reasons and the message are in sight at once
    const foot = await panel(page)
      .getByRole('button', { name: /^Kembalikan/ })
      .boundingBox()
    for (const one of [reasons.last(), page.getByLabel('Pesan ke sekolah')]) {
      const box = await one.boundingBox()
      expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(foot?.y ?? 0)
    }
    // by its letter, by arrow and space; from any of them Tab leads to the note, as the foot says
    await page.keyboard.press('ArrowUp')
    expect(await isFocused(reasons.last())).toBe(true)
    await page.keyboard.press('Space')
    expect(await reasons.last().isChecked()).toBe(true)
    await page.keyboard.press('Space')
    expect(await hint.isVisible()).toBe(true)
    await page.keyboard.press('Tab')
    expect(await isFocused(note)).toBe(true)
    expect(await hint.isVisible()).toBe(false)
    await page.keyboard.type('fkn lihat KK')
    expect(await note.inputValue()).toBe('fkn lihat KK')
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0)

    const takeBack = async () => {
      const { id, rev } = await desk.find(ticket)
      const body = { reason: 'Uji coba', transactionId: `back-${id}-${rev}` }
      await desk.call('POST', `/api/applications/${id}/take-back`, body)
      await panel(page).getByText('Klaim berakhir').waitFor()
    }
    await takeBack()
    await page.getByText('Tidak ada yang dikirim ke sekolah.').waitFor()
    await page.getByText('fkn lihat KK').waitFor()
    // the key that was to send it back: what was typed is copied, and the case stays
    await page.keyboard.press('Control+Enter')
    await panel(page).getByRole('button', { name: 'Tersalin' }).waitFor()
    expect(await copied()).toBe('fkn lihat KK')
    await panel(page)
      .getByRole('button', { name: /^Tetap lihat/ })
      .click()

    // it outlives an ended session and is offered again, but to nobody else who signs in here
    const signInAgain = async (who: typeof SUPERVISOR) => {
      await page.context().clearCookies()
      // what the page reads again then finds nobody signed in
      const { id, rev } = await desk.find(ticket)
      const body = { reason: 'Uji coba', transactionId: `front-${id}-${rev}` }
      await desk.call('POST', `/api/applications/${id}/move-front`, body)
      await page.getByLabel('Nama pengguna').fill(who.username)
      await page.getByLabel('Kata sandi', { exact: true }).fill(who.password)
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: 'Antrean' }).click()
      // it looks for a next one, too: not for the one that is about to be taken back
      const ahead = page.waitForResponse((answer) => answer.url().endsWith('/queue/claim') && answer.status() === 204)
      await take(page)
      await ahead
      await page.getByRole('button', { name: 'Kembalikan', exact: true }).click()
      return page.getByLabel('Catatan untuk sekolah').inputValue()
    }
    expect(await signInAgain(SUPERVISOR)).toBe('fkn lihat KK')
    await page.keyboard.press('Escape')
    // so does what was to be put right
    await page.keyboard.press('e')
    await panel(page).getByRole('textbox', { name: 'Nama lengkap' }).fill('Citra Rekaan')
    await takeBack()
    await panel(page).getByText('Nama lengkap: Citra Rekaan').waitFor()
    await page.keyboard.press('Escape')
    expect(await signInAgain(await desk.hire('nia', 'Nia Rekaan', ['verifikator']))).toBe('')
    expect(page.errors).toEqual([])
    await leave(page)
  })
})

test('new rows wait until they are asked for', async () => {
  const page = await openSigned(house, '/antrean?tahap=verification')
  await page.getByRole('link', { name: 'Damar Rekaan', exact: true }).waitFor()
  const [ticket = ''] = await enrolPupils(house, 'budi', '69900012', [['Eko Rekaan', '6311060107150012']])
  await page.getByRole('button', { name: '1 berkas baru' }).waitFor()
  expect(await page.getByText(ticket).count()).toBe(0)
  await page.getByRole('button', { name: '1 berkas baru' }).click()
  await page.getByText(ticket).waitFor()
  expect(page.errors).toEqual([])
  await leave(page)
})

test('a wrong password is told as a sentence, and the field keeps the name', async () => {
  const page = await openPage(house, '/')
  await page.getByLabel('Nama pengguna').fill(SUPERVISOR.username)
  await page.getByLabel('Kata sandi', { exact: true }).fill('bukan ini')
  await page.keyboard.press('Enter')
  await page.getByText('Nama pengguna atau kata sandi tidak cocok.').waitFor()
  expect(await page.getByLabel('Nama pengguna').inputValue()).toBe(SUPERVISOR.username)
  await leave(page)
})

test('the first load, with all that it needs at once, comes gzipped, at most 300 KB of it, with something to see', async () => {
  const load = async (path: string) => {
    const answer = await fetch(house.service.url + path, {
      headers: { accept: 'text/html', 'accept-encoding': 'gzip' },
    })
    // the header counts what went over the line
    return { answer, text: await answer.text(), bytes: Number(answer.headers.get('content-length')) }
  }
  const html = await load('/')
  expect(html.text).toContain('Memuat konsol')
  const paths = [...html.text.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, path = '']) => path)
  expect(paths.map((path) => path.split('.').at(-1))).toEqual(expect.arrayContaining(['js', 'css']))
  const parts = await Promise.all(paths.map(load))
  expect(
    new Set(parts.filter(({ text }) => text.length > 2000).map(({ answer }) => answer.headers.get('content-encoding'))),
  ).toEqual(new Set(['gzip']))
  const sum = [html, ...parts].reduce((all, { bytes }) => all + bytes, 0)
  expect(sum).toBeGreaterThan(50_000)
  expect(sum).toBeLessThanOrEqual(300_000)
})

test('on slow 3G a phone says at each step that something comes, until one can work', async () => {
  const page = await openPage(house, '/healthz', { viewport: PHONE })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.clearBrowserCache')
  // as DevTools has it
  const slow = { offline: false, latency: 2000, downloadThroughput: 50_000, uploadThroughput: 50_000 }
  await devtools.send('Network.emulateNetworkConditions', slow)
  const patience = { timeout: 45_000 }
  await page.goto(house.service.url, { waitUntil: 'commit', ...patience })
  await page.getByRole('status', { name: 'Memuat konsol' }).waitFor(patience)
  await page.getByLabel('Nama pengguna').fill(SUPERVISOR.username, patience)
  await page.getByLabel('Kata sandi', { exact: true }).fill(SUPERVISOR.password)
  await page.keyboard.press('Enter')
  const coming = page.getByRole('status', { name: /^Memuat/ }).first()
  await coming.waitFor(patience)
  await page.getByRole('link', { name: 'Damar Rekaan', exact: true }).waitFor(patience)
  await coming.waitFor({ state: 'detached', ...patience })
  expect(page.errors).toEqual([])
  await page.context().close()
})
