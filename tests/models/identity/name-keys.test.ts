import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedKeys, nameDistance, nameKeys } from '../../../src/models/identity/name-keys.ts'
import { createSealer } from '../../../src/models/store/sealing.ts'
import { foldedWords } from '../../../src/models/identity/words.ts'

const sealer = createSealer(Buffer.alloc(32, 1), Buffer.alloc(32, 2))
const found = (name: string, typed: string): boolean => {
  const stored = new Set(nameKeys(sealer, name))
  return askedKeys(sealer, typed).every((keys) => keys.some((key) => stored.has(key)))
}

test('names are found by their words in any order, whatever their case, accents, dots and apostrophes', () => {
  expect(foldedWords('M. Nu’man  Al-Fatih, José')).toEqual(['m', 'numan', 'al', 'fatih', 'jose'])
  for (const typed of ["nu'man", 'FATIH numan', 'numan m', 'al fatih'])
    expect(found("M. Nu'man Al-Fatih", typed)).toBe(true)
  for (const typed of ['numan aisyah', 'contoh', 'fat']) expect(found("M. Nu'man Al-Fatih", typed)).toBe(false)
})

test('one slip of a letter in a word of four or more still finds it; equal words come first', () => {
  for (const [typed, distance] of [
    ['aisyah', 0],
    ['aisya', 1],
    ['aisyahh', 1],
    ['aisyeh', 1],
    ['aiysah', 1],
  ] as const) {
    expect([typed, found('Aisyah Contoh', typed), nameDistance('Aisyah Contoh', typed)]).toEqual([
      typed,
      true,
      distance,
    ])
  }
  expect(found('Ali Contoh', 'abi')).toBe(false)
  // they share a variant, and are two letters apart
  expect([found('Rizki', 'rizko'), nameDistance('Rizki', 'irzk')]).toEqual([true, undefined])
})

test('whatever is one slip away is found', () => {
  const word = fc.stringMatching(/^[a-z]{4,12}$/)
  fc.assert(
    fc.property(word, fc.nat(), fc.stringMatching(/^[a-z]$/), (name, where, letter) => {
      const at = where % name.length
      const slips = [
        name.slice(0, at) + name.slice(at + 1),
        name.slice(0, at) + letter + name.slice(at),
        name.slice(0, at) + letter + name.slice(at + 1),
        name.slice(0, at) +
          name
            .slice(at, at + 2)
            .split('')
            .reverse()
            .join('') +
          name.slice(at + 2),
      ]
      for (const slip of slips.filter((one) => one.length >= 4)) {
        expect(found(name, slip)).toBe(true)
        expect(nameDistance(name, slip)).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test('keys say nothing without the key, and are no look-ups of another kind', () => {
  const other = createSealer(Buffer.alloc(32, 3), Buffer.alloc(32, 2))
  expect(nameKeys(other, 'Aisyah')).not.toEqual(nameKeys(sealer, 'Aisyah'))
  expect(sealer.nameKey('aisyah')).toMatch(/^[\w-]{8}$/)
  expect(sealer.lookup('name', 'aisyah').startsWith(sealer.nameKey('aisyah'))).toBe(false)
})
