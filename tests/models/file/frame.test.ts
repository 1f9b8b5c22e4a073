import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutOf, frameOf } from '../../../src/models/file/frame.ts'

const PICTURE = { width: 1200, height: 1600 }
const frames = fc.record({
  x: fc.double({ min: 0, max: 1200, noNaN: true }),
  y: fc.double({ min: 0, max: 1600, noNaN: true }),
  height: fc.double({ min: 160, max: 1600, noNaN: true }),
  angle: fc.double({ min: -180, max: 180, noNaN: true }),
})

test('a cut becomes data and back', () => {
  fc.assert(
    fc.property(frames, ({ height, ...rest }) => {
      const frame = { ...rest, height, width: (height * 2) / 3 }
      const back = frameOf(cutOf(frame, PICTURE), PICTURE)
      for (const name of ['x', 'y', 'width', 'height', 'angle'] as const) {
        expect(back[name]).toBeCloseTo(frame[name], 6)
      }
    }),
  )
})
