import type { Frame, Point, Size } from '../../models/file/frame.ts'
import type { QuarterTurn } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'
import { decodedPicture, pixelsOf } from '../sharp.ts'

/** Pixels are taken at up to this many times the size that is asked for and then averaged: bilinear alone blurs. */
const OVERSAMPLING = 1.5

/** The same picture with its longer edge at most `edge` pixels. */
export async function within(picture: Picture, edge: number): Promise<Picture> {
  if (Math.max(picture.width, picture.height) <= edge) return picture
  return pixelsOf(decodedPicture(picture).resize(edge, edge, { fit: 'inside' }))
}

export async function turned(picture: Picture, turn: QuarterTurn): Promise<Picture> {
  return turn === 0 ? picture : pixelsOf(decodedPicture(picture).rotate(turn))
}

/** The point of the picture that lies at `u`, `v` (pixels from the middle of the frame, along its own edges). */
export function pointOf(frame: Point & { angle: number }, u: number, v: number): Point {
  const a = (frame.angle * Math.PI) / 180
  return { x: frame.x + u * Math.cos(a) - v * Math.sin(a), y: frame.y + u * Math.sin(a) + v * Math.cos(a) }
}

/**
 * What the frame shows, upright, in `size` pixels. What lies outside of the picture repeats its edge: a plain wall goes
 * on as a plain wall.
 */
export async function cutOut(
  picture: Picture,
  frame: Frame,
  size: Size,
  oversampling = OVERSAMPLING,
): Promise<Picture> {
  const part = await partAround(picture, frame, Math.min(1, (oversampling * size.width) / frame.width))
  const width = Math.max(1, Math.round(frame.width * part.scale))
  const height = Math.max(1, Math.round(frame.height * part.scale))
  const sampled = sample(part.picture, { ...part.frame, width, height })
  if (width === size.width && height === size.height) return sampled
  return pixelsOf(decodedPicture(sampled).resize(size.width, size.height, { fit: 'fill' }))
}

/** The upright rectangle of the picture that holds the frame, reduced by `scale`, and the frame within it. */
async function partAround(picture: Picture, frame: Frame, scale: number) {
  const corners = [-0.5, 0.5].flatMap((h) => [-0.5, 0.5].map((v) => pointOf(frame, h * frame.width, v * frame.height)))
  const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value))
  const left = clamp(Math.floor(Math.min(...corners.map((c) => c.x))) - 2, picture.width - 1)
  const top = clamp(Math.floor(Math.min(...corners.map((c) => c.y))) - 2, picture.height - 1)
  const right = clamp(Math.ceil(Math.max(...corners.map((c) => c.x))) + 2, picture.width)
  const bottom = clamp(Math.ceil(Math.max(...corners.map((c) => c.y))) + 2, picture.height)
  const size = { width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
  let image = decodedPicture(picture).extract({ left, top, ...size })
  if (scale < 1) {
    image = image.resize(Math.max(1, Math.round(size.width * scale)), Math.max(1, Math.round(size.height * scale)), {
      fit: 'fill',
    })
  }
  const part = await pixelsOf(image)
  const [sx, sy] = [part.width / size.width, part.height / size.height]
  return { picture: part, scale, frame: { x: (frame.x - left) * sx, y: (frame.y - top) * sy, angle: frame.angle } }
}

/** Bilinear, one sample for each pixel of the frame. */
function sample({ data, width: w, height: h }: Picture, frame: Frame): Picture {
  const { width, height } = frame
  const out = Buffer.allocUnsafe(width * height * 3)
  const a = (frame.angle * Math.PI) / 180
  const [cos, sin] = [Math.cos(a), Math.sin(a)]
  for (let y = 0, o = 0; y < height; y++) {
    const v = y + 0.5 - height / 2
    for (let x = 0; x < width; x++, o += 3) {
      const u = x + 0.5 - width / 2
      const px = Math.max(0, Math.min(w - 1, frame.x + u * cos - v * sin - 0.5))
      const py = Math.max(0, Math.min(h - 1, frame.y + u * sin + v * cos - 0.5))
      const x0 = px | 0
      const y0 = py | 0
      const fx = px - x0
      const fy = py - y0
      const i = (y0 * w + x0) * 3
      const right = x0 + 1 < w ? 3 : 0
      const below = y0 + 1 < h ? w * 3 : 0
      for (let c = 0; c < 3; c++) {
        const upper = data[i + c]! * (1 - fx) + data[i + right + c]! * fx
        const lower = data[i + below + c]! * (1 - fx) + data[i + below + right + c]! * fx
        out[o + c] = upper * (1 - fy) + lower * fy + 0.5
      }
    }
  }
  return { data: out, width, height }
}
