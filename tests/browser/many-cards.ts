import type { Page } from 'playwright-core'
import { QueuePage, QueueSchools } from '../../src/admin/contract/queue.ts'

/** One call that handed cards over. */
type HandedOver = { applications: string[]; receivedBy: string; transactionId: string }

/**
 * The only school with finished cards has so many of them, by pages as the server gives them; what is handed over is
 * written down, and sheets of portraits are empty.
 */
export async function listMany(page: Page, count: number): Promise<{ handedOver: readonly HandedOver[] }> {
  const handedOver: HandedOver[] = []
  await page.route('**/api/applications?*', async (route) => {
    const url = new URL(route.request().url())
    const from = Number(url.searchParams.get('after')?.split('-')[0] ?? 0)
    url.searchParams.delete('after')
    const response = await route.fetch({ url: url.href })
    const { items } = QueuePage.parse(await response.json())
    const many = Array.from({ length: Math.min(200, count - from) }, (_, i) => ({
      ...items[0],
      id: `kartu-${from + i + 1}`,
      ticket: `K-${from + i + 1}`,
    }))
    const next = from + many.length < count ? { next: `${from + many.length}-kartu` } : {}
    await route.fulfill({ response, json: { total: count, items: many, ...next } })
  })
  await page.route('**/api/queue/schools?*', async (route) => {
    const response = await route.fetch()
    const { items } = QueueSchools.parse(await response.json())
    await route.fulfill({ response, json: { items: items.map((school) => ({ ...school, rows: count })) } })
  })
  await page.route('**/api/handovers', async (route) => {
    const part = route.request().postDataJSON() as HandedOver
    handedOver.push(part)
    await route.fulfill({ json: { items: part.applications.map((id) => ({ id, done: true, stage: 'handed_over' })) } })
  })
  await page.route('**/api/portrait-sheets', (route) =>
    route.fulfill({ contentType: 'application/pdf', body: '%PDF-' }),
  )
  return { handedOver }
}

/** The parts that a sheet of portraits of `listMany` comes in: which cards, and under which number its pages begin. */
export async function portraitParts(
  page: Page,
  parts: readonly (readonly [first: number, last: number])[],
): Promise<{ cards: number; firstPage: number; name: string }[]> {
  const saved = []
  for (const [first, last] of parts) {
    const [asked, file] = [page.waitForRequest('**/api/portrait-sheets'), page.waitForEvent('download')]
    await page.getByRole('button', { name: `Lembar pas foto ${first}–${last}` }).click()
    const body = (await asked).postDataJSON() as { applications: string[]; firstPage: number }
    saved.push({ cards: body.applications.length, firstPage: body.firstPage, name: (await file).suggestedFilename() })
  }
  return saved
}
