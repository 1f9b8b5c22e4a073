import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readChange, readChoice, readNumber } from '../../../src/conversation/reading/choices.ts'
import { readCitizenship, readReason } from '../../../src/conversation/reading/reason.ts'
import { anyText } from '../../support/any-text.ts'

test.each([
  ['3', 3],
  ['3.', 3],
  ['3)', 3],
  ['*3*', 3],
  ['yg 3', 3],
  ['yang no 3', 3],
  ['nomor 3 bu', 3],
  ['3 sdh sesuai', 3],
  ['3 sdh sesuai akta', 3],
  ['3️⃣', 3],
  ['tiga', 3],
  ['yang ketiga', 3],
  ['pilih 2 pak', 2],
  ['1', 1],
  ['03', 3],
])('the number in %j is %i', (text, number) => {
  expect(readNumber(text, 7)).toBe(number)
})
test.each([
  '',
  '8',
  '0',
  '4A',
  '1-2',
  '1 atau 2',
  '21-11-2015',
  '1 juli 2015',
  'apa2',
  'no kk',
  'anak umur 3',
  'sudah ada 3 orang yang daftar',
])('no number is guessed in %j', (text) => {
  expect(readNumber(text, 7)).toBeUndefined()
})

const ROLES = [
  { value: 'operator', label: 'Operator' },
  { value: 'teacher', label: 'Guru/wali kelas' },
  { value: 'head', label: 'Kepala sekolah', words: ['kepsek'] },
  { value: 'administration', label: 'Tata usaha', words: ['tu'] },
]
test.each([
  ['operator', 'operator'],
  ['saya operator sekolah', 'operator'],
  ['oprator', 'operator'],
  ['guru', 'teacher'],
  ['wali kelas 4', 'teacher'],
  ['3', 'head'],
  ['kepsek', 'head'],
  ['Kepala Sekolah', 'head'],
  ['TU', 'administration'],
  ['administration', 'administration'],
  ['guru dan operator', undefined],
  ['penjaga', undefined],
  ['', undefined],
])('the choice in %j is %s', (text, value) => {
  expect(readChoice(text, ROLES)).toBe(value)
})
test('the longer phrase wins where it holds the shorter one', () => {
  const choices = [
    { value: 'move', label: 'Pindah' },
    { value: 'moveIn', label: 'Pindah datang' },
  ]
  expect(readChoice('pindah datang', choices)).toBe('moveIn')
  expect(readChoice('pindah', choices)).toBe('move')
})

test.each([
  ['baru', 'NEW'],
  ['bikin baru', 'NEW'],
  ['hilang', 'LOST'],
  ['KIA nya hilang', 'LOST'],
  ['rusak', 'DAMAGED'],
  ['kartunya patah', 'DAMAGED'],
  ['pindah datang', 'MOVED_IN'],
  ['pindahan', 'MOVED_IN'],
  ['masa berlaku habis', 'EXPIRED_AT_5'],
  ['habis', 'EXPIRED_AT_5'],
  ['perubahan data', 'DATA_CHANGE'],
  ['hilang, anak WNA', 'LOST'],
  ['anak WNA', undefined],
  ['hilang atau rusak', undefined],
  ['Siti Rekaan', undefined],
  ['', undefined],
])('the reason in %j is %s', (text, reason) => {
  expect(readReason(text)).toBe(reason)
})

test.each([
  ['anak WNA', 'wna'],
  ['WNA', 'wna'],
  ['warga negara asing', 'wna'],
  ['KIA hilang, anak orang asing', 'wna'],
  ['WNI', 'wni'],
  ['warga negara Indonesia', 'wni'],
  ['hilang', undefined],
  ['Wnati Rekaan', undefined],
  ['', undefined],
])('the citizenship in %j is %s', (text, citizenship) => {
  expect(readCitizenship(text)).toBe(citizenship)
})

const LINES = [
  { value: 'name', words: ['nama'] },
  { value: 'nik', words: ['nik'] },
  { value: 'birthDate', words: ['lahir', 'tanggal lahir', 'tanggal'] },
  { value: 'class', words: ['kelas'] },
  { value: 'reason', words: ['alasan'] },
  { value: 'documents', words: ['berkas', 'foto', 'dokumen'] },
]
test.each([
  ['UBAH', { line: undefined }],
  ['ubah 4', { line: 'class' }],
  ['ubah no 4', { line: 'class' }],
  ['4', { line: 'class' }],
  ['no 4', { line: 'class' }],
  ['ubah kelas', { line: 'class' }],
  ['ubh kelas', undefined],
  ['ganti foto', { line: 'documents' }],
  ['ubah kelas 4B', { line: 'class', value: '4B' }],
  ['Ubah nama jadi Siti Rekaan', { line: 'name', value: 'Siti Rekaan' }],
  ['ubah tanggal lahir', { line: 'birthDate' }],
  ['kelas salah', { line: 'class' }],
  ['salah kelas', { line: 'class' }],
  ['ubah 9', { line: undefined }],
  ['9', undefined],
  ['kirim', undefined],
  ['oke', undefined],
  ['4B', undefined],
])('%j asks to change %j', (text, change) => {
  expect(readChange(text, LINES)).toEqual(change)
})

test('no text makes a reader throw', () => {
  fc.assert(
    fc.property(anyText(60), fc.constantFrom('', 'ubah ', 'ubah kelas ', '3 '), (text, before) => {
      readNumber(before + text, 7)
      readChoice(before + text, ROLES)
      readChange(before + text, LINES)
      readReason(before + text)
    }),
  )
})
