import type { Picture } from '../picture.ts'

/** Mean and spread of each plane, as the models were trained on: for values from 0 to 1, blue first. */
export type Levels = { mean: readonly [number, number, number]; spread: readonly [number, number, number] }

/** Writes a picture as three planes (blue, green, red) into `out` from `offset` on, in rows of `stride` columns. */
export function fillPlanes(picture: Picture, levels: Levels, out: Float32Array, offset: number, stride: number): void {
  const { data, width, height } = picture
  for (let plane = 0; plane < 3; plane++) {
    const mean = levels.mean[plane] ?? 0
    const scale = 1 / (levels.spread[plane] ?? 1)
    const channel = 2 - plane
    for (let y = 0; y < height; y++) {
      let to = offset + plane * stride * height + y * stride
      let from = y * width * 3 + channel
      for (let x = 0; x < width; x++, to++, from += 3) out[to] = ((data[from] ?? 0) / 255 - mean) * scale
    }
  }
}
