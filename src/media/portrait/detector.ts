import type { Picture } from '../picture.ts'
import { decodedPicture } from '../sharp.ts'
import type { Network } from './network.ts'
import { loadNetwork } from './network.ts'

/** A place that may be a face, in pixels of the picture; `roll` in degrees clockwise, by the eyes. */
export type Candidate = { score: number; x: number; y: number; width: number; height: number; roll: number }

const SIZE = 256
/** The network looks at a grid of 16 px with two boxes in each cell and at one of 32 px with six. */
const GRIDS = [
  { step: 16, boxes: 2 },
  { step: 32, boxes: 6 },
] as const
const PROBABLE = 0.5
/** Of two boxes that share more than this part of the smaller one, the surer is kept. */
const SAME_FACE = 0.5

/** MediaPipe BlazeFace, the model for people at arm's length and farther. */
export async function createDetector() {
  const network = await loadNetwork('blazeface', { size: SIZE, scale: 1 / 127.5, shift: -1 })
  return async (picture: Picture): Promise<Candidate[]> => strongest(await candidatesOf(network, picture))
}

async function candidatesOf(network: Network, picture: Picture): Promise<Candidate[]> {
  const pixels = await decodedPicture(picture)
    .resize(SIZE, SIZE, { fit: 'contain', background: '#000' })
    .raw()
    .toBuffer()
  const outputs = network(pixels)
  const scale = SIZE / Math.max(picture.width, picture.height)
  const left = (SIZE - picture.width * scale) / 2
  const top = (SIZE - picture.height * scale) / 2
  const found: Candidate[] = []
  for (const { step, boxes } of GRIDS) {
    const cells = SIZE / step
    const count = cells * cells * boxes
    const scores = outputs.find(({ shape }) => shape[0] === count && shape[1] === 1)
    const places = outputs.find(({ shape }) => shape[0] === count && shape[1] === 16)
    if (!scores || !places) throw new Error('the face detector answered in another shape')
    for (let i = 0; i < count; i++) {
      const score = 1 / (1 + Math.exp(-scores.data[i]!))
      if (score < PROBABLE) continue
      const cell = Math.floor(i / boxes)
      const value = (k: number) => places.data[i * 16 + k]!
      const x = (k: number) => (value(k) + ((cell % cells) + 0.5) * step - left) / scale
      const y = (k: number) => (value(k) + (Math.floor(cell / cells) + 0.5) * step - top) / scale
      const [width, height] = [value(2) / scale, value(3) / scale]
      // 4 and 5 are the right eye, 6 and 7 the left one
      const roll = (Math.atan2(y(7) - y(5), x(6) - x(4)) * 180) / Math.PI
      found.push({ score, x: x(0) - width / 2, y: y(1) - height / 2, width, height, roll })
    }
  }
  return found
}

function strongest(candidates: Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  for (const one of candidates.sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => shared(one, other) < SAME_FACE)) kept.push(one)
  }
  return kept
}

function shared(a: Candidate, b: Candidate): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return (Math.max(0, width) * Math.max(0, height)) / Math.min(a.width * a.height, b.width * b.height)
}
