import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { ApplicationList } from '../../src/admin/contract/application.ts'
import { ViewList } from '../../src/admin/contract/document.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { enrolPupils } from './enrolled.ts'
import { leave, openHouse, openSigned, pressUntil } from './support.ts'
import type { House } from './support.ts'

let house: House
let desk: Desk
let tickets: readonly string[]

beforeAll(async () => {
  house = await openHouse()
  desk = await openDesk(house)
  tickets = await enrolPupils(house, 'wati', '69900005', [
    ['Bagas Rekaan', '6311060107150001'],
    ['Citra Rekaan', '6311064107150002'],
  ])
})
afterAll(async () => {
  await house.close()
})

/** Who is signed in at the desk is who works the page: what they hold, those with a whole lease, those ahead. */
async function held(): Promise<{ whole: string[]; ahead: string[] }> {
  const { items } = ApplicationList.parse((await desk.call('GET', '/api/claims')).body)
  const names = (ahead: boolean) =>
    items.filter((one) => (one.claim?.prefetch === true) === ahead).map((one) => one.ticket ?? '')
  return { whole: names(false), ahead: names(true) }
}
const pupil = (page: Page, name: string) => page.getByRole('heading', { name })
const approve = (page: Page, ticket: string) =>
  pressUntil(page, 'a', page.getByText(`${ticket} disetujui`), pupil(page, 'Bagas Rekaan'))

test('the next case shows at once, from what was fetched ahead, and is logged as it is', async () => {
  const [first = '', second = ''] = tickets
  const page = await openSigned(house, '/')
  const fetched: string[] = []
  page.on('response', (answer) => fetched.push(`${answer.request().method()} ${new URL(answer.url()).pathname}`))
  await page.keyboard.press('Enter')
  await pupil(page, 'Bagas Rekaan').waitFor()
  await expect.poll(held, { timeout: 10_000 }).toEqual({ whole: [first], ahead: [second] })
  const { id, documents } = await desk.find(second)
  const pictures = () => fetched.filter((one) => one.startsWith(`GET /api/applications/${id}/documents/`))
  await expect.poll(() => pictures().length, { timeout: 10_000 }).toBe(2 * documents.length)

  fetched.length = 0
  await approve(page, first)
  await pupil(page, 'Citra Rekaan').waitFor()
  await page.locator('img[src^="blob:"]').first().waitFor()
  expect(fetched.filter((one) => one === 'POST /api/queue/claim')).toEqual([])
  expect(pictures()).toEqual([])
  await expect.poll(held).toEqual({ whole: [second], ahead: [] })
  await expect
    .poll(async () => {
      const { items } = ViewList.parse((await desk.call('GET', `/api/applications/${id}/views`)).body)
      const pages = items.filter((one) => one.what === 'document')
      return ['prefetch', 'view'].map(
        (how) => new Set(pages.filter((one) => one.how === how).map((v) => v.document)).size,
      )
    })
    .toEqual([documents.length, documents.length])

  // what is taken back is the one to work on, and the other one is ahead again
  await page.keyboard.press('z')
  await pupil(page, 'Bagas Rekaan').waitFor()
  await expect.poll(held).toEqual({ whole: [first], ahead: [second] })
  await approve(page, first)
  await pupil(page, 'Citra Rekaan').waitFor()
  await expect.poll(held).toEqual({ whole: [second], ahead: [] })

  // a decision that does not arrive: the next case is there, and a bar leads back to what is undecided
  await page.keyboard.press('z')
  await pupil(page, 'Bagas Rekaan').waitFor()
  await expect.poll(held).toEqual({ whole: [first], ahead: [second] })
  // the page knows it, too
  await page.getByLabel('Keputusan').getByText(second).waitFor()
  await page.route('**/decisions', (route) => route.abort(), { times: 1 })
  const missed = page.getByRole('alert').filter({ hasText: `${first} belum diputuskan. Belum terkirim` })
  await pressUntil(page, 'a', missed, pupil(page, 'Bagas Rekaan'))
  await pupil(page, 'Citra Rekaan').waitFor()
  await missed.getByRole('button', { name: 'Buka berkas' }).click()
  await pupil(page, 'Bagas Rekaan').waitFor()
  await expect.poll(() => missed.count()).toBe(0)
  await approve(page, first)
  await expect.poll(held).toEqual({ whole: [second], ahead: [] })
  expect(page.errors).toEqual([])
  await leave(page)
})
