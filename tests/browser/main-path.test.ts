import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PDFDocument } from 'pdf-lib'
import type { Page } from 'playwright-core'
import { operators } from '../../src/models/operator/operators.ts'
import { raiseAlarm } from '../../src/models/operator/reading-alarms.ts'
import { openDesk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { shifts, turnAnswersRound } from './shifts.ts'
import {
  axe,
  DESKTOP,
  leave,
  openHouse,
  openPage,
  openSigned,
  PHONE,
  pressUntil,
  say,
  signIn,
  submitPupils,
  takeNext,
} from './support.ts'
import type { House } from './support.ts'
import { within } from './within.ts'

let house: House

beforeAll(async () => {
  // a slow machine may need longer for a key than an operator
  house = await openHouse({ undoSeconds: 8 })
  // who oversees the office has something to read
  await within(house, async ({ database, now }) => {
    const operator = (await operators(database).findOne({}, { _id: 1 }).lean())?._id ?? ''
    await raiseAlarm(database, { id: 'a', operator, at: now(), count: 20, minutes: 10 })
  })
})
afterAll(async () => {
  await house.close()
})

describe('the whole way', () => {
  test('two operators work the main path, one by keyboard, one by touch on a phone, and the school hears of it', async () => {
    const card = await PDFDocument.create()
    card.addPage([1200, 850])
    const [first = ''] = await submitPupils(house, 'wati', '69900004', [
      ['Bagas Rekaan', '6311060107150001', undefined, Buffer.from(await card.save())],
    ])
    const [, third = ''] = await enrolPupils(house, 'budi', '69900005', [
      ['Citra Rekaan', '6311064107150002'],
      ['Dimas Rekaan', '6311060107150003'],
    ])
    const page = await openPage(house, '/')
    await signIn(page)
    await page.getByText(first).first().waitFor()

    await page.keyboard.press('Enter')
    await page
      .getByRole('button', { name: /Setujui/ })
      .first()
      .waitFor()
    await page.getByText('6311').first().waitFor()
    expect(await page.textContent('body')).toContain('Bagas Rekaan')
    // decision keys sleep for a moment after a case shows, so a double Enter approves nothing
    await page.locator('img').first().waitFor()
    const pupil = page.getByRole('heading', { name: 'Bagas Rekaan' })

    // a PDF that nobody has drawn yet is shown by a desk's browser, and opened apart on a phone, which would show none
    await page.getByRole('navigation', { name: 'Berkas' }).getByRole('button', { name: /KK/ }).click()
    await page.locator('iframe[title="Kartu Keluarga"]').waitFor()
    await page.setViewportSize(PHONE)
    const apart = await page.getByRole('link', { name: 'Buka PDF' }).getAttribute('href')
    const opened = await page.request.get(new URL(apart ?? '', page.url()).href)
    expect([opened.status(), opened.headers()['content-type']]).toEqual([200, 'application/pdf'])
    expect(await axe(page)).toEqual([])
    await page.setViewportSize(DESKTOP)

    // the colleague has what the first one has neither open nor ahead
    const desk = await openDesk(house)
    const who = await desk.hire('dewi', 'Dewi Rekaan', ['verifikator'])
    const phone = await openSigned(house, '/', { who, viewport: PHONE })
    const theirs = phone.getByRole('heading', { name: 'Dimas Rekaan' })
    await takeNext(phone)
    await theirs.waitFor()
    await phone.getByRole('button', { name: 'Setujui', exact: true }).click()
    await pressUntil(page, 'a', page.getByText(new RegExp(`${first} disetujui`)), pupil)

    await phone.getByText(`${third} disetujui`).waitFor()
    await page.keyboard.press('z')
    await phone.getByRole('button', { name: 'Urungkan' }).click()
    await theirs.waitFor()
    await expect.poll(() => page.getByText(new RegExp(`${first} disetujui`)).count()).toBe(0)
    await pupil.waitFor()

    const panel = page.getByRole('dialog', { name: `Kembalikan ${first} ke sekolah` })
    const preview = panel.getByLabel('Pesan ke sekolah')
    await pressUntil(page, 'r', panel)
    await page.keyboard.type('fk')
    await preview.getByText(/KK terpotong/).waitFor()
    const told = (await preview.textContent()) ?? ''
    await page.keyboard.press('Escape')
    // nothing that a quick hand types after R is lost
    await page.keyboard.type('rfkl')
    await panel.getByRole('button', { name: /Kembalikan, 1 alasan/ }).waitFor()
    await page.keyboard.type('fkl')
    await page.keyboard.press('Enter')
    await page
      .getByText(new RegExp(`${first} dikembalikan`))
      .first()
      .waitFor()

    await phone.getByRole('button', { name: 'Kembalikan', exact: true }).click()
    const theirPanel = phone.getByRole('dialog', { name: `Kembalikan ${third} ke sekolah` })
    await theirPanel.getByRole('checkbox', { name: /KK terpotong/ }).click()
    await theirPanel.getByRole('button', { name: /Kembalikan, 1 alasan/ }).click()
    await phone.getByText(`${third} dikembalikan`).first().waitFor()

    const url = `${house.service.url}/demo/chat/wati/messages`
    await expect
      .poll(async () => JSON.stringify(await (await fetch(url)).json()), { timeout: 30_000 })
      .toContain(`PERBAIKI ${first}`)
    // word for word what the panel had shown
    const { messages } = (await (await fetch(url)).json()) as { messages: { text: string }[] }
    expect(messages.map(({ text }) => text.replaceAll('*', ''))).toContain(told)
    await say(house, 'wati', { text: `perbaiki ${first}` })
    expect([...page.errors, ...phone.errors]).toEqual([])
    await leave(page, phone)
  })

  test('a newcomer submits a pupil in the demo by taps alone', async () => {
    const page = await openPage(house, '/demo')
    // each tap is the sample that fits the bot's question; the page marks it
    const next = page.locator('[data-next="true"]')
    await expect
      .poll(
        async () => {
          if ((await next.count()) > 0 && (await next.first().isEnabled())) await next.first().click()
          return page.getByText('Nomor antrean').count()
        },
        { timeout: 80_000, interval: 700 },
      )
      .toBeGreaterThan(0)
    expect(page.errors).toEqual([])
    await leave(page)
  })
})

const PLACES = [
  ['/serah-terima', 'Serah terima'],
  ['/serah-terima/daftar/69900004', 'Daftar KIA siap diambil'],
  ['/pengaduan', 'Petugas dan pengaduan'],
  ['/percakapan', 'Percakapan'],
  ['/entri', 'Entri SIAK'],
  ['/cetak', 'Cetak'],
  ['/papan', 'Antrean KIA'],
  ['/cari', 'Cari'],
  ['/koordinator', 'Koordinator sekolah'],
  ['/sekolah', 'Sekolah'],
  ['/nomor-whatsapp', 'WhatsApp'],
  ['/operator', 'Operator'],
  ['/pengaturan', 'Pengaturan'],
  ['/pengawasan', 'Pengawasan'],
  ['/akun', 'Akun saya'],
] as const
type Moving = {
  history: { pushState(data: object, unused: string, to: string): void }
  dispatchEvent(event: unknown): void
  PopStateEvent: new (type: string) => unknown
}

type Placed = { getBoundingClientRect(): { x: number; y: number } }
const PARTS = [
  'nav[aria-label="Utama"]',
  'main [aria-keyshortcuts="Enter"]',
  '[aria-label="Berkas saya"]',
  '[role=tablist]',
].join()

/** As a link of the console goes there; until what it loads is there. */
async function goTo(page: Page, [path, heading]: readonly [path: string, heading: string]): Promise<void> {
  await page.evaluate((to) => {
    const window = globalThis as unknown as Moving
    window.history.pushState({}, '', to)
    window.dispatchEvent(new window.PopStateEvent('popstate'))
  }, path)
  await loaded(page, heading)
}
async function loaded(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
  // those that are not seen yet, too
  const loading = page.getByRole('status', { name: /^Memuat|^Mencari/, includeHidden: true })
  await loading.first().waitFor({ state: 'detached' })
}
/** Pages of which a part comes above another, or beside it. */
const PARTED = [
  ['/antrean', 'Antrean'] as const,
  ...PLACES.filter(([path]) => ['/cetak', '/papan', '/pengaturan', '/pengawasan'].includes(path)),
]
/** A case that waits. */
async function newCase(): Promise<readonly [path: string, heading: string]> {
  const [ticket = ''] = await enrolPupils(house, 'eka', '69900006', [['Eka Rekaan', '6311064107150009']])
  const { id } = await (await openDesk(house)).find(ticket)
  return [`/berkas/${id}`, 'Eka Rekaan']
}

describe.each([
  { name: 'desktop', looks: {} },
  { name: 'phone, dark', looks: { viewport: PHONE, dark: true } },
])('on a $name', ({ looks }) => {
  test('no page has what axe finds against WCAG A and AA, and nothing on it moves while more comes', async () => {
    const page = await openPage(house, '/', looks)
    await page.getByLabel('Nama pengguna').waitFor()
    const found: Record<string, string[]> = { '/masuk': await axe(page) }
    await signIn(page)
    found['/'] = await axe(page)
    // who goes by Tab goes as the page lies: down it on a phone, else from the rail to the button and what is held
    const places = page.locator(PARTS)
    const order = await places.evaluateAll(
      (all, of) => all.map((one) => (one as unknown as Placed).getBoundingClientRect()[of]),
      looks.viewport ? ('y' as const) : ('x' as const),
    )
    expect(order).toHaveLength(4)
    const row = looks.viewport ? order : order.slice(0, 3)
    expect(row).toEqual(row.toSorted((a, b) => a - b))
    for (const [path, heading] of PLACES) {
      await goTo(page, [path, heading])
      found[path] = [...(await axe(page)), ...(await shifts(page))]
      // a page scrolls inside of itself: no second bar beside its own
      for (const [of, problem] of [
        ['scrollWidth <= innerWidth', 'too wide'],
        ['scrollHeight <= innerHeight', 'too high'],
      ])
        if (!(await page.evaluate(`document.documentElement.${of}`))) found[path].push(problem ?? '')
    }
    // an address that leads nowhere says so, and leads back
    await page.goto(`${house.service.url}/tidak-ada`)
    await page.getByRole('heading', { name: 'Halaman ini tidak ada' }).waitFor()
    found['/tidak-ada'] = await axe(page)
    await page.getByRole('link', { name: 'Ke antrean' }).click()
    await page.getByRole('heading', { name: 'Antrean' }).waitFor()
    // neither does anything move where nothing is known yet and the answers come in another order
    await turnAnswersRound(page)
    for (const [path, heading] of [...PARTED, await newCase()]) {
      await page.goto(house.service.url + path)
      await loaded(page, heading)
      if (path === '/pengawasan') await page.getByText('membuka sedikitnya 20 berkas').waitFor()
      if (path.startsWith('/berkas/')) await page.locator('img[data-known="true"]').waitFor()
      found[`${path}, loaded`] = await shifts(page)
    }
    await page.goto(`${house.service.url}/demo`)
    await page.getByPlaceholder('Ketik pesan').first().waitFor()
    found['/demo'] = await axe(page)
    expect(Object.fromEntries(Object.entries(found).filter(([, problems]) => problems.length > 0))).toEqual({})
    expect(page.errors).toEqual([])
    await page.context().close()
  })
})
