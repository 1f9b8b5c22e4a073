import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance, endOf, nameDistance } from '../../../src/media/reading/likeness.ts'

const word = fc.stringMatching(/^[A-Z]{0,12}$/)

test('a distance is none between equals only, the same both ways, and no longer by a way round', () => {
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      expect(editDistance(a, b) === 0).toBe(a === b)
      expect(editDistance(a, b)).toBe(editDistance(b, a))
      expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c))
    }),
  )
})

test('a phrase is found wherever it stands, with one of eight letters misread', () => {
  fc.assert(
    fc.property(word, word, fc.nat(13), (before, after, at) => {
      const misread = `KARTUKELUARGA`.split('').with(Math.min(at, 12), '7').join('')
      expect(endOf('KARTUKELUARGA', `${before}${misread}${after}`)).toBeDefined()
    }),
  )
  expect(endOf('KARTUKELUARGA', 'KARTUIDENTITASANAK')).toBeUndefined()
  expect(endOf('PASPOR', 'PASPAR')).toBeUndefined()
})

test('names differ by their letters, not by blanks, marks or what looks alike', () => {
  expect(nameDistance("NUR'AINI AL-FATIH", 'Nuraini Al Fatih')).toBe(0)
  expect(nameDistance('W1BOWO', 'WIB0WO')).toBe(0)
  expect(nameDistance('MUHAMMAD', 'MUHAMAD')).toBe(1)
})
