import type { Picture } from '../picture.ts'
import { decodedPicture } from '../sharp.ts'
import type { Candidate } from './detector.ts'
import { loadNetwork } from './network.ts'
import { cutOut, pointOf } from './pixels.ts'
import type { Point } from '../../models/file/frame.ts'

/** A face with its landmarks, in pixels of the picture; `patch` is the face alone, upright, 192 px wide and high. */
export type Face = Candidate & {
  /** How sure the landmarks are that there is a face at all, 0 to 1. */
  confidence: number
  /** Where the nose stands between the cheeks: 0 straight ahead, -1 and 1 full profiles. */
  yaw: number
  /** Height of the narrower eye opening as a share of the eye's width. */
  eyesOpen: number
  /** The hairline above the nose. */
  brow: Point
  chin: Point
  /** The middle between the outer corners of the eyes. */
  eyes: Point
  patch: Picture
}

const SIZE = 192
const POINTS = 468
/** The landmarks were trained on squares that leave a quarter of the face around it. */
const MARGIN = 1.5
/** Numbers of landmarks in the mesh, by the canonical face of MediaPipe. */
const [NOSE, BROW, CHIN, LEFT_CHEEK, RIGHT_CHEEK] = [1, 10, 152, 234, 454] as const
const EYES = [
  { upper: 159, lower: 145, outer: 33, inner: 133 },
  { upper: 386, lower: 374, outer: 263, inner: 362 },
] as const

/** MediaPipe FaceMesh. */
export async function createLandmarks() {
  const network = await loadNetwork('facemesh', { size: SIZE, scale: 1 / 255, shift: 0 })
  return async (picture: Picture, candidate: Candidate): Promise<Face> => {
    const side = Math.max(candidate.width, candidate.height) * MARGIN
    const middle = {
      x: candidate.x + candidate.width / 2,
      y: candidate.y + candidate.height / 2,
      angle: candidate.roll,
    }
    const frame = { ...middle, width: side, height: side }
    const patch = await cutOut(picture, frame, { width: SIZE, height: SIZE })
    const outputs = network(await decodedPicture(patch).raw().toBuffer())
    const mesh = outputs.find(({ data }) => data.length === POINTS * 3)?.data
    const confidence = outputs.find(({ data }) => data.length === 1)?.data[0]
    if (!mesh || confidence === undefined) throw new Error('the landmarks came in another shape')
    const local = (i: number): Point => ({
      x: (mesh[3 * i]! / SIZE - 0.5) * side,
      y: (mesh[3 * i + 1]! / SIZE - 0.5) * side,
    })
    const inPicture = (p: Point): Point => pointOf(middle, p.x, p.y)
    const [outerRight, outerLeft] = [local(EYES[0].outer), local(EYES[1].outer)]
    const [left, right] = [local(LEFT_CHEEK).x, local(RIGHT_CHEEK).x]
    const openings = EYES.map(
      (eye) => distance(local(eye.upper), local(eye.lower)) / distance(local(eye.outer), local(eye.inner)),
    )
    return {
      ...candidate,
      // the detector's eyes are rough, those of the mesh are not
      roll: candidate.roll + (Math.atan2(outerLeft.y - outerRight.y, outerLeft.x - outerRight.x) * 180) / Math.PI,
      confidence,
      yaw: ((local(NOSE).x - left) / (right - left) - 0.5) * 2,
      eyesOpen: Math.min(...openings),
      brow: inPicture(local(BROW)),
      chin: inPicture(local(CHIN)),
      eyes: inPicture({ x: (outerRight.x + outerLeft.x) / 2, y: (outerRight.y + outerLeft.y) / 2 }),
      patch,
    }
  }
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
