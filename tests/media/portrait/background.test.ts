import { describe, expect, test } from 'vitest'
import { backgroundOf, withBackground } from '../../../src/media/portrait/background.ts'
import { boxMean } from '../../../src/media/portrait/box-filter.ts'

const [W, H] = [60, 90]
/** A grey person in the lower middle before a plain colour, and the matte that knows it. */
function before([r, g, b]: readonly [number, number, number]) {
  const data = Buffer.alloc(W * H * 3)
  const matte = new Float32Array(W * H)
  for (let i = 0; i < W * H; i++) {
    const x = i % W
    const y = Math.floor(i / W)
    matte[i] = x > 15 && x < 45 && y > 30 ? 1 : 0
    data.set(matte[i] === 1 ? [120, 118, 116] : [r, g, b], i * 3)
  }
  return { picture: { data, width: W, height: H }, matte }
}
const colourOf = (rgb: readonly [number, number, number]) => {
  const { picture, matte } = before(rgb)
  return backgroundOf(picture, matte, 0.85).colour
}

describe('the colour behind a person', () => {
  test.each([
    ['red', [200, 20, 30]],
    ['red', [128, 10, 32]],
    ['blue', [20, 80, 180]],
    ['blue', [60, 140, 230]],
    ['orange', [240, 130, 20]],
    ['other', [255, 255, 255]],
    ['other', [10, 10, 12]],
    ['other', [40, 140, 60]],
    ['other', [150, 115, 80]],
    ['other', [190, 150, 130]],
  ] as const)('%s: %j', (colour, rgb) => {
    expect(colourOf(rgb)).toBe(colour)
  })
  test('is not told where a person fills the picture', () => {
    const { picture, matte } = before([200, 20, 30])
    expect(backgroundOf(picture, matte.fill(1), 0.85).colour).toBe('unknown')
  })
  test('half red is no red', () => {
    const { picture, matte } = before([200, 20, 30])
    for (let i = 0; i < W * H; i += 2) picture.data.set([240, 240, 240], i * 3)
    const { colour, share } = backgroundOf(picture, matte, 0.85)
    expect(colour).toBe('other')
    expect(share).toBeCloseTo(0.5, 1)
  })
})

test('replacing changes what is behind and nothing of the person', () => {
  const { picture, matte } = before([240, 240, 240])
  const { data } = withBackground(picture, matte, [200, 20, 30])
  expect([...data.subarray(0, 3)]).toEqual([200, 20, 30])
  const inside = (60 * W + 30) * 3
  expect(data.subarray(inside, inside + 3)).toEqual(picture.data.subarray(inside, inside + 3))
})
test('a half-transparent rim takes no colour of the wall along', () => {
  const { picture, matte } = before([240, 240, 240])
  const rim = 60 * W + 15
  picture.data.set([180, 179, 178], rim * 3)
  matte[rim] = 0.5
  const { data } = withBackground(picture, matte, [0, 0, 0])
  // half of a grey near the person's 120, not half of the wall's light
  expect(data[rim * 3]).toBeGreaterThan(60)
  expect(data[rim * 3]).toBeLessThan(85)
})

describe('at the edge', () => {
  const [x, y] = [15, 60]
  const rim = y * W + x
  const value = 180
  /** The rim's pixel half person, before black: what is seen of it, by what its own colour is taken for. */
  const half = (own: number) => Math.round((value * 0.5 + own * 0.5) * 0.5)

  test('the own colour is the mean of the surely person in the square around', () => {
    const { picture, matte } = before([240, 240, 240])
    const own: number[] = []
    for (let v = y - 4; v <= y + 4; v++) {
      for (let u = x - 4; u <= x + 4; u++) {
        if (matte[v * W + u] !== 1) continue
        picture.data[3 * (v * W + u)] = (u * 31 + v * 17) % 256
        own.push((u * 31 + v * 17) % 256)
      }
    }
    // what is not surely person, or lies outside of the square, has no say
    picture.data[3 * (y * W + x + 5)] = 255
    matte[rim - 1] = 0.9
    picture.data[3 * rim] = value
    matte[rim] = 0.5
    const { data } = withBackground(picture, matte, [0, 0, 0])
    expect(data[3 * rim]).toBe(half(own.reduce((a, b) => a + b) / own.length))
  })
  test('the colour that is seen stands where hardly anything around is surely person', () => {
    const { picture, matte } = before([240, 240, 240])
    matte.fill(0)
    picture.data[3 * rim] = value
    matte[rim] = 0.5
    matte[rim + 1] = 1
    // one pixel of 81
    expect(withBackground(picture, matte, [0, 0, 0]).data[3 * rim]).toBe(value / 2)
  })
  test('of the picture, the square is what there is of it', () => {
    const { picture, matte } = before([240, 240, 240])
    matte.fill(1)
    picture.data.fill(100)
    picture.data[0] = value
    matte[0] = 0.5
    expect(withBackground(picture, matte, [0, 0, 0]).data[0]).toBe(half(100))
  })
})

test('the box filter is the mean of each square, smaller at the edges', () => {
  const [width, height, radius] = [7, 5, 2]
  const values = Float32Array.from({ length: width * height }, (_, i) => (i * 37) % 11)
  const means = boxMean(values, width, height, radius)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const square: number[] = []
      for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
        for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++)
          square.push(values[v * width + u]!)
      }
      expect(means[y * width + x]).toBeCloseTo(square.reduce((a, b) => a + b) / square.length, 4)
    }
  }
})
test('a radius larger than the picture gives the mean of all', () => {
  const means = boxMean(Float32Array.from([1, 2, 3, 4]), 2, 2, 9)
  expect([...means]).toEqual([2.5, 2.5, 2.5, 2.5])
})
