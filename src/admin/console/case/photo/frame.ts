import { ASPECT } from '../../../../models/file/frame.ts'
import type { Frame, Point, Size } from '../../../../models/file/frame.ts'

export type { Frame, Size } from '../../../../models/file/frame.ts'

/** A cut smaller than this share of the picture's height is never what is meant. */
const SMALLEST = 0.1

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
