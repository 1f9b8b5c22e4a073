import type { Page } from 'playwright-core'

type Counting = {
  addEventListener(type: 'beforeprint', listen: () => void): void
  document: { querySelectorAll(rows: string): { length: number } }
  printed: number
}

/** How many rows of a list are there for the printer, when `print` prints the page. */
export async function printedRows(page: Page, print: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const window = globalThis as unknown as Counting
    window.addEventListener('beforeprint', () => {
      window.printed = window.document.querySelectorAll('tr[aria-rowindex]').length
    })
  })
  await print()
  return page.evaluate(() => (globalThis as unknown as Counting).printed)
}
