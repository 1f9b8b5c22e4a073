import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCorrection } from '../../../src/conversation/reading/correction.ts'
import { anyText } from '../../support/any-text.ts'

const LINES = [
  { value: 'name', words: ['nama'], typed: true },
  { value: 'nik', words: ['nik'], typed: true },
  { value: 'birthDate', words: ['lahir', 'tanggal', 'tanggal lahir'], typed: true },
  { value: 'class', words: ['kelas'], typed: true },
  { value: 'documents', words: ['berkas', 'foto', 'kk'], typed: false },
  { value: 'question:no (telp)', words: ['no (telp)'], typed: false },
]

test.each([
  ['salah, kelas 4C', 'class', '4C'],
  ['salah kelasnya 4C', 'class', '4C'],
  ['kelas 4C', 'class', '4C'],
  ['kelas 4C bukan 4B', 'class', '4C'],
  ['kelas 4C bukan kelas 4B', 'class', '4C'],
  ['bukan, NIK 6311014107150002', 'nik', '6311014107150002'],
  ['salah bu, namanya Siti Rekaan Putri', 'name', 'Siti Rekaan Putri'],
  ['nama salah, harusnya siti rekaan', 'name', 'siti rekaan'],
  ['nama lengkapnya Siti Rekaan', 'name', 'Siti Rekaan'],
  ['tanggal lahirnya salah, yang benar 2 juli 2015', 'birthDate', '2 juli 2015'],
  ['lahir 2 juli 2015', 'birthDate', '2 juli 2015'],
])('%j puts %s right: %s', (text, line, value) => {
  expect(readCorrection(text, LINES)).toEqual({ line, value })
})

test.each([
  ['kelasnya salah', 'class'],
  ['namanya kurang lengkap', 'name'],
  ['nama saya salah ketik', 'name'],
  ['fotonya salah, ini yang benar', 'documents'],
  ['no (telp) salah', 'question:no (telp)'],
])('%j says that %s is wrong, not what is right', (text, line) => {
  expect(readCorrection(text, LINES)).toEqual({ line })
})

test.each([
  'nama',
  'nama sudah sesuai',
  'Nama Sudah Sesuai',
  'nama sesuai akta',
  'namanya sudah benar',
  'nama saya Wati Rekaan',
  'nama dan kelas salah',
  'foto menyusul',
  'kk saya belum ada',
  'sudah benar semua',
  'salah',
  '',
])('%j is no correction of one line', (text) => {
  expect(readCorrection(text, LINES)).toBeUndefined()
})

test('no text makes it throw, and what it takes stands in the text', () => {
  fc.assert(
    fc.property(anyText(60), fc.constantFrom('', 'nama ', 'salah, kelas ', 'no (telp) '), (text, before) => {
      const said = before + text
      const value = readCorrection(said, LINES)?.value
      if (value !== undefined) expect(said.replaceAll('*', '').replaceAll(/\s+/g, ' ')).toContain(value)
    }),
  )
})
