import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Cookie, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { officeFile } from '../e2e/support/pace.ts'
import { sharedChromium } from './chromium.ts'
import { hostApart, hostHere } from './hosted.ts'
import type { Hosted } from './hosted.ts'

export const SUPERVISOR = { username: 'penyelia', password: 'rahasia-contoh-2026' }
export const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

/** A service of its own (own database on the run's stores), and the Chromium. */
export type House = {
  readonly service: Pick<Hosted, 'url' | 'output' | 'restart'>
  browser: Browser
  /** Where the service keeps everything, for what its worker would have put there. */
  readonly stores: { readonly mongodbUri: string; readonly dataDir: string }
  /** Of who has signed in, by their user name. */
  readonly sessions: Map<string, Cookie[]>
  close(): Promise<void>
}

/**
 * `undoSeconds`: how long a decision waits before the next stage; 5 as in the office file unless given, and no grace. `signature`: cards
 * are signed before they are printed. `apart`: with more variables, as a process that can be killed.
 */
export async function openHouse({
  undoSeconds = 5,
  undoGraceSeconds = 0,
  signature = false,
  apart,
}: {
  undoSeconds?: number
  undoGraceSeconds?: number
  signature?: boolean
  apart?: Record<string, string>
} = {}): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-browser-'))
  const env: Record<string, string> = {
    DATA_DIR: dataDir,
    OFFICE_FILE: await officeFile(dataDir, { undoSeconds, undoGraceSeconds, filesQuietSeconds: 0.3, signature }),
    ADMIN_USERNAME: SUPERVISOR.username,
    ADMIN_PASSWORD: SUPERVISOR.password,
    // a reader beside a browser on two cores makes every page wait
    MEDIA: 'keep',
  }
  const service = apart ? await hostApart({ ...env, ...apart }) : await hostHere(env)
  const browser = await sharedChromium()
  return {
    service,
    browser,
    stores: { mongodbUri: service.mongodbUri, dataDir },
    sessions: new Map(),
    async close() {
      const kept = new Set(left.map((page) => page.context()))
      const failed = browser.contexts().filter((context) => !kept.has(context))
      await Promise.all(failed.map((context) => context.close()))
      await service.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export type Looks = { viewport?: { width: number; height: number }; dark?: boolean }

/** Of one operator; page errors fail the test by `errors`. */
export type Window = Page & { errors: string[] }
/** Windows that were left: they have loaded the program already, as most of a day's have. */
const left: Page[] = []

/** A window on the service, as an Indonesian office has it, in which nobody is signed in and nothing is remembered. */
export async function openPage(house: House, path: string, looks: Looks = {}): Promise<Window> {
  const page = await newWindow(house, looks)
  await page.goto(`${house.service.url}${path}`)
  return page
}
async function newWindow(house: House, { viewport = DESKTOP, dark = false }: Looks): Promise<Window> {
  const colorScheme = dark ? 'dark' : 'light'
  const used = left.pop()
  if (used) {
    await used.setViewportSize(viewport)
    await used.emulateMedia({ colorScheme })
  }
  const page = used ?? (await firstPage(house.browser, { viewport, colorScheme }))
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  return Object.assign(page, { errors })
}
async function firstPage(browser: Browser, looks: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({
    ...looks,
    locale: 'id-ID',
    timezoneId: 'Asia/Makassar',
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

/** Whoever worked in these windows has left: the next one finds nothing of theirs. */
export async function leave(...pages: readonly Page[]): Promise<void> {
  await Promise.all(
    pages.map(async (page) => {
      page.removeAllListeners()
      await page.unrouteAll()
      const { origin } = new URL(page.url())
      // not a blank page: that would end the process which has compiled the program
      await page.goto(`${origin}/healthz`)
      await page.context().clearCookies()
      const devtools = await page.context().newCDPSession(page)
      await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage,indexeddb' })
      await devtools.detach()
      left.push(page)
    }),
  )
}

export async function signIn(page: Page, who = SUPERVISOR): Promise<void> {
  await page.getByLabel('Nama pengguna').fill(who.username)
  await page.getByLabel('Kata sandi', { exact: true }).fill(who.password)
  await page.keyboard.press('Enter')
  await page
    .getByRole('button', { name: /Ambil berikutnya|Lanjutkan/ })
    .first()
    .waitFor()
}

/**
 * A window of somebody who has signed in already, as most of a day's windows are; the supervisor where it is not said.
 * One load instead of three: the form itself is tested where it is the subject.
 */
export async function openSigned(
  house: House,
  path: string,
  { who = SUPERVISOR, ...looks }: Looks & { who?: { username: string; password: string } } = {},
): Promise<Window> {
  const page = await newWindow(house, looks)
  const known = house.sessions.get(who.username)
  if (known) await page.context().addCookies(known)
  else {
    const answer = await page.request.post(`${house.service.url}/api/session`, { data: who })
    if (!answer.ok()) throw new Error(`the sign-in was answered ${answer.status()}`)
    house.sessions.set(who.username, await page.context().cookies())
  }
  await page.goto(`${house.service.url}${path}`)
  await page.getByRole('main').first().waitFor()
  return page
}

/** Takes the next case by the button, which waits until what is held is known; the key does not wait for a slow page. */
export async function takeNext(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /Ambil berikutnya|Lanjutkan/ })
    .first()
    .click()
}

/**
 * Presses a key until what it brings shows: keys sleep for a moment after a case appears. `only`: never but while this
 * is there, as a second A would decide the next case.
 */
export async function pressUntil(page: Page, key: string, brought: Locator, only?: Locator): Promise<void> {
  await expect
    .poll(async () => {
      const due = (await brought.count()) === 0 && (!only || (await only.count()) > 0)
      if (due) await page.keyboard.press(key)
      return brought.count()
    })
    .toBe(1)
}

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What axe finds against WCAG A and AA, a line each; empty where all is well. */
export async function axe(page: Page): Promise<string[]> {
  // evaluated, not loaded: the page's policy allows no script but its own
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(await readFile(axeSource, 'utf8'))
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
    type Violation = { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }
    const { violations } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      // nothing here is loaded from elsewhere, and what passes need not be described
      preload: false,
      resultTypes: ['violations'],
    })
    return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`))
  })
}

export type Sent = { text: string } | { files: { name: string; bytes: Buffer; type: string }[] }

/** Says one thing in the demo chat and waits for the bot's answer to it, which is given back. */
export async function say(house: House, person: string, sent: Sent): Promise<string> {
  const url = `${house.service.url}/demo/chat/${person}/messages`
  let last: string | undefined
  /** What came since this was asked last. */
  async function news(): Promise<{ id: string; from: string; text: string }[]> {
    const answer = await fetch(last === undefined ? url : `${url}?after=${encodeURIComponent(last)}`)
    const { messages } = (await answer.json()) as { messages: { id: string; from: string; text: string }[] }
    last = messages.at(-1)?.id ?? last
    return messages
  }
  await news()
  let body: string | FormData
  const headers: Record<string, string> = {}
  if ('text' in sent) {
    body = JSON.stringify({ text: sent.text })
    headers['content-type'] = 'application/json'
  } else {
    const form = new FormData()
    for (const file of sent.files)
      form.append('files', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name)
    body = form
  }
  const answer = await fetch(url, { method: 'POST', headers, body })
  if (answer.status !== 202) throw new Error(`the demo chat answered ${answer.status}`)
  for (let i = 0; i < 200; i++) {
    const said = (await news()).findLast((message) => message.from === 'bot')
    if (said) return said.text
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the bot did not answer')
}

/** Certificate, family card (as a PDF where one is given), the cards of both parents, portrait. */
export async function album(familyCard?: Buffer): Promise<{ name: string; bytes: Buffer; type: string }[]> {
  const files: { name: string; bytes: Buffer; type: string }[] = await Promise.all(
    ['akta', 'kk', 'ktp-ayah', 'ktp-ibu', 'foto-merah'].map(async (name) => ({
      name: `${name}.jpg`,
      bytes: await readFile(`src/admin/console/public/samples/${name}.jpg`),
      type: 'image/jpeg',
    })),
  )
  if (familyCard) files[1] = { name: 'kk.pdf', bytes: familyCard, type: 'application/pdf' }
  return files
}

/**
 * A newcomer registers and submits pupils (name, NIK; `born`: a birth date that is insisted on against the NIK) one after
 * another, each with one album; gives the tickets.
 */
export async function submitPupils(
  house: House,
  person: string,
  npsn: string,
  pupils: readonly (readonly [name: string, nik: string, born?: string | undefined, familyCard?: Buffer])[],
): Promise<string[]> {
  const words = ['halo', 'setuju', npsn, 'ya', 'Wati Rekaan', '1', '1']
  for (const text of words) await say(house, person, { text })
  const tickets: string[] = []
  for (const [i, [name, nik, born, familyCard]] of pupils.entries()) {
    if (i > 0) await say(house, person, { text: 'ya' })
    for (const text of [name, nik, ...(born === undefined ? ['ya'] : [born, '3']), ...(i === 0 ? ['4A'] : [])])
      await say(house, person, { text })
    await say(house, person, { files: await album(familyCard) })
    const answer = await say(house, person, { text: 'kirim' })
    tickets.push(/\*([A-Z]\d+-\d)\*/.exec(answer)?.[1] ?? answer)
  }
  return tickets
}

/** Whether one element is there, and whole in the window. */
export async function inView(page: Page, row: Locator): Promise<boolean> {
  const box = (await row.count()) === 1 ? await row.boundingBox() : null
  return box !== null && box.y > 0 && box.y + box.height <= (page.viewportSize()?.height ?? 0)
}
