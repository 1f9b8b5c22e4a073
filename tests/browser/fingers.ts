import type { Locator, Page } from 'playwright-core'

type Point = { x: number; y: number }

/** Two fingers move apart in the middle of an element. */
export async function spread(page: Page, on: Locator): Promise<void> {
  const { x, y } = await middleOf(on)
  await touch(
    page,
    [20, 30, 45, 60].map((apart) => [
      { x: x - apart, y },
      { x: x + apart, y },
    ]),
  )
}

/** One finger moves down from the middle of an element, by so many pixels. */
export async function slideDown(page: Page, on: Locator, pixels: number): Promise<void> {
  const { x, y } = await middleOf(on)
  await touch(
    page,
    [0, 1 / 3, 2 / 3, 1].map((part) => [{ x, y: y + part * pixels }]),
  )
}

/** Taps a tool of the open document in the menu that has them on a phone. */
export async function pocketTool(page: Page, tool: string): Promise<void> {
  await page.getByRole('button', { name: 'Alat berkas' }).click()
  await page.getByRole('menuitem', { name: tool }).click()
}

type Rect = Point & { width: number; height: number }
/** The least room, in pixels, between what lies in something and its edges; negative where it sticks out. */
export const roomAround = (inner: Rect, outer: Rect): number =>
  Math.min(
    inner.x - outer.x,
    inner.y - outer.y,
    outer.x + outer.width - inner.x - inner.width,
    outer.y + outer.height - inner.y - inner.height,
  )

async function middleOf(on: Locator): Promise<Point> {
  await on.scrollIntoViewIfNeeded()
  const box = (await on.boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Where the fingers are, moment by moment. */
async function touch(page: Page, moments: readonly Point[][]): Promise<void> {
  const fingers = await page.context().newCDPSession(page)
  for (const [i, touchPoints] of moments.entries())
    await fingers.send('Input.dispatchTouchEvent', { type: i === 0 ? 'touchStart' : 'touchMove', touchPoints })
  await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}
