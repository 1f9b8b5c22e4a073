import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGlobal, startPayload } from '../../../src/conversation/reading/commands.ts'
import { anyText } from '../../support/any-text.ts'

test.each([
  ['MENU', { word: 'MENU' }],
  ['menu bu', { word: 'MENU' }],
  ['/start', { word: 'MENU' }],
  ['/start ABC-123', { word: 'MENU' }],
  ['/menu', { word: 'MENU' }],
  ['Ajukan.', { word: 'AJUKAN' }],
  ['ajukan kia', { word: 'AJUKAN' }],
  ['kembali', { word: 'KEMBALI' }],
  ['kembli', { word: 'KEMBALI' }],
  ['batal', { word: 'BATAL' }],
  ['tolong batal', { word: 'BATAL' }],
  ['BATAL B417-6', { word: 'BATAL', ticket: 'B417-6' }],
  ['status', { word: 'STATUS' }],
  ['cek status', { word: 'STATUS' }],
  ['status b417 6', { word: 'STATUS', ticket: 'B417-6' }],
  ['perbaiki b4176', { word: 'PERBAIKI', ticket: 'B417-6' }],
  ['PERBAIKI 8417-6', { word: 'PERBAIKI', ticket: 'B417-6' }],
  ['perbaiki B417-5', { word: 'PERBAIKI', wrongTicket: 'B417-5' }],
  ['petugas', { word: 'PETUGAS' }],
  ['Petugas, saya bingung soal akta', { word: 'PETUGAS', note: 'saya bingung soal akta' }],
  ['pengaduan', { word: 'PENGADUAN' }],
  ['draft', { word: 'DRAF' }],
  ['berhenti', { word: 'BERHENTI' }],
  ['mulai', { word: 'MULAI' }],
  ['bantuan', { word: 'BANTUAN' }],
])('%j is the global word %j', (text, reading) => {
  expect(readGlobal(text)).toEqual(reading)
})

test.each([
  '',
  'Ahmad Fikri',
  'status anak saya bagaimana',
  'baik bu',
  'Bali',
  'Bantul',
  'Malik',
  'batalkan pesanan kemarin',
  'menu makan siang',
  'Mulia',
  'Salma',
  'perbaiki foto',
  'drafter',
  '4A',
  'mana petugas',
])('%j is an answer, not a global word', (text) => {
  expect(readGlobal(text)).toBeUndefined()
})

test('where a name is asked no letter is forgiven', () => {
  expect(readGlobal('Satus')).toEqual({ word: 'STATUS' })
  expect(readGlobal('Satus', { exact: true })).toBeUndefined()
  expect(readGlobal('status', { exact: true })).toEqual({ word: 'STATUS' })
})

test('a payload of /start is an invitation code', () => {
  expect(startPayload('/start KODE-1234')).toBe('KODE-1234')
  expect(startPayload('/start@contohbot KODE-1234')).toBe('KODE-1234')
  expect(startPayload('/start')).toBeUndefined()
  expect(startPayload('start KODE-1234')).toBeUndefined()
})

test('no text makes the reader throw, and end marks change nothing', () => {
  fc.assert(
    fc.property(anyText(60), (text) => {
      readGlobal(text)
      startPayload(text)
    }),
  )
  for (const end of ['.', ' 🙏', '!!', ' bu']) expect(readGlobal(`status${end}`)).toEqual({ word: 'STATUS' })
})
