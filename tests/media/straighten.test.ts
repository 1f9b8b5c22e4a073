import { expect, test } from 'vitest'
import type { Picture } from '../../src/media/picture.ts'
import { straightened } from '../../src/media/straighten.ts'

/** White, with one black square in the upper left corner. */
function marked(width: number, height: number): Picture {
  const data = Buffer.alloc(width * height * 3, 255)
  for (let y = 0; y < 10; y++) data.fill(0, y * width * 3, (y * width + 10) * 3)
  return { data, width, height }
}

function isBlack({ data, width }: Picture, x: number, y: number): boolean {
  return data[3 * (y * width + x)]! < 60
}

test('a page that is right is left as it is', async () => {
  const picture = marked(60, 40)
  expect(await straightened(picture, { turn: 0, skew: 0 })).toBe(picture)
})

test('a quarter turn is clockwise', async () => {
  const page = await straightened(marked(60, 40), { turn: 90, skew: 0 })
  expect(page).toMatchObject({ width: 40, height: 60 })
  expect([isBlack(page, 36, 3), isBlack(page, 3, 3)]).toEqual([true, false])
})

test('the paper is cut out of the upright picture', async () => {
  const page = await straightened(marked(60, 40), {
    turn: 180,
    skew: 0,
    paper: { x: 0.5, y: 0.5, width: 0.5, height: 0.5 },
  })
  expect(page).toMatchObject({ width: 30, height: 20 })
  expect([isBlack(page, 26, 16), isBlack(page, 3, 3)]).toEqual([true, false])
})

test('a slant is taken out clockwise, and what was beside the picture is dark', async () => {
  const page = await straightened(marked(200, 100), { turn: 0, skew: 10 })
  expect(page.width).toBeGreaterThan(200)
  // turned clockwise, the upper left corner goes right and up: the picture's own corner is its highest point
  const mark = [0, 1, 2, 3].map((row) => isBlack(page, 22, 4 + row * 2))
  expect(mark).toContain(true)
  expect(page.data[0]).toBeLessThan(80)
})

test('a paper that reaches past the edge by rounding is cut at the edge', async () => {
  const page = await straightened(marked(33, 33), {
    turn: 0,
    skew: 0,
    paper: { x: 0.99, y: 0.99, width: 0.02, height: 0.02 },
  })
  expect(page).toMatchObject({ width: 1, height: 1 })
})
