import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pointOf } from '../../../src/media/portrait/pixels.ts'
import { editOf, missingOf, proposedFrame } from '../../../src/media/portrait/proposal.ts'
import { frameOf } from '../../../src/models/file/frame.ts'
import { RULES } from './rules.ts'

const PHOTO = { width: 1200, height: 1600 }
/** A head of 400 px with its chin at (600, 900), leaning by `roll`. */
function head(roll: number, chin = { x: 600, y: 900 }) {
  const face = { ...chin, angle: roll }
  return { roll, chin, eyes: pointOf(face, 0, -200) }
}

describe('the cut', () => {
  test('has the head as high and the eyes where the office wants them', () => {
    const cut = proposedFrame(head(0), 400, PHOTO, RULES)
    expect(cut.width / cut.height).toBeCloseTo(2 / 3)
    expect(400 / cut.height).toBeCloseTo(RULES.headHeight)
    expect((700 - (cut.y - cut.height / 2)) / cut.height).toBeCloseTo(RULES.eyeLine)
    expect(cut.x).toBeCloseTo(600)
  })
  test('never leaves the crown outside, however high the peci', () => {
    const cut = proposedFrame(head(0), 520, PHOTO, RULES)
    expect(900 - 520).toBeGreaterThan(cut.y - cut.height / 2)
  })
  test('moves and shrinks a little to stay inside of the photo', () => {
    const cut = proposedFrame(head(0, { x: 600, y: 460 }), 400, PHOTO, RULES)
    expect(cut.y - cut.height / 2).toBeGreaterThanOrEqual(0)
    expect(missingOf(cut, PHOTO)).toBe(0)
  })
  test('says how much the photo does not show where the head touches the edge', () => {
    const cut = proposedFrame(head(0, { x: 600, y: 300 }), 400, PHOTO, RULES)
    expect(missingOf(cut, PHOTO)).toBeGreaterThan(0.1)
  })
  test('stays inside for a leaning head as well', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 30 }), (roll) => {
        const cut = proposedFrame(head(roll), 400, PHOTO, RULES)
        expect(cut.angle).toBe(roll)
        expect(missingOf(cut, PHOTO)).toBe(0)
      }),
    )
  })
})

describe('as data', () => {
  test.each([0, 90, 180, 270] as const)('an edit gives the same cut again after a turn by %d', (turn) => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), (roll) => {
        const lies = turn === 90 || turn === 270
        const original = lies ? { width: PHOTO.height, height: PHOTO.width } : PHOTO
        const cut = proposedFrame(head(roll), 400, PHOTO, RULES)
        const again = frameOf(editOf(cut, PHOTO, turn, 110), original)
        expect(again.width).toBeCloseTo(cut.width, 6)
        expect(again.height).toBeCloseTo(cut.height, 6)
        expect(again.angle).toBeCloseTo(roll - turn, 6)
        // the middle of the cut, found by turning the upright photo back
        const back = pointOf({ x: 0, y: 0, angle: -turn }, cut.x - PHOTO.width / 2, cut.y - PHOTO.height / 2)
        expect(again.x).toBeCloseTo(back.x + original.width / 2, 6)
        expect(again.y).toBeCloseTo(back.y + original.height / 2, 6)
      }),
    )
  })
  test('only what is far too dark or bright is lit', () => {
    const lit = (light: number) => editOf(proposedFrame(head(0), 400, PHOTO, RULES), PHOTO, 0, light).brightness
    expect([60, 75, 110, 160, 195].map(lit)).toEqual([1.25, 1, 1, 1, 1])
    expect(lit(10)).toBe(1.5)
    expect(lit(250)).toBe(0.8)
  })
})
