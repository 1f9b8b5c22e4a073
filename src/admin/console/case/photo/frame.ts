import type { PortraitEditView } from '../../../contract/portrait.ts'

export type Size = { width: number; height: number }
type Point = { x: number; y: number }
/** The cut as a rectangle that may lean: its middle and size in pixels of the picture, degrees clockwise. */
export type Frame = Point & Size & { angle: number }

const ASPECT = 2 / 3
/** A cut smaller than this share of the picture's height is never what is meant. */
const SMALLEST = 0.1

/** The smallest upright rectangle that holds the picture turned by `degrees`. */
function turnedSize({ width, height }: Size, degrees: number): Size {
  const a = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.abs(Math.cos(a)), Math.abs(Math.sin(a))]
  return { width: width * cos + height * sin, height: width * sin + height * cos }
}
function turned({ x, y }: Point, degrees: number): Point {
  const a = (degrees * Math.PI) / 180
  return { x: x * Math.cos(a) - y * Math.sin(a), y: x * Math.sin(a) + y * Math.cos(a) }
}

/** Where an edit cuts a picture of this size: the same rule as the server's that draws it. */
export function frameOf({ rotation, crop }: Pick<PortraitEditView, 'rotation' | 'crop'>, picture: Size): Frame {
  const whole = turnedSize(picture, rotation)
  const middle = turned(
    { x: (crop.x + crop.width / 2 - 0.5) * whole.width, y: (crop.y + crop.height / 2 - 0.5) * whole.height },
    -rotation,
  )
  return {
    x: middle.x + picture.width / 2,
    y: middle.y + picture.height / 2,
    width: crop.width * whole.width,
    height: crop.height * whole.height,
    angle: -rotation,
  }
}

/** The cut as data that holds in every size of the picture. */
export function cutOf(frame: Frame, picture: Size): Pick<PortraitEditView, 'rotation' | 'crop'> {
  const rotation = -frame.angle
  const whole = turnedSize(picture, rotation)
  const middle = turned({ x: frame.x - picture.width / 2, y: frame.y - picture.height / 2 }, rotation)
  return {
    rotation,
    crop: {
      x: (middle.x + whole.width / 2 - frame.width / 2) / whole.width,
      y: (middle.y + whole.height / 2 - frame.height / 2) / whole.height,
      width: frame.width / whole.width,
      height: frame.height / whole.height,
    },
  }
}

/** As large as it fits, in the middle: where nobody and nothing has proposed a cut. */
export function wholeFrame(picture: Size): Frame {
  const height = Math.min(picture.height, picture.width / ASPECT)
  return { x: picture.width / 2, y: picture.height / 2, width: height * ASPECT, height, angle: 0 }
}

/** Moved by pixels of the picture; the middle stays inside. */
export function moved(frame: Frame, by: Point, picture: Size): Frame {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, value))
  return { ...frame, x: within(frame.x + by.x, picture.width), y: within(frame.y + by.y, picture.height) }
}

/** Larger or smaller about its middle, always 2:3. */
export function scaled(frame: Frame, by: number, picture: Size): Frame {
  const most = Math.max(picture.height, picture.width / ASPECT)
  const height = Math.min(most, Math.max(SMALLEST * picture.height, frame.height * by))
  return { ...frame, height, width: height * ASPECT }
}

/** Leaning by so many degrees more, clockwise. */
export const leaned = (frame: Frame, by: number): Frame => ({
  ...frame,
  angle: Math.round((frame.angle + by) * 10) / 10,
})

/** The part of an angle that is no whole quarter turn: -45 to 45. */
export const slant = (angle: number): number => angle - Math.round(angle / 90) * 90
