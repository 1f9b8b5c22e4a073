import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Kept } from './books.ts'
import { visit } from './verifier.ts'
import type { Worker } from './verifier.ts'

const TICKET = /[A-Z]\d+-\d/
const dialog = ({ page }: Worker): Locator => page.getByRole('dialog')

async function inStage({ books }: Worker, stage: Kept['stage']): Promise<readonly Kept[]> {
  return (await books.all()).filter((one) => one.stage === stage)
}
/** The ticket of the row under the mark, if there is one. */
async function marked({ page }: Worker): Promise<string | undefined> {
  const row = page.locator('[aria-current="true"]').filter({ hasText: TICKET })
  return (await row.count()) === 1 ? TICKET.exec((await row.textContent()) ?? '')?.[0] : undefined
}
const rowOf = ({ page }: Worker, ticket: string): Locator => page.getByRole('listitem').filter({ hasText: ticket })
/** Whether it shows within some seconds; a key may sleep, or the line be slow. */
const shows = (what: Locator, timeout = 5_000): Promise<boolean> =>
  what
    .first()
    .waitFor({ timeout })
    .then(
      () => true,
      () => false,
    )

/** Enters series after series into SIAK, each by one key, until no more can come. */
export async function enterSeries(worker: Worker, over: () => Promise<boolean>): Promise<void> {
  const { page, diary, name } = worker
  while (!((await inStage(worker, 'siak_entry')).length === 0 && (await over()))) {
    const ticket = await marked(worker)
    if (ticket === undefined) {
      await page.keyboard.press('Enter')
      await shows(page.locator('[aria-current="true"]').filter({ hasText: TICKET }), 2_000)
      continue
    }
    await page.keyboard.press('a')
    if (await shows(rowOf(worker, ticket).getByText(/^Sudah entri \d\d/)))
      diary.note({ by: name, ticket, act: 'approve' })
  }
}

/** Prints all that waits, batch after batch; the first card comes out wrong and is printed again. */
export async function printAll(worker: Worker): Promise<void> {
  const { page, diary, name } = worker
  let spoiled = false
  while ((await inStage(worker, 'printing')).length > 0) {
    const ticket = await marked(worker)
    if (ticket === undefined) {
      if (await shows(page.getByRole('button', { name: /^Buat batch \d/ }), 10_000)) await page.keyboard.press('n')
      await shows(page.locator('[aria-current="true"]').filter({ hasText: TICKET }), 30_000)
      continue
    }
    const row = rowOf(worker, ticket)
    if (!spoiled) {
      await page.keyboard.press('s')
      await dialog(worker)
        .getByRole('button', { name: /^Warna bergaris/ })
        .waitFor()
      await page.keyboard.press('1')
      await row.getByText('Warna bergaris').waitFor()
      diary.note({ by: name, ticket, act: 'misprint' })
      await row.getByRole('button', { name: /^Cetak ulang/ }).click()
      await row.getByText('Sedang dicetak').waitFor()
      spoiled = true
      continue
    }
    await page.keyboard.press('p')
    if (await shows(row.getByText(/^Tercetak \d\d/))) diary.note({ by: name, ticket, act: 'approve' })
  }
}

/** Hands over school by school all that is ready, to somebody of the school. */
export async function handOver(worker: Worker): Promise<void> {
  const { page, diary, name } = worker
  for (;;) {
    const ready = await inStage(worker, 'ready')
    if (ready.length === 0) return
    await page.getByRole('region').getByRole('checkbox').first().check()
    const give = page.getByRole('button', { name: /^Serahkan [1-9]\d* kartu/ }).first()
    const label = (await give.getAttribute('aria-label')) ?? (await give.textContent()) ?? ''
    await give.click()
    await dialog(worker).getByLabel('Diterima oleh').fill('Ibu Wati Qxrekaan')
    await dialog(worker).getByRole('button', { name: 'Serahkan', exact: true }).click()
    await dialog(worker).waitFor({ state: 'detached', timeout: 60_000 })
    await expect
      .poll(async () => (await inStage(worker, 'ready')).length, { timeout: 60_000 })
      .toBeLessThan(ready.length)
    const still = new Set((await inStage(worker, 'ready')).map((one) => one.ticket))
    const given = ready.filter((one) => !still.has(one.ticket))
    // the number on the button is what is handed over: all of one school
    expect(label).toContain(`${given.length} kartu`)
    expect(new Set(given.map((one) => one.npsn)).size).toBe(1)
    for (const { ticket } of given) diary.note({ by: name, ticket, act: 'hand_over' })
  }
}

/** Finds a card by its ticket and notes that its pupil has it. */
export async function noteReceipt(worker: Worker, kept: Kept): Promise<void> {
  const { page, books, diary } = worker
  await visit(page, '/cari')
  await page.getByRole('textbox').first().fill(kept.ticket)
  await page.keyboard.press('Enter')
  const found = page.getByRole('link', { name: kept.name, exact: true })
  const received = page.getByRole('button', { name: 'Sudah diterima murid' })
  await found.or(received).first().waitFor()
  if ((await received.count()) === 0) await found.click()
  await received.click()
  await expect.poll(async () => (await books.named(kept.name)).stage).toBe('received')
  diary.note({ by: worker.name, ticket: kept.ticket, act: 'receive' })
}
