import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Action } from '../../../src/models/application/transitions.ts'
import type { Window } from '../support.ts'
import type { Books, Kept } from './books.ts'
import type { Diary } from './diary.ts'

/** Somebody at a page of their own, at whatever width. */
export type Worker = { name: string; page: Window; books: Books; diary: Diary }

const dialog = (page: Window): Locator => page.getByRole('dialog')
const heading = (page: Window, name: string): Locator => page.getByRole('heading', { level: 1, name, exact: true })
const firstButton = (page: Window, name: RegExp): Locator => page.getByRole('button', { name }).first()

/**
 * Takes case after case, and does with each what `decide` does, until `over`. Whatever the page is at after a break of the
 * line, it goes on from there, as a person does.
 */
export async function workQueue(
  worker: Worker,
  { over, decide }: { over: () => Promise<boolean>; decide: (kept: Kept, nth: number) => Promise<void> },
): Promise<void> {
  const { page, books } = worker
  let idle = 0
  for (let nth = 1; ;) {
    if (await over()) return
    const name = await openPupil(page)
    if (name === undefined) {
      await tryAgain(page)
      // an answer that was lost with the service may have left a case here that is nobody's: back by the rail
      idle = page.url().includes('/berkas/') ? idle + 1 : 0
      if (idle > 2)
        await page
          .getByRole('link', { name: 'Antrean' })
          .first()
          .click({ timeout: 2_000 })
          .catch(() => undefined)
      await firstButton(page, /^(Ambil berikutnya|Lanjutkan)/)
        .click({ timeout: 2_000 })
        .catch(() => undefined)
      await page
        .getByRole('contentinfo', { name: 'Keputusan' })
        .waitFor({ timeout: 2_000 })
        .catch(() => undefined)
      continue
    }
    await decide(await books.named(name), nth)
    nth += 1
  }
}

/** Opens a page of the console, again and again while nobody answers there. */
export async function visit(page: Window, path: string): Promise<void> {
  const arrived = () =>
    page.goto(new URL(path, page.url()).href).then(
      () => true,
      () => false,
    )
  await expect.poll(arrived, { timeout: 60_000, interval: 500 }).toBe(true)
}

/** What could not be loaded is asked for once more, as its page offers it. */
async function tryAgain(page: Window): Promise<void> {
  const again = page.getByRole('button', { name: /^Coba/ }).first()
  if ((await again.count()) > 0) await again.click({ timeout: 1_000 }).catch(() => undefined)
}

/** The pupil whose case can be decided here now, if any. */
async function openPupil(page: Window): Promise<string | undefined> {
  const approve = page.getByRole('button', { name: /^(Setujui|Setujui foto)/ }).first()
  if ((await approve.count()) === 0 || !(await approve.isEnabled())) return undefined
  return (await page.getByRole('heading', { level: 1 }).first().textContent()) ?? undefined
}

/**
 * Does `press` while the case is on the screen, until it is done in the books: keys sleep for a moment after a case
 * appears, and a decision that did not arrive leads back by its bar.
 */
async function until(
  { page, books, name, diary }: Worker,
  kept: Kept,
  act: Action,
  press: () => Promise<unknown>,
): Promise<void> {
  const done = async (): Promise<boolean> => {
    const { history } = await books.named(kept.name)
    return history.slice(kept.history.length).some((entry) => entry.action === act)
  }
  const missed = page.getByRole('alert').filter({ hasText: `${kept.ticket} belum diputuskan` })
  await expect
    .poll(
      async () => {
        if (await done()) return true
        if ((await missed.count()) > 0)
          await missed
            .getByRole('button', { name: 'Buka berkas' })
            .click({ timeout: 2_000 })
            .catch(() => undefined)
        else if ((await heading(page, kept.name).count()) > 0) await press().catch(() => undefined)
        return done()
      },
      { timeout: 90_000, interval: 700 },
    )
    .toBe(true)
  diary.note({ by: name, ticket: kept.ticket, act })
}

/** The page goes on to the next case or the queue; where the answer was lost with the service, Enter leads on. */
async function gone(page: Window, kept: Kept): Promise<void> {
  const here = heading(page, kept.name)
  const left = await here.waitFor({ state: 'detached', timeout: 8_000 }).then(
    () => true,
    () => false,
  )
  if (left) return
  await expect
    .poll(
      async () => {
        if ((await here.count()) > 0) await page.keyboard.press((await dialog(page).count()) > 0 ? 'Escape' : 'Enter')
        return here.count()
      },
      { timeout: 30_000, interval: 1_000 },
    )
    .toBe(0)
}

