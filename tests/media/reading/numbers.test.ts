import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sixteenDigits } from '../../../src/media/reading/numbers.ts'
import { lineAt } from './page.ts'

const values = (text: string) => sixteenDigits(lineAt(text, 0, 0)).map(({ value }) => value)
const number = fc.stringMatching(/^\d{16}$/)

test('sixteen digits are found whatever stands around them, and never of a longer number', () => {
  fc.assert(
    fc.property(
      number,
      fc.constantFrom('', 'NIK : ', 'No.', 'NOMOR '),
      fc.constantFrom('', ' LAKI', ' /'),
      (n, a, b) => {
        expect(values(`${a}${n}${b}`)).toEqual([n])
        expect(values(`${a}${n.slice(0, 6)} ${n.slice(6)}${b}`)).toEqual([n])
        expect(values(`${a}${n}7${b}`)).toEqual([])
        expect(values(`${a}${n.slice(1)}${b}`)).toEqual([])
      },
    ),
  )
})

test('a letter amid the figures is the figure that it looks like, at half the confidence', () => {
  const [read] = sixteenDigits(lineAt('63IIO64107150003', 0, 0))
  expect(read).toBeUndefined()
  const [one] = sixteenDigits(lineAt('6311O64107150003', 0, 0, 0.98))
  expect(one).toMatchObject({ value: '6311064107150003', confidence: 0.49 })
})

test('a number is as sure as its worst figure', () => {
  const line = lineAt('6311064107150003', 0, 0)
  const [read] = sixteenDigits({ ...line, confidences: line.confidences.with(9, 0.41) })
  expect(read?.confidence).toBe(0.41)
})
