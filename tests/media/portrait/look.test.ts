import sharp from 'sharp'
import { describe, expect, test, vi } from 'vitest'
import { portraitFindings } from '../../../src/media/portrait/findings.ts'
import { lookAtPortrait } from '../../../src/media/portrait/look.ts'
import { renderPortrait } from '../../../src/media/portrait/render.ts'
import type { Picture } from '../../../src/media/picture.ts'
import { imageOf, photo, rawOf } from './photos.ts'
import { RULES } from './rules.ts'

// the models take their time on a busy machine
vi.setConfig({ testTimeout: 60_000 })

const codes = async (picture: Picture) => portraitFindings(await lookAtPortrait(picture, RULES), RULES)
const said = async (picture: Picture) => (await codes(picture)).map(({ code, severity }) => `${severity} ${code}`)

describe('photos of people', () => {
  test.each(['leaning', 'hat', 'field'] as const)('%s: no retake is asked', async (name) => {
    const look = await lookAtPortrait(await photo(name), RULES)
    expect(look).toMatchObject({ faces: 1, turn: 0 })
    expect(portraitFindings(look, RULES).filter(({ severity }) => severity === 'heavy')).toEqual([])
  })
  test('three people are three', async () => {
    expect((await lookAtPortrait(await photo('three'), RULES)).faces).toBe(3)
    expect(await said(await photo('three'))).toContain('heavy PORTRAIT_MANY_FACES')
  })
  test('a full profile is left to an operator', async () => {
    expect(await said(await photo('profile'))).toEqual(['check PORTRAIT_NO_FACE'])
  })
  test('who looks aside is asked to look ahead', async () => {
    expect(await said(await photo('aside'))).toContain('heavy PORTRAIT_TURNED')
  })
  test('a picture without a person is no portrait', async () => {
    expect(await said(await photo('noPerson'))).toEqual(['heavy PORTRAIT_NO_FACE'])
  })
  test('a head that fills the photo is told', async () => {
    expect(await said(await photo('tight'))).toContain('check PORTRAIT_TOO_CLOSE')
  })
})

describe('what happens to photos on the way', () => {
  test.each([90, 180, 270] as const)('one that lies turned by %d stands upright, with the same cut', async (turn) => {
    const upright = await lookAtPortrait(await photo('frontal'), RULES)
    const lying = await rawOf(imageOf(await photo('frontal')).rotate(turn))
    const look = await lookAtPortrait(lying, RULES)
    expect(look.turn).toBe((360 - turn) % 360)
    expect(Math.abs(look.face!.roll - upright.face!.roll)).toBeLessThan(2)
    expect(look.face!.headHeight / upright.face!.headHeight).toBeCloseTo(1, 1)
    const [before, after] = await Promise.all([
      renderPortrait(await photo('frontal'), upright.proposal!, RULES),
      renderPortrait(lying, look.proposal!, RULES),
    ])
    expect(await difference(before, after)).toBeLessThan(14)
  })
  test('blurred', async () => {
    const blurred = await rawOf(imageOf(await photo('frontal')).blur(5))
    expect(await said(blurred)).toContain('heavy PORTRAIT_BLURRED')
  })
  test('dark', async () => {
    expect(await said(await rawOf(imageOf(await photo('frontal')).linear(0.25)))).toContain('heavy PORTRAIT_DARK')
  })
  test('a thumbnail is asked for again as a file, a child far away from nearer by', async () => {
    const small = imageOf(await photo('frontal')).resize(150)
    expect(await said(await rawOf(small.clone()))).toContain('heavy PORTRAIT_LOW_RES')
    const far = sharp({ create: { width: 1200, height: 1200, channels: 3, background: '#888' } })
    const placed = far.composite([{ input: await small.png().toBuffer(), left: 500, top: 300 }])
    expect(await said(await rawOf(sharp(await placed.png().toBuffer())))).toContain('heavy PORTRAIT_FACE_SMALL')
  })
  test('the size before it was reduced is what counts', async () => {
    const picture = await photo('frontal')
    const reduced = await lookAtPortrait(picture, RULES, { width: 1600, height: 1600 })
    const look = await lookAtPortrait(picture, RULES)
    expect(reduced.face!.headHeight / look.face!.headHeight).toBeCloseTo(4)
    expect(reduced.proposal).toEqual(look.proposal)
  })
})

describe('the proposal', () => {
  test('comes at the size and the kilobytes of the office, without EXIF', async () => {
    const picture = await photo('field')
    const { proposal } = await lookAtPortrait(picture, RULES)
    const rules = { ...RULES, width: 600, kilobytes: 40 }
    const jpeg = await renderPortrait(picture, proposal!, rules)
    const { width, height, format, exif } = await sharp(jpeg).metadata()
    expect({ width, height, format }).toEqual({ width: 600, height: 900, format: 'jpeg' })
    expect(exif).toBeUndefined()
    expect(jpeg.length).toBeLessThanOrEqual(40_000)
  })
  test('has the head where the office wants it', async () => {
    const picture = await photo('field')
    const { proposal } = await lookAtPortrait(picture, RULES)
    const cut = await lookAtPortrait(await rawOf(sharp(await renderPortrait(picture, proposal!, RULES))), RULES)
    expect(cut.face!.headHeight / cut.height).toBeCloseTo(RULES.headHeight, 1)
    expect(Math.abs(cut.face!.roll)).toBeLessThan(2)
    const { x, width } = cut.face!.box
    expect(Math.abs(x + width / 2 - 0.5)).toBeLessThan(0.08)
  })
  test.each(['red', 'blue', 'orange'] as const)('a background in %s is then seen as such', async (background) => {
    const picture = await photo('field')
    const { proposal, replaceable } = await lookAtPortrait(picture, RULES)
    expect(replaceable).toBe(true)
    const jpeg = await renderPortrait(picture, { ...proposal!, background }, RULES)
    expect((await lookAtPortrait(await rawOf(sharp(jpeg)), RULES)).background.colour).toBe(background)
  })
})

/** Mean difference of two pictures of the same size, of 255. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = [await rawOf(sharp(one)), await rawOf(sharp(other))]
  return a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]!), 0) / a.data.length
}
