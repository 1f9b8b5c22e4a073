import type { PortraitEdit } from './look.ts'

export type Size = { width: number; height: number }
export type Point = { x: number; y: number }
/** A rectangle that may lean: its middle and size in pixels of a picture, and degrees clockwise about that middle. */
export type Frame = Size & Point & { angle: number }

/** Width by height of every portrait. */
export const ASPECT = 2 / 3

/** The point turned clockwise about the origin. */
export function turned({ x, y }: Point, degrees: number): Point {
  const a = (degrees * Math.PI) / 180
  return { x: x * Math.cos(a) - y * Math.sin(a), y: x * Math.sin(a) + y * Math.cos(a) }
}

/** The smallest upright rectangle that holds a picture turned by `rotation` degrees. */
function turnedSize({ width, height }: Size, rotation: number): Size {
  const a = (rotation * Math.PI) / 180
  const [cos, sin] = [Math.abs(Math.cos(a)), Math.abs(Math.sin(a))]
  return { width: width * cos + height * sin, height: width * sin + height * cos }
}

/** Where an edit cuts a picture of this size: upright by its EXIF, before any turn. */
export function frameOf({ rotation, crop }: Pick<PortraitEdit, 'rotation' | 'crop'>, picture: Size): Frame {
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

/** The frame as data that holds in every size of the picture: how it is turned so that the frame stands, and the cut. */
export function cutOf(frame: Frame, picture: Size): Pick<PortraitEdit, 'rotation' | 'crop'> {
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
