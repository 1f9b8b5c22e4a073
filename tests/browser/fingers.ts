import type { Locator, Page } from 'playwright-core'

/** Two fingers move apart in the middle of an element. */
export async function spread(page: Page, on: Locator): Promise<void> {
  const box = (await on.boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const at = (apart: number) => [
    { x: x - apart, y },
    { x: x + apart, y },
  ]
  const fingers = await page.context().newCDPSession(page)
  await fingers.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(20) })
  for (const apart of [30, 45, 60])
    await fingers.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(apart) })
  await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}
