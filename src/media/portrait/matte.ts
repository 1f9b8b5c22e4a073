import type { Picture } from '../picture.ts'
import { decodedPicture, pixelsOf } from '../sharp.ts'
import { boxMean } from './box-filter.ts'
import { loadNetwork } from './network.ts'
import type { Network } from './network.ts'
import type { Size } from '../../models/file/frame.ts'

/** How much of each pixel is person, 0 to 1, row after row as in the picture. */
export type Matte = Float32Array

const SIZE = 256
/** The guided filter looks this part of the width around, and takes contrasts below its floor for noise. */
const REACH = 1 / 60
const FLOOR = 1e-4
/** What is left of a mask's grey after filtering is stretched, so that sure pixels are wholly one or the other. */
const RIM = 0.15

let network: Promise<Network> | undefined

/**
 * MediaPipe selfie segmentation, its edge drawn along the edges of the picture (guided filter, He et al. 2010). Filtered
 * at half of the size, which no eye tells from the whole (fast guided filter, He and Sun 2015).
 */
export async function matteOf(picture: Picture): Promise<Matte> {
  network ??= loadNetwork('selfie', { size: SIZE, scale: 1 / 255, shift: 0 })
  const segment = await network
  const small = await decodedPicture(picture).resize(SIZE, SIZE, { fit: 'fill' }).raw().toBuffer()
  const mask = segment(small)[0]?.data
  if (mask?.length !== SIZE * SIZE) throw new Error('the mask came in another shape')
  const half = { width: Math.ceil(picture.width / 2), height: Math.ceil(picture.height / 2) }
  const guide = lightOf(await pixelsOf(decodedPicture(picture).resize(half.width, half.height, { fit: 'fill' })))
  const { slopes, offsets } = guided(enlarged(mask, { width: SIZE, height: SIZE }, half), guide, half)
  const [slope, offset] = [enlarged(slopes, half, picture), enlarged(offsets, half, picture)]
  const light = lightOf(picture)
  for (let i = 0; i < light.length; i++) {
    light[i] = Math.max(0, Math.min(1, (slope[i]! * light[i]! + offset[i]! - RIM) / (1 - 2 * RIM)))
  }
  return light
}

/** Bilinear. A row of `values` is widened once, however many rows lie between it and the next. */
function enlarged(values: Float32Array, from: Size, to: Size): Float32Array {
  const out = new Float32Array(to.width * to.height)
  const place = (i: number, count: number, of: number) => Math.max(0, Math.min(of - 1, ((i + 0.5) * of) / count - 0.5))
  const columns = Float32Array.from({ length: to.width }, (_, x) => place(x, to.width, from.width))
  const lines = [new Float64Array(to.width), new Float64Array(to.width)] as const
  const held = [-1, -1]
  // a row and the next one take turns in the two lines
  const widened = (row: number): Float64Array => {
    const slot = row % 2 === 0 ? 0 : 1
    const line = lines[slot]
    if (held[slot] === row) return line
    held[slot] = row
    for (let x = 0; x < to.width; x++) {
      const left = columns[x]! | 0
      const share = columns[x]! - left
      const at = row * from.width
      line[x] = values[at + left]! * (1 - share) + values[at + Math.min(from.width - 1, left + 1)]! * share
    }
    return line
  }
  for (let y = 0, i = 0; y < to.height; y++) {
    const v = place(y, to.height, from.height)
    const upper = widened(Math.floor(v))
    const lower = widened(Math.min(from.height - 1, Math.floor(v) + 1))
    const share = v % 1
    for (let x = 0; x < to.width; x++, i++) out[i] = upper[x]! * (1 - share) + lower[x]! * share
  }
  return out
}

/** 0 to 1. */
function lightOf({ data, width, height }: Picture): Float32Array {
  const light = new Float32Array(width * height)
  for (let i = 0; i < light.length; i++) {
    light[i] = (data[3 * i]! * 0.299 + data[3 * i + 1]! * 0.587 + data[3 * i + 2]! * 0.114) / 255
  }
  return light
}

/** Around each pixel, the line from the light of the picture to the mask that fits best. */
function guided(mask: Float32Array, guide: Float32Array, { width, height }: Size) {
  const [product, square] = [new Float32Array(guide.length), new Float32Array(guide.length)]
  for (let i = 0; i < guide.length; i++) {
    product[i] = guide[i]! * mask[i]!
    square[i] = guide[i]! * guide[i]!
  }
  const radius = Math.max(2, Math.round(width * REACH))
  const mean = (values: Float32Array) => boxMean(values, width, height, radius)
  const [guideMean, maskMean, slope, offset] = [mean(guide), mean(mask), mean(product), mean(square)]
  for (let i = 0; i < guide.length; i++) {
    const variance = offset[i]! - guideMean[i]! ** 2
    const a = (slope[i]! - guideMean[i]! * maskMean[i]!) / (variance + FLOOR)
    slope[i] = a
    offset[i] = maskMean[i]! - a * guideMean[i]!
  }
  return { slopes: mean(slope), offsets: mean(offset) }
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
