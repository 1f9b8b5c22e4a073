import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findPaper } from '../../../src/media/reading/paper.ts'
import { isUpsideDown, slantOf } from '../../../src/media/reading/upright.ts'

const line = (angle: number, i: number) => ({ x: 100, y: 50 * i, width: 300 + i, height: 20, angle })

test('the slant of lying lines is taken out, that of standing ones with a quarter turn', () => {
  fc.assert(
    fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (tilt) => {
      const straight = Math.abs(tilt) < 0.4 ? 0 : -tilt
      const lying = slantOf([0, 1, 2, 3].map((i) => line(tilt, i)))
      expect(lying.turn).toBe(0)
      expect(lying.skew).toBeCloseTo(straight, 1)
      const standing = slantOf([0, 1, 2, 3].map((i) => line(tilt > 0 ? tilt - 90 : tilt + 90, i)))
      expect(standing.turn).toBe(270)
      expect(standing.skew).toBeCloseTo(straight, 1)
    }),
  )
})

test('few crooked lines do not turn a page, and no lines leave it as it is', () => {
  expect(slantOf([0, 0.2, 0, 80].map((angle, i) => line(angle, i)))).toEqual({ turn: 0, skew: 0 })
  expect(slantOf([])).toEqual({ turn: 0, skew: 0 })
})

/** A white sheet on a dark table, in shares of the picture. */
function sheetOn(width: number, height: number, sheet: { x: number; y: number; width: number; height: number }) {
  const data = Buffer.alloc(width * height * 3, 60)
  for (let y = Math.round(sheet.y * height); y < Math.round((sheet.y + sheet.height) * height); y++) {
    const from = (y * width + Math.round(sheet.x * width)) * 3
    data.fill(235, from, from + Math.round(sheet.width * width) * 3)
  }
  return { data, width, height }
}

test('a sheet on a table is found with its rim, unless a line stands beside it', async () => {
  const page = sheetOn(800, 600, { x: 0.2, y: 0.1, width: 0.6, height: 0.7 })
  const within = { x: 400, y: 200, width: 300, height: 20, angle: 0 }
  const paper = await findPaper(page, [within])
  expect(paper?.x).toBeCloseTo(0.2, 1)
  expect(paper?.y).toBeCloseTo(0.1, 1)
  expect(paper?.width).toBeCloseTo(0.6, 1)
  expect(paper?.height).toBeCloseTo(0.7, 1)
  expect(await findPaper(page, [within, { ...within, x: 60, width: 90 }])).toBeUndefined()
})

test('a picture that is all paper is not cut', async () => {
  expect(await findPaper(sheetOn(400, 300, { x: 0, y: 0, width: 1, height: 1 }), [])).toBeUndefined()
})

/** A page of ten lines, each dark at its start, and a reader that is sure of those which are dark on the left. */
function pageOfLines(sure: { upright: number; turned: number }) {
  const size = { width: 400, height: 800 }
  const data = Buffer.alloc(size.width * size.height * 3, 255)
  const lines = Array.from({ length: 10 }, (_, i) => ({ x: 200, y: 40 + 80 * i, width: 200 + i, height: 40, angle: 0 }))
  for (const { y } of lines)
    for (let row = y - 20; row < y + 20; row++) data.fill(0, (row * 400 + 100) * 3, (row * 400 + 200) * 3)
  let asked = 0
  const recognise = async ({ data: numbers, dims }: { data: Float32Array; dims: readonly number[] }) => {
    const [count = 0, , height = 0, width = 0] = dims
    asked += count
    const scores = Array.from({ length: count }, (_, i) => {
      const middle = i * 3 * height * width + (height / 2) * width
      return (numbers[middle + 20] ?? 0) < 0 ? sure.upright : sure.turned
    })
    return { data: Float32Array.from(scores.flatMap((score) => [1 - score, score])), dims: [count, 1, 2] }
  }
  const models = { detect: recognise, recognise, alphabet: ['', 'A'] }
  return { look: () => isUpsideDown(models, { ...size, data }, lines), asked: () => asked }
}

test('three lines that are clear about it say which end is up; where they are not, all ten are asked', async () => {
  for (const [upright, turned, asked] of [
    [0.95, 0.6, 6],
    [0.6, 0.95, 6],
    [0.7, 0.66, 20],
    [0.66, 0.7, 20],
  ] as const) {
    const page = pageOfLines({ upright, turned })
    expect(await page.look()).toBe(turned > upright)
    expect(page.asked()).toBe(asked)
  }
})

test('a page without lines stays as it is', async () => {
  const models = { detect: never, recognise: never, alphabet: [''] }
  expect(await isUpsideDown(models, { data: Buffer.alloc(3), width: 1, height: 1 }, [])).toBe(false)
})
async function never(): Promise<never> {
  throw new Error('nothing is to be read')
}
