import { describe, expect, test } from 'vitest'
import { PortraitSchema } from '../../../src/config/portrait-schema.ts'
import { portraitFindings } from '../../../src/media/portrait/findings.ts'
import type { PortraitLook } from '../../../src/models/file/look.ts'
import { goodLook, RULES } from './rules.ts'

const said = (look: PortraitLook, expected?: 'red' | 'blue') =>
  portraitFindings(look, RULES, expected).map(({ code, severity }) => `${severity} ${code}`)

test('a good portrait has no findings', () => {
  expect(said(goodLook(), 'red')).toEqual([])
})

describe('a retake is asked where the next photo can be better', () => {
  test.each([
    ['heavy PORTRAIT_FACE_SMALL', goodLook({ headHeight: 90 })],
    ['heavy PORTRAIT_LOW_RES', goodLook({ headHeight: 90 }, { width: 150, height: 200 })],
    ['heavy PORTRAIT_TURNED', goodLook({ yaw: -0.8 })],
    ['heavy PORTRAIT_BLURRED', goodLook({ reblur: 0.8 })],
    ['heavy PORTRAIT_BLURRED', goodLook({ nvol: 2, reblur: 0.7 })],
    ['heavy PORTRAIT_DARK', goodLook({ mean: 20 })],
    ['heavy PORTRAIT_MANY_FACES', goodLook({}, { faces: 2, secondFace: 0.9 })],
  ])('%s', (expected, look) => {
    expect(said(look)).toEqual([expected])
  })
  test('heavy PORTRAIT_NO_FACE', () => {
    const { face: _, ...faceless } = goodLook({}, { faces: 0 })
    expect(said(faceless)).toEqual(['heavy PORTRAIT_NO_FACE'])
  })
})

describe('an operator looks where the values are between', () => {
  test.each([
    ['check PORTRAIT_FACE_SMALL', goodLook({ headHeight: 150 })],
    ['check PORTRAIT_TURNED', goodLook({ yaw: 0.5 })],
    ['check PORTRAIT_BLURRED', goodLook({ reblur: 0.7 })],
    ['check PORTRAIT_DARK', goodLook({ mean: 45 })],
    ['check PORTRAIT_EYES_CLOSED', goodLook({ eyesOpen: 0.05 })],
    ['check PORTRAIT_TOO_CLOSE', goodLook({}, { missing: 0.2 })],
    ['check PORTRAIT_MANY_FACES', goodLook({}, { faces: 3, secondFace: 0.2 })],
  ])('%s', (expected, look) => {
    expect(said(look)).toEqual([expected])
  })
  test('a bright face is never sent back: fair skin in the sun measures the same', () => {
    expect(said(goodLook({ mean: 254 }))).toEqual(['check PORTRAIT_BRIGHT'])
  })
  test("a profile, or a face the model doubts, is nobody's fault", () => {
    const { face: _, ...faceless } = goodLook({}, { faces: 0, doubtful: 1 })
    expect(said(faceless)).toEqual(['check PORTRAIT_NO_FACE'])
  })
  test('nothing that the model says of an uncertain face asks for a retake', () => {
    const poor = { yaw: 0.9, reblur: 0.9, mean: 10, headHeight: 60 }
    expect(said(goodLook({ ...poor, confidence: 0.6 })).every((one) => one.startsWith('check'))).toBe(true)
    expect(said(goodLook({ ...poor, confidence: 0.9 })).every((one) => one.startsWith('heavy'))).toBe(true)
  })
})

describe('the background of the birth year', () => {
  const behind = (colour: PortraitLook['background']['colour'], replaceable: boolean) =>
    goodLook({}, { background: { colour, share: 0.2, soft: 0.02 }, replaceable })
  test('another colour is only noted where the office can replace it', () => {
    expect(said(behind('other', true), 'red')).toEqual(['note PORTRAIT_BACKGROUND'])
    expect(said(behind('blue', true), 'red')).toEqual(['note PORTRAIT_BACKGROUND'])
  })
  test('and worth another photo where it cannot', () => {
    expect(said(behind('other', false), 'red')).toEqual(['heavy PORTRAIT_BACKGROUND'])
  })
  test('what is not seen is looked at', () => {
    expect(said(behind('unknown', false), 'blue')).toEqual(['check PORTRAIT_BACKGROUND'])
  })
  test('without a birth date nothing is said about it', () => {
    expect(said(behind('other', false))).toEqual([])
  })
  test('both colours are told', () => {
    expect(portraitFindings(behind('blue', false), RULES, 'red')[0]?.detail).toMatchObject({
      colour: 'blue',
      expected: 'red',
    })
  })
})

test('a finding holds what was measured and the limit', () => {
  expect(portraitFindings(goodLook({ headHeight: 90.4321 }), RULES)).toEqual([
    { code: 'PORTRAIT_FACE_SMALL', severity: 'heavy', detail: { value: 90.43, limit: 120 } },
  ])
})
test('an office sets its own limits', () => {
  const rules = PortraitSchema.parse({ background: 'ODD_RED', limits: { yaw: { retake: 0.95, check: 0.9 } } })
  expect(portraitFindings(goodLook({ yaw: 0.8 }), rules)).toEqual([])
})
test('limits the wrong way round are refused with their name', () => {
  const rules = { background: 'ODD_RED', limits: { nvol: { retake: 9, check: 3 } } }
  const refused = PortraitSchema.safeParse(rules)
  expect(refused.error?.issues.map(({ path }) => path.join('.'))).toEqual(['limits.nvol'])
})
