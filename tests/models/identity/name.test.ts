import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseName } from '../../../src/models/identity/name.ts'
import { anyText } from '../../support/any-text.ts'

test.each([
  ['Ahmad Fikri Contoh', 'Ahmad Fikri Contoh', []],
  ['  siti   rekaan ', 'Siti Rekaan', []],
  ['SITI REKAAN', 'SITI REKAAN', []],
  ['Contohwati', 'Contohwati', ['NAME_ONE_WORD']],
  ['nu’man rekaan', "Nu'man Rekaan", ['NAME_APOSTROPHE']],
  ['Nur`aini Contoh', "Nur'aini Contoh", ['NAME_APOSTROPHE']],
  ['m. al-fatih rekaan', 'M. Al-Fatih Rekaan', ['NAME_DOT']],
  ['Hj. Contoh Rekaan', 'Hj. Contoh Rekaan', ['NAME_DOT', 'NAME_TITLE']],
  ['Nama : Ahmad bin Contoh', 'Ahmad bin Contoh', []],
  ['namanya budi contoh', 'Budi Contoh', []],
  ['*Nama murid* : budi contoh', 'Budi Contoh', []],
  ['nama nama budi contoh', 'Budi Contoh', []],
  ['atas nama Budi Contoh', 'Budi Contoh', []],
  ['a.n. Budi Contoh', 'Budi Contoh', []],
  ['A.N. Contoh', 'A.N. Contoh', ['NAME_DOT']],
  ['Anak: Budi Contoh', 'Budi Contoh', []],
  ['Anak Budi', 'Anak Budi', []],
  ['anak agung contoh', 'Anak Agung Contoh', []],
  ['anak ny. siti contoh', 'Anak Ny. Siti Contoh', ['NAME_DOT']],
  ['Namara Contoh', 'Namara Contoh', []],
  ['Ahmad Contoh 🙏', 'Ahmad Contoh', []],
  ['Ahmad Contoh.', 'Ahmad Contoh', []],
  ['*Ahmad Contoh*', 'Ahmad Contoh', []],
])('the name %j is taken as %j', (typed, value, findings) => {
  expect(parseName(typed)).toEqual({ ok: true, value, findings })
})

test.each([
  ['', 'empty'],
  ['...', 'empty'],
  ['👍', 'empty'],
  ['nama murid:', 'empty'],
  ['Ahmad 2', 'digits'],
  ['Budi٣', 'digits'],
  ['A'.repeat(61), 'too-long'],
  ['a b c d e f g h i', 'too-many-words'],
])('the name %j is refused as %s', (typed, problem) => {
  expect(parseName(typed)).toEqual({ ok: false, problem })
})

test('a word that is an answer elsewhere is no name, unless it is labelled', () => {
  const isAnswer = (text: string) => text.toLowerCase() === 'oke'
  expect(parseName('Oke', isAnswer)).toEqual({ ok: false, problem: 'table-word' })
  expect(parseName('nama: Oke', isAnswer)).toMatchObject({ ok: true, value: 'Oke' })
})

test('a name that was read is read again as itself', () => {
  fc.assert(
    fc.property(anyText(80), (typed) => {
      const read = parseName(typed)
      if (!read.ok) return
      expect(read.value.length).toBeLessThanOrEqual(60)
      expect(parseName(read.value)).toEqual(read)
    }),
  )
})
