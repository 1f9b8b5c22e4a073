import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAnswerWord, readClass, readGreeting, saysWord } from '../../../src/conversation/reading/words.ts'
import { anyText } from '../../support/any-text.ts'

const TYPED: Readonly<Record<string, readonly string[]>> = {
  YES: [
    'ya',
    'Iya',
    'iy',
    'YA.',
    'yaaaa',
    'iyaa bu',
    'ok',
    'oke',
    'okeee',
    'sip',
    'siap',
    'siap bu',
    'betul',
    'bener',
    'bnr',
    'sesuai',
    'inggih',
    '👍',
    '👍👍',
    'ya 👍',
    'iy betul',
    'ya bu',
    'ya pak sudah',
    'ga salah',
    'tidak ada yang salah',
    '👍🏽',
    'tdk salah',
    'bukan salah',
    'sdh bener',
    'sudah sesuai',
    'ok makasih',
    'betull',
    'betl',
    'sesuaii',
    'ya itu betul',
    'Inggih, betul.',
  ],
  NO: [
    'tidak',
    'tdk',
    'ga',
    'gak',
    'bukan',
    'salah',
    'kada',
    'nggak',
    'engga bu',
    'blm bener',
    'blm sesuai',
    'tidak betul',
    'ga bener',
    'kada betul',
    'tidak jadi',
    'salah bu',
    'maaf salah',
    'tidka',
    'bukn',
  ],
  NONE: ['ga ada', 'tdk ada', 'tidak ada bu', 'kosong', 'kadada', '-', ' – ', 'memang tdk ada'],
  LATER: [
    'nanti',
    'ntar',
    'blm',
    'belum',
    'balum',
    'besok',
    'kaina',
    'suratnya blm ada',
    'nanti ya bu',
    'iya nanti',
    'belum selesai',
    'tidak, nanti saja',
    'besokk',
  ],
  ON: [
    'lanjut',
    'gpp',
    'sdh',
    'sudah',
    'cukup',
    'selesai',
    'gpp lanjut',
    'tidak apa apa',
    'ga apa2',
    'ga papa',
    'sudah ya',
    'makasih, sudah',
    'lanjtu',
  ],
  COURTESY: [
    'pagi',
    'selamat pagi bu',
    'assalamualaikum',
    'Assalamu alaikum wr wb',
    'makasih',
    'terima kasih pak',
    'maaf',
    'halo',
    '🙏',
  ],
  MIXED: ['ya salah', 'iya bukan', 'tidak, ya', 'ya tidak'],
}

describe.each(Object.entries(TYPED))('%s', (name, typed) => {
  test.each(typed)('is heard in %j', (text) => {
    expect(readClass(text)?.class).toBe(name)
  })
})

test.each([
  '',
  'Ahmad Fikri',
  '4A',
  '6311060107150001',
  'bulan depan',
  'ganti foto',
  'tidak tahu',
  'ga tau',
  'besar',
  'salim',
  'saya mau tanya dulu tentang berkasnya',
  'ya saya sudah kirim semua berkas kemarin sore',
  'apakah sudah bisa diambil?',
  'kapan selesai bu',
])('no class is guessed in %j', (text) => {
  expect(readClass(text)).toBeUndefined()
})

test.each([
  ['blm', 'NO'],
  ['belum bu', 'NO'],
  ['gpp', 'YES'],
  ['sudah', 'YES'],
  ['lanjut', 'YES'],
  ['nanti', 'LATER'],
  ['ya belum', 'MIXED'],
])('at a yes/no question %j is %s', (text, name) => {
  expect(readClass(text, { yesNo: true })?.class).toBe(name)
})

test.each([
  ['bukan, 21-11-2015', '21-11-2015'],
  ['salah, 9 mei 2016', '9 mei 2016'],
  ['bukan 1 juli 2015', '1 juli 2015'],
  ['salah bu, yang benar 9 Mei 2016', '9 Mei 2016'],
  ['bukan, yang benar itu tanggal 21 november 2015', 'tanggal 21 november 2015'],
  ['Bukan, namanya Siti Nurbaya Contoh Rekaan', 'namanya Siti Nurbaya Contoh Rekaan'],
  ['tidak, 4B', '4B'],
])('what stands behind the NO of %j is handed on', (text, value) => {
  expect(readClass(text, { yesNo: true })).toMatchObject({ class: 'NO', value })
})

