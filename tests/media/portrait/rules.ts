import { PortraitSchema } from '../../../src/config/portrait-schema.ts'
import type { PortraitLook } from '../../../src/models/file/look.ts'

export const RULES = PortraitSchema.parse({ background: 'ODD_RED' })

/** What looking at a good portrait comes to; `face` and the rest are overlaid. */
export function goodLook(
  face: Partial<NonNullable<PortraitLook['face']>> = {},
  rest: Partial<PortraitLook> = {},
): PortraitLook {
  return {
    width: 1200,
    height: 1600,
    turn: 0,
    faces: 1,
    doubtful: 0,
    secondFace: 0,
    face: {
      box: { x: 0.3, y: 0.2, width: 0.4, height: 0.3 },
      confidence: 1,
      roll: 1,
      yaw: 0.05,
      eyesOpen: 0.3,
      headHeight: 700,
      mean: 110,
      nvol: 20,
      reblur: 0.55,
      ...face,
    },
    background: { colour: 'red', share: 0.98, soft: 0.02 },
    missing: 0,
    replaceable: true,
    ...rest,
  }
}