export async function approve(worker: Worker, kept: Kept, by: 'keys' | 'touch'): Promise<void> {
  const { page, diary, name } = worker
  // the cut that is on the screen is kept with it
  if (kept.stage === 'photo') diary.note({ by: name, ticket: kept.ticket, act: 'correct' })
  await until(worker, kept, 'approve', () =>
    by === 'keys'
      ? page.keyboard.press('a')
      : page
          .getByRole('button', { name: /^(Setujui|Setujui foto)$/ })
          .first()
          .click({ timeout: 2_000 }),
  )
  await gone(page, kept)
}

/** Approves, takes it back, and approves again: the same case, twice decided, once in force. */
export async function approveOnSecondThought(worker: Worker, kept: Kept): Promise<void> {
  const { page, books } = worker
  const bar = page.getByRole('status').filter({ hasText: `${kept.ticket} disetujui` })
  await expect
    .poll(
      async () => {
        if ((await bar.count()) === 0 && (await heading(page, kept.name).count()) > 0) await page.keyboard.press('a')
        return bar.count()
      },
      { timeout: 30_000, interval: 700 },
    )
    .toBe(1)
  // at once, whether the server has answered or not
  await page.keyboard.press('z')
  await heading(page, kept.name).waitFor()
  await expect
    .poll(async () => (await books.named(kept.name)).history.some((entry) => entry.action === 'undo'))
    .toBe(true)
  for (const act of ['approve', 'undo'] as const) worker.diary.note({ by: worker.name, ticket: kept.ticket, act })
  await approve(worker, await books.named(kept.name), 'keys')
}

/** Opens a panel by its key, which sleeps for a moment after a case appears. */
async function openPanel(page: Window, key: string, kept: Kept): Promise<void> {
  await expect
    .poll(async () => {
      if ((await dialog(page).count()) === 0 && (await heading(page, kept.name).count()) > 0)
        await page.keyboard.press(key)
      return dialog(page).count()
    })
    .toBe(1)
}
async function letterOf(choice: Locator): Promise<string> {
  return ((await choice.getAttribute('aria-keyshortcuts')) ?? '').toLowerCase()
}

/** Returns the case with these reasons, by their letters, and a note. */
export async function sendBack(worker: Worker, kept: Kept, reasons: readonly RegExp[], note: string): Promise<void> {
  const { page } = worker
  await openPanel(page, 'r', kept)
  for (const name of reasons) {
    const box = dialog(page).getByRole('checkbox', { name })
    await page.keyboard.press(await letterOf(box))
    await expect.poll(() => box.isChecked()).toBe(true)
  }
  await dialog(page).getByLabel('Catatan untuk sekolah').fill(note)
  await until(worker, kept, 'return', () => page.keyboard.press('Control+Enter'))
  await gone(page, kept)
}

export async function proposeReject(worker: Worker, kept: Kept, why: string): Promise<void> {
  const { page } = worker
  await openPanel(page, 'x', kept)
  await dialog(page).getByLabel('Alasan').fill(why)
  await until(worker, kept, 'propose_reject', () => page.keyboard.press('Control+Enter'))
  await gone(page, kept)
}

/** Gives the case back with the first reason. */
export async function giveBack(worker: Worker, kept: Kept): Promise<void> {
  const { page } = worker
  await openPanel(page, 'Escape', kept)
  await page.keyboard.press(await letterOf(dialog(page).getByRole('radio').first()))
  await until(worker, kept, 'release', () => page.keyboard.press('Enter'))
  await gone(page, kept)
}

/** A supervisor confirms what was proposed. */
export async function confirmRejection(worker: Worker, kept: Kept, why: string): Promise<void> {
  const { page } = worker
  await page.getByRole('link', { name: kept.name, exact: true }).click()
  await expect
    .poll(
      async () => {
        await tryAgain(page)
        return heading(page, kept.name).count()
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(1)
  await page.getByRole('button', { name: 'Tolak', exact: true }).click()
  await dialog(page).getByLabel('Alasan').fill(why)
  await until(worker, kept, 'reject', () =>
    dialog(page)
      .getByRole('button', { name: /^Tolak/ })
      .click({ timeout: 2_000 }),
  )
}