test('figures behind a YES are handed on too, so that no value is lost', () => {
  expect(readClass('ya, 2 Juli 2015')).toMatchObject({ class: 'YES', value: '2 Juli 2015' })
  expect(readClass('iya betul itu')).toEqual({ class: 'YES', seen: ['YES'] })
})

test('every class of a message is told, for the question that asks for one', () => {
  expect(readClass('oke selesai')).toEqual({ class: 'YES', seen: ['YES', 'ON'] })
})

test.each(['Oke', 'ya', 'selamat pagi', 'ga ada', 'Terima kasih'])('%j is no name', (text) => {
  expect(isAnswerWord(text)).toBe(true)
})
test.each(['Siti Oke', 'Abdul Salam', 'Salim', 'Beni', 'Oka', 'Betulia', 'M. Siap Rekaan'])(
  '%j may be a name',
  (text) => {
    expect(isAnswerWord(text)).toBe(false)
  },
)

test.each([
  ['kirim', 'KIRIM', true],
  ['Kirim dong bu', 'KIRIM', true],
  ['kirm', 'KIRIM', true],
  ['kirim berkas', 'KIRIM', false],
  ['ya batal', 'YA BATAL', true],
  ['ya batl', 'YA BATAL', true],
  ['batal', 'YA BATAL', false],
  ['LAGI', 'LAGI', true],
  ['pagi', 'LAGI', false],
  ['setuju', 'SETUJU', true],
  ['stuju', 'SETUJU', true],
])('%j says %s: %s', (text, word, says) => {
  expect(saysWord(text, word)).toBe(says)
})

test.each([
  ['Assalamualaikum', 'salam'],
  ["assalamu'alaikum wr wb", 'salam'],
  ['asslm bu', 'salam'],
  ['pagi', 'pagi'],
  ['Selamat siang, Bapak/Ibu', 'siang'],
  ['met sore min', 'sore'],
  ['malem', 'malam'],
  ['halo', 'halo'],
  ['4A', undefined],
  ['kartunya dipotong malam hari oleh tukang', undefined],
])('the greeting of %j is %s', (text, greeting) => {
  expect(readGreeting(text)).toBe(greeting)
})

test('case, emoji and end marks never change what is heard', () => {
  const words = Object.values(TYPED)
    .flat()
    .filter((text) => /^[\p{L} ]+$/u.test(text))
  const ends = fc.string({ unit: fc.constantFrom('.', '!', '?', ' ', '🙏', '😀', '\n', '…') })
  fc.assert(
    fc.property(fc.constantFrom(...words), ends, fc.boolean(), (text, end, upper) => {
      const shown = (upper ? text.toUpperCase() : text) + end
      expect(readClass(shown)?.class).toBe(readClass(text)?.class)
      expect(readClass(shown, { yesNo: true })?.class).toBe(readClass(text, { yesNo: true })?.class)
    }),
  )
})

test('the longest message of a platform is read in no time', () => {
  const started = performance.now()
  for (const unit of ['ya ', 'ga ', 'a', '.', ' ', 'bukan, ', '👍', 'x,', '(', '-', "'"]) {
    const text = unit.repeat(16_384).slice(0, 16_384)
    readClass(text, { yesNo: true })
    readGreeting(text)
    saysWord(text, 'YA BATAL')
  }
  expect(performance.now() - started).toBeLessThan(8000)
})

test('no text makes a reader throw', () => {
  const mix = fc.array(fc.oneof(anyText(12), fc.constantFrom(...Object.values(TYPED).flat())), { maxLength: 8 })
  fc.assert(
    fc.property(mix, (parts) => {
      const text = parts.join(' ')
      readClass(text)
      readClass(text, { yesNo: true, alone: true })
      readGreeting(text)
      isAnswerWord(text)
    }),
  )
})
