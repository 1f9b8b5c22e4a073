import { expect, test } from 'vitest'
import { maskNumber } from '../../../src/admin/views/masking.ts'

test('a NIK shows its area and its last four digits', () => {
  expect(maskNumber('6311060107150001')).toBe('631106******0001')
})
test('what is no whole number is hidden whole', () => {
  expect(maskNumber('63110')).toBe('*****')
})
