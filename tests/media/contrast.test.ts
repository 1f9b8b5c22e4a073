import { expect, test } from 'vitest'
import { withEvenLight } from '../../src/media/contrast.ts'

/** Grey paper, darker towards the right, with a black line down its middle row. */
function shadowed(width: number, height: number) {
  const data = Buffer.alloc(width * height * 3)
  for (let i = 0; i < width * height; i++) {
    const light = 240 - Math.round(((i % width) / width) * 100)
    data.fill(Math.floor(i / width) === height / 2 ? light / 8 : light, i * 3, i * 3 + 3)
  }
  return { data, width, height }
}

test('paper in shadow becomes as bright as paper in the light, and ink stays dark', async () => {
  const page = await withEvenLight(shadowed(400, 300))
  const at = (x: number, y: number) => page.data[(y * page.width + x) * 3] ?? 0
  for (const x of [10, 200, 390]) {
    expect(at(x, 40)).toBeGreaterThan(225)
    expect(at(x, 150)).toBeLessThan(60)
  }
})

test('what is dark all over is lifted only so far', async () => {
  const dark = { data: Buffer.alloc(90 * 60 * 3, 20), width: 90, height: 60 }
  const { data, width, height } = await withEvenLight(dark)
  expect([width, height]).toEqual([90, 60])
  expect(Math.max(...data)).toBe(40)
})
