import type { PortraitRules } from '../../config/portrait-schema.ts'
import { ASPECT, cutOf } from '../../models/file/frame.ts'
import type { Frame, Point, Size } from '../../models/file/frame.ts'
import type { PortraitEdit, QuarterTurn } from '../../models/file/look.ts'
import type { Face } from './landmarks.ts'
import { pointOf } from './pixels.ts'

type FacePlace = Pick<Face, 'eyes' | 'chin' | 'roll'>

/** The face of a proposal is brought into this range of light and no further: skin has its own. */
const LIGHT = { least: 75, most: 195, strongest: 1.5, weakest: 0.8 }
/** Free above the crown, as a share of the portrait's height. */
const AIR = 0.03
/** To keep the cut inside of the photo it may become so much smaller and move so far, in shares of its height. */
const SMALLEST = 0.78
const FARTHEST = 0.08

/**
 * The cut of a portrait in the upright picture: the head as high and the eyes where the office wants them, the face
 * straight, and as little as possible beyond the edge of the photo. `headHeight` in pixels of the picture.
 */
export function proposedFrame(face: FacePlace, headHeight: number, picture: Size, rules: PortraitRules): Frame {
  const height = headHeight / rules.headHeight
  const middle = middleOf(face)
  const eyes = along(middle, face.eyes)
  const crown = along(middle, face.chin) - headHeight
  // the eyes where the office wants them, but never the crown outside
  const top = Math.min(eyes - rules.eyeLine * height, crown - AIR * height)
  const wanted = framed(middle, top + height / 2, height, eyes)
  return inside(wanted, picture) ? wanted : (nearest(middle, wanted, eyes, picture) ?? wanted)
}

/** Between the eyes and the chin, leaning as the face does. */
export function middleOf(face: FacePlace): Point & { angle: number } {
  return { x: (face.eyes.x + face.chin.x) / 2, y: (face.eyes.y + face.chin.y) / 2, angle: face.roll }
}

type Cut = Frame & { middle: number; eyes: number }

/** How far below the middle of the face a point lies, along the straightened face. */
export function along(middle: Point & { angle: number }, point: Point): number {
  const a = (middle.angle * Math.PI) / 180
  return (point.y - middle.y) * Math.cos(a) - (point.x - middle.x) * Math.sin(a)
}

function framed(face: Point & { angle: number }, middle: number, height: number, eyes: number): Cut {
  return { ...pointOf(face, 0, middle), angle: face.angle, width: height * ASPECT, height, middle, eyes }
}

/** The largest cut that lies inside of the photo, the eyes nearest to where they were. */
function nearest(face: Point & { angle: number }, cut: Cut, eyes: number, picture: Size): Cut | undefined {
  for (let scale = 1; scale >= SMALLEST; scale -= 0.02) {
    const height = cut.height * scale
    for (let shift = 0; shift <= FARTHEST; shift += 0.02) {
      for (const sign of [1, -1]) {
        const middle = eyes + (cut.middle - eyes) * scale + sign * shift * height
        const tried = framed(face, middle, height, eyes)
        if (inside(tried, picture)) return tried
      }
    }
  }
  return undefined
}

function inside(frame: Frame, picture: Size): boolean {
  return corners(frame).every(({ x, y }) => x >= 0 && y >= 0 && x <= picture.width && y <= picture.height)
}

function corners(frame: Frame): Point[] {
  return [-0.5, 0.5].flatMap((u) => [-0.5, 0.5].map((v) => pointOf(frame, u * frame.width, v * frame.height)))
}

/** Share of the frame that lies outside of the picture. */
export function missingOf(frame: Frame, picture: Size): number {
  const steps = 24
  let outside = 0
  for (let i = 0; i < steps * steps; i++) {
    const u = ((i % steps) + 0.5) / steps - 0.5
    const v = (Math.floor(i / steps) + 0.5) / steps - 0.5
    const { x, y } = pointOf(frame, u * frame.width, v * frame.height)
    if (x < 0 || y < 0 || x > picture.width || y > picture.height) outside += 1
  }
  return outside / steps ** 2
}

/** The frame in the upright picture, as data that holds in every size of the original. */
export function editOf(frame: Frame, picture: Size, turn: QuarterTurn, faceLight: number): PortraitEdit {
  const { rotation, crop } = cutOf(frame, picture)
  return { rotation: turn + rotation, crop, brightness: brightnessFor(faceLight) }
}

function brightnessFor(light: number): number {
  if (light < LIGHT.least) return Math.min(LIGHT.strongest, LIGHT.least / Math.max(1, light))
  if (light > LIGHT.most) return Math.max(LIGHT.weakest, LIGHT.most / light)
  return 1
}
