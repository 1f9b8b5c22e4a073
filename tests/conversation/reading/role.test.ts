import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRole, roleInsteadOfName, splitNameAndRole } from '../../../src/conversation/reading/role.ts'
import { anyText } from '../../support/any-text.ts'

test.each([
  ['Rina Contoh, guru kelas', 'Rina Contoh', 'teacher'],
  ['Rina Contoh (operator)', 'Rina Contoh', 'operator'],
  ['Rina Contoh operator sekolah', 'Rina Contoh', 'operator'],
  ['nama saya Rina Contoh, wali kelas 4A', 'Rina Contoh', 'teacher'],
  ['Rina Contoh - kepsek', 'Rina Contoh', 'head'],
  ['Rina Contoh sebagai kepala sekolah', 'Rina Contoh', 'head'],
  ['Rina Contoh\nTU', 'Rina Contoh', 'administration'],
  ['Rina Contoh, S.Pd, guru', 'Rina Contoh, S.Pd', 'teacher'],
  ['saya Rina', 'Rina', undefined],
  ['Rina Contoh', 'Rina Contoh', undefined],
  ['Wali Rekaan', 'Wali Rekaan', undefined],
  ['Guruh Contoh', 'Guruh Contoh', undefined],
  ['operator', 'operator', undefined],
])('%j is the name %j and the role %s', (text, name, role) => {
  expect(splitNameAndRole(text)).toEqual({ name, role })
})

test.each([
  ['saya operator sekolah', 'operator'],
  ['Guru kelas 4A', 'teacher'],
  ['Guruh Contoh', undefined],
  ['Wali Rekaan', undefined],
  ['Rina Contoh, guru', undefined],
])('%j in place of a name is the role %s', (text, role) => {
  expect(roleInsteadOfName(text)).toBe(role)
})

test.each([
  ['guru', 'teacher'],
  ['Wali kelas 4', 'teacher'],
  ['ops', 'operator'],
  ['kepala', 'head'],
  ['kepala tata usaha', 'administration'],
  ['staf TU', 'administration'],
  ['guru dan operator', undefined],
  ['tukang kebun', undefined],
])('the role in %j is %s', (text, role) => {
  expect(readRole(text)).toBe(role)
})

test('no text makes a reader throw', () => {
  fc.assert(
    fc.property(anyText(80), fc.constantFrom('', ', guru', ' operator', '(tu'), (text, end) => {
      expect(splitNameAndRole(text + end).name.length).toBeLessThanOrEqual((text + end).length)
    }),
  )
})
