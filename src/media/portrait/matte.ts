import type { Picture } from '../picture.ts'
import { decodedPicture } from '../sharp.ts'
import { boxMean } from './box-filter.ts'
import { loadNetwork } from './network.ts'
import type { Network } from './network.ts'

/** How much of each pixel is person, 0 to 1, row after row as in the picture. */
export type Matte = Float32Array

const SIZE = 256
/** The guided filter looks this part of the width around, and takes contrasts below its floor for noise. */
const REACH = 1 / 60
const FLOOR = 1e-4
/** What is left of a mask's grey after filtering is stretched, so that sure pixels are wholly one or the other. */
const RIM = 0.15

let network: Promise<Network> | undefined

/** MediaPipe selfie segmentation, its edge drawn along the edges of the picture (guided filter, He et al. 2010). */
export async function matteOf(picture: Picture): Promise<Matte> {
  network ??= loadNetwork('selfie', { size: SIZE, scale: 1 / 255, shift: 0 })
  const segment = await network
  const small = await decodedPicture(picture).resize(SIZE, SIZE, { fit: 'fill' }).raw().toBuffer()
  const mask = segment(small)[0]?.data
  if (mask?.length !== SIZE * SIZE) throw new Error('the mask came in another shape')
  return guided(enlarged(mask, picture.width, picture.height), picture)
}

function enlarged(mask: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height)
  const place = (i: number, count: number) => Math.max(0, Math.min(SIZE - 1, ((i + 0.5) * SIZE) / count - 0.5))
  const columns = Float32Array.from({ length: width }, (_, x) => place(x, width))
  for (let y = 0, i = 0; y < height; y++) {
    const v = place(y, height)
    const upper = Math.floor(v) * SIZE
    const lower = Math.min(SIZE - 1, Math.floor(v) + 1) * SIZE
    const fy = v % 1
    for (let x = 0; x < width; x++, i++) {
      const left = columns[x]! | 0
      const right = Math.min(SIZE - 1, left + 1)
      const fx = columns[x]! - left
      out[i] =
        (mask[upper + left]! * (1 - fx) + mask[upper + right]! * fx) * (1 - fy) +
        (mask[lower + left]! * (1 - fx) + mask[lower + right]! * fx) * fy
    }
  }
  return out
}

function guided(mask: Float32Array, { data, width, height }: Picture): Matte {
  const n = width * height
  const guide = new Float32Array(n)
  const product = new Float32Array(n)
  const square = new Float32Array(n)
  for (let i = 0; i < n; i++) {
    const light = (data[3 * i]! * 0.299 + data[3 * i + 1]! * 0.587 + data[3 * i + 2]! * 0.114) / 255
    guide[i] = light
    product[i] = light * mask[i]!
    square[i] = light * light
  }
  const radius = Math.max(2, Math.round(width * REACH))
  const mean = (values: Float32Array) => boxMean(values, width, height, radius)
  const [guideMean, maskMean, slope, offset] = [mean(guide), mean(mask), mean(product), mean(square)]
  for (let i = 0; i < n; i++) {
    const variance = offset[i]! - guideMean[i]! ** 2
    const a = (slope[i]! - guideMean[i]! * maskMean[i]!) / (variance + FLOOR)
    slope[i] = a
    offset[i] = maskMean[i]! - a * guideMean[i]!
  }
  const [slopes, offsets] = [mean(slope), mean(offset)]
  return mask.map((_, i) => Math.max(0, Math.min(1, (slopes[i]! * guide[i]! + offsets[i]! - RIM) / (1 - 2 * RIM))))
}

/** The first row from above in which the person fills half of the columns `x - half` to `x + half`; the height if none. */
export function crownRow(matte: Matte, width: number, x: number, half: number): number {
  const height = matte.length / width
  const from = Math.max(0, Math.round(x - half))
  const to = Math.min(width - 1, Math.round(x + half))
  for (let y = 0; y < height; y++) {
    let sum = 0
    for (let column = from; column <= to; column++) sum += matte[y * width + column]!
    if (sum > (to - from + 1) / 2) return y
  }
  return height
}
