import { expect, test } from 'vitest'
import { bitsApart, isNear, twinFinding } from '../../src/media/duplicates.ts'
import type { Twin } from '../../src/media/duplicates.ts'

const twin = (kind: Twin['kind'], how: Twin['how']): Twin => ({ kind, ticket: 'B417-6', how })

test('bits are counted between hashes, and a picture without one is near to none', () => {
  expect(bitsApart('ffffffffffffffff', '0000000000000000')).toBe(64)
  expect(bitsApart('00000000000000ff', '000000000000000f')).toBe(4)
  expect(isNear('', '0000000000000000')).toBe(false)
})
test.each([
  [8, 'SAME_PORTRAIT'],
  [9, 'ALIKE_PICTURE'],
  [12, 'ALIKE_PICTURE'],
  [13, undefined],
])('portraits of two pupils that are %i bits apart: %s', (bits, code) => {
  expect(twinFinding('portrait', [twin('portrait', { bits })])?.code).toBe(code)
})
test('the same bytes for two pupils are said for a birth certificate, and are normal for a family card', () => {
  expect(twinFinding('birth_certificate', [twin('birth_certificate', { bytes: true })])).toEqual({
    code: 'SAME_FILE',
    severity: 'check',
    detail: { ticket: 'B417-6' },
  })
  expect(twinFinding('family_card', [twin('family_card', { bytes: true })])).toBeUndefined()
})
test('papers of one form are alike: only a very near one is called the same picture', () => {
  expect(twinFinding('birth_certificate', [twin('birth_certificate', { bits: 8 })])).toBeUndefined()
  expect(twinFinding('birth_certificate', [twin('birth_certificate', { bits: 2 })])?.code).toBe('SAME_PICTURE')
})
