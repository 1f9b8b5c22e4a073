import type { Picture } from '../picture.ts'
import { decodedPicture } from '../sharp.ts'

/**
 * `mean`: light of the face, 0 to 255. `nvol`: energy of the Laplacian for each 1000 of the contrast. `reblur`: the
 * share of the gradients that one more blur takes away, in the direction that keeps more. Sharp faces have a high
 * `nvol` and a low `reblur`.
 */
export type Clarity = { mean: number; nvol: number; reblur: number }

const SIZE = 192
/** The rim of the patch is hair, collar and wall. */
const RIM = 24
const BLUR = 4

/** Sharpness and light of a face: `patch` is 192 px wide and high, upright, with a quarter of its surroundings. */
export async function clarityOf(patch: Picture): Promise<Clarity> {
  const { data, info } = await decodedPicture(patch)
    .extract({ left: RIM, top: RIM, width: SIZE - 2 * RIM, height: SIZE - 2 * RIM })
    .resize(SIZE, SIZE)
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const grey = Float32Array.from({ length: SIZE * SIZE }, (_, i) => data[i * info.channels]!)
  const { mean, variance, laplacian } = spread(grey)
  return {
    mean,
    nvol: (1000 * laplacian) / Math.max(variance, 1e-6),
    reblur: Math.max(lostByBlur(grey, 1), lostByBlur(grey, SIZE)),
  }
}

function spread(grey: Float32Array) {
  let [sum, squares, edges, edgeSquares, n] = [0, 0, 0, 0, 0]
  for (let y = 1; y < SIZE - 1; y++) {
    for (let x = 1; x < SIZE - 1; x++) {
      const i = y * SIZE + x
      const value = grey[i]!
      const edge = grey[i - 1]! + grey[i + 1]! + grey[i - SIZE]! + grey[i + SIZE]! - 4 * value
      sum += value
      squares += value * value
      edges += edge
      edgeSquares += edge * edge
      n += 1
    }
  }
  const mean = sum / n
  return { mean, variance: squares / n - mean ** 2, laplacian: edgeSquares / n - (edges / n) ** 2 }
}

/** `step` 1 looks along the rows, the width along the columns. A box blur of 2·BLUR + 1 leaves this gradient. */
function lostByBlur(grey: Float32Array, step: number): number {
  let [all, lost] = [0, 0]
  for (let y = BLUR + 1; y < SIZE - BLUR - 1; y++) {
    for (let x = BLUR + 1; x < SIZE - BLUR - 1; x++) {
      const i = y * SIZE + x
      const before = Math.abs(grey[i]! - grey[i - step]!)
      const after = Math.abs(grey[i + BLUR * step]! - grey[i - (BLUR + 1) * step]!) / (2 * BLUR + 1)
      all += before
      lost += Math.max(0, before - after)
    }
  }
  return all === 0 ? 1 : 1 - lost / all
}
