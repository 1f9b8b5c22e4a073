import { expect } from 'vitest'
import type { Desk } from './desk.ts'
import { seedPrinting } from './seeded.ts'
import { axe, inView, leave, openSigned } from './support.ts'
import type { House } from './support.ts'

/** Closed the day before yesterday. */
const OLD = 45

/** A supervisor goes through a long queue for the printer, what cannot be printed, a large batch and batches of other days. */
export async function walkLongQueue(house: House, desk: Desk): Promise<void> {
  await seedPrinting(house, { cards: 240, bare: 3, batches: OLD })
  const page = await openSigned(house, '/cetak')
  await page.getByText(/^200 dari 24\d kartu tampil di sini$/).waitFor()
  const groups = page.getByRole('list', { name: 'Menunggu dicetak' }).getByRole('listitem')
  await page.getByRole('button', { name: 'Kelas' }).click()
  const group = (nth: number) => groups.and(page.locator(`[aria-posinset="${nth}"]`)).getByRole('checkbox')
  await group(1)
    .and(page.getByRole('checkbox', { name: /keping di sini$/, checked: true }))
    .uncheck()
  expect(await groups.count()).toBeLessThan(60)

  // what is ticked and what is not stay so where they are not drawn, and once the end of the queue is known
  const next = page.getByRole('button', { name: 'Kartu berikutnya' })
  await next.scrollIntoViewIfNeeded()
  await group(4).waitFor({ state: 'detached' })
  await next.click()
  await next.waitFor({ state: 'detached' })
  await page.getByRole('region', { name: 'Batch', exact: true }).hover()
  await page.mouse.wheel(0, -100_000)
  await group(4)
    .and(page.getByRole('checkbox', { name: /\d keping$/, checked: true }))
    .waitFor()
  expect(await group(1).isChecked()).toBe(false)

  // who needs a portrait and has none comes into no batch, and is sent back from here
  const hindered = page.getByRole('list', { name: 'Belum dapat dicetak' }).getByRole('listitem')
  expect(await hindered.getByText('Belum ada pas foto').count()).toBe(3)
  await hindered.first().scrollIntoViewIfNeeded()
  expect(await axe(page)).toEqual([])
  const sent = (await hindered.first().locator('span').first().textContent()) ?? ''
  await page.getByRole('button', { name: `Kembalikan ke sekolah ${sent}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Kembalikan ke sekolah' }).click()
  await expect.poll(() => hindered.count()).toBe(2)
  expect(await desk.find(sent)).toMatchObject({ stage: 'returned', returnReasons: ['RR_TURNED_FIVE'] })

  await page.getByRole('button', { name: 'Muatan printer' }).click()
  await page.getByRole('checkbox', { name: /^Muatan 2 .*, 50 keping$/ }).check()
  await page.getByText('100 keping', { exact: true }).waitFor()
  await page.getByRole('button', { name: /^Buat batch/ }).click()
  // each card is claimed by itself: a hundred take their time on a busy machine
  await page.getByText('Sedang dicetak').waitFor({ timeout: 45_000 })
  // it is made far below, and comes into view under its mark
  await expect.poll(() => inView(page, page.getByText('baru dibuat'))).toBe(true)
  const cards = page.getByRole('region', { name: /^Batch \d+$/ }).getByRole('listitem')
  expect(await cards.count()).toBeLessThan(60)
  const card = (nth: number) => cards.and(page.locator(`[aria-posinset="${nth}"]`))
  await page.mouse.wheel(0, 100_000)
  await card(100).getByRole('button').click()
  for (let up = 0; up < 10; up++) await page.keyboard.press('k')
  await card(90).and(page.locator('[aria-current="true"]')).waitFor()

  // wherever one looks meanwhile, the key brings the marked card into view
  await page.mouse.wheel(0, -100_000)
  await card(90).waitFor({ state: 'detached' })
  await page.keyboard.press('k')
  await expect.poll(() => inView(page, card(89))).toBe(true)
  // a large batch is taken card by card
  await card(89).getByText('Sedang dicetak').waitFor()
  await page.keyboard.press('p')
  await card(89)
    .getByText(/^Tercetak \d\d/)
    .waitFor()
  await expect.poll(() => inView(page, card(90).and(page.locator('[aria-current="true"]')))).toBe(true)

  // batches of other days are there for who asks for them, by pages, too
  const batches = page.getByRole('list', { name: /batch/i }).getByRole('button')
  const today = await batches.count()
  await page.getByRole('button', { name: 'Batch sebelumnya' }).click()
  await page.getByRole('heading', { name: 'Semua batch' }).waitFor()
  await expect.poll(() => batches.count()).toBeGreaterThan(today)
  expect(await page.getByRole('list', { name: 'Semua batch' }).getByText('1044', { exact: true }).count()).toBe(1)
  const earlier = page.getByRole('button', { name: 'Batch sebelumnya' })
  await earlier.click()
  await earlier.waitFor({ state: 'detached' })
  expect(
    await page
      .getByRole('listitem')
      .and(page.locator(`[aria-setsize="${OLD + today}"]`))
      .count(),
  ).toBeGreaterThan(0)
  expect(await axe(page)).toEqual([])
  expect(page.errors).toEqual([])
  await leave(page)
}
