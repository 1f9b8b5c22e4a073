import { expect, test } from 'vitest'
import { leaned, scaled, slant, wholeFrame } from '../../../src/admin/console/case/photo/frame.ts'
import { arranged } from '../../../src/admin/console/case/viewer/filing.ts'

const PICTURE = { width: 1200, height: 1600 }
test('the cut stays 2:3 however it is sized, and never larger than what it is cut from', () => {
  const whole = wholeFrame(PICTURE)
  expect(whole).toEqual({ x: 600, y: 800, width: 1600 * (2 / 3), height: 1600, angle: 0 })
  for (const by of [0.001, 0.7, 1, 3, 1000]) {
    const { width, height } = scaled(whole, by, PICTURE)
    expect(width / height).toBeCloseTo(2 / 3)
    expect(height).toBeGreaterThanOrEqual(160)
    expect(height).toBeLessThanOrEqual(1800)
  }
})

test('a slant is what is left beside quarter turns', () => {
  expect([slant(2.5), slant(92.5), slant(-178), slant(leaned(wholeFrame(PICTURE), -90.5).angle)]).toEqual([
    2.5, 2.5, 2, -0.5,
  ])
})

test('a file takes its place among a kind’s pages, and the others close up', () => {
  const file = (id: string, kind: 'birth_certificate' | 'eid_card' | 'portrait', page: number) => ({
    id,
    kind,
    page,
    mediaType: 'image/jpeg',
    at: '2026-11-24T01:00:00.000Z',
    findings: [],
  })
  const files = [
    file('a', 'birth_certificate', 1),
    file('b', 'eid_card', 1),
    file('c', 'eid_card', 2),
    file('f', 'portrait', 1),
  ]
  const ids = (order: readonly { id: string; kind: string }[]) => order.map(({ id, kind }) => `${id} ${kind}`)
  expect(ids(arranged(files, 'a', 'eid_card', 2))).toEqual(['b eid_card', 'a eid_card', 'c eid_card', 'f portrait'])
  expect(ids(arranged(files, 'c', 'eid_card', 1))).toEqual([
    'a birth_certificate',
    'c eid_card',
    'b eid_card',
    'f portrait',
  ])
  expect(ids(arranged(files, 'f', 'birth_certificate', 9))).toEqual([
    'a birth_certificate',
    'f birth_certificate',
    'b eid_card',
    'c eid_card',
  ])
})
