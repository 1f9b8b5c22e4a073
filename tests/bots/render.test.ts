import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { render, splitText, toTelegramHtml, withNumbers } from '../../src/bots/render.ts'

const choices = [
  { value: 'new', label: 'Baru' },
  { value: 'lost', label: 'Hilang' },
]

describe('choices', () => {
  test('become buttons where all of them fit', () => {
    expect(render({ text: 'Apa alasannya?', choices }, { buttons: 3, textLimit: 100 })).toEqual({
      parts: ['Apa alasannya?'],
      buttons: choices,
    })
  })

  test('become numbered lines where there are no buttons', () => {
    expect(render({ text: 'Apa alasannya?', choices }, { buttons: 0, textLimit: 100 })).toEqual({
      parts: ['Apa alasannya?\n*1* Baru\n*2* Hilang'],
      buttons: [],
    })
  })

  test('are not said twice when the text already names them', () => {
    const numbered = 'Apa alasannya? *1* Baru, *2* Hilang. Balas nomornya.'
    expect(withNumbers(numbered, choices)).toBe(numbered)
    expect(
      withNumbers('Balas *YA* atau *SELESAI*.', [
        { value: 'yes', label: 'YA' },
        { value: 'no', label: 'SELESAI' },
      ]),
    ).toBe('Balas *YA* atau *SELESAI*.')
  })

  test('become numbered lines when a value is too long for a button', () => {
    const long = [{ value: 'é'.repeat(33), label: 'Panjang' }]
    expect(render({ text: 'Pilih', choices: long }, { buttons: 3, buttonBytes: 64, textLimit: 100 }).buttons).toEqual(
      [],
    )
  })
})

describe('splitting', () => {
  test('cuts at line ends first, then at spaces', () => {
    expect(splitText('satu dua\ntiga empat', 12)).toEqual(['satu dua', 'tiga empat'])
    expect(splitText('satu dua tiga', 9)).toEqual(['satu dua', 'tiga'])
  })

  test('keeps a text that fits as it is', () => {
    expect(splitText(' satu\n\ndua ', 11)).toEqual([' satu\n\ndua '])
  })

  test('no part passes the limit, none is empty, nothing but white space is lost, no character is torn', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 4, max: 60 }), (text, limit) => {
        const parts = splitText(text, limit)
        expect(parts.every((part) => part.length <= limit && part.trim() !== '')).toBe(true)
        expect(parts.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
        expect(parts.every((part) => part.isWellFormed())).toBe(text.isWellFormed())
      }),
    )
  })
})

describe('bold for Telegram', () => {
  test.each([
    ['Balas *YA*, atau *SELESAI*.', 'Balas <b>YA</b>, atau <b>SELESAI</b>.'],
    ['*NIK Budi Rekaan*: 16 angka', '<b>NIK Budi Rekaan</b>: 16 angka'],
    ['NIK 631106******0001 dan 6311*0001*', 'NIK 631106******0001 dan 6311*0001*'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['*tidak\nditutup*', '*tidak\nditutup*'],
    ['<b>&*x*', '&lt;b&gt;&amp;<b>x</b>'],
    ['(*1*) "*2*"', '(<b>1</b>) "<b>2</b>"'],
  ])('%j reads %j', (text, html) => {
    expect(toTelegramHtml(text)).toBe(html)
  })

  test('whatever was typed, the only tags are balanced bold ones', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('*', '<', '>', '&', 'b', '/', ' ', '\n', 'é') }), (text) => {
        const html = toTelegramHtml(text)
        expect(html.replaceAll(/<b>[^<>]+<\/b>/g, '')).not.toMatch(/[<>]/)
        const plain = html
          .replaceAll(/<\/?b>/g, '*')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
        expect(plain.replaceAll('&amp;', '&')).toBe(text)
      }),
    )
  })
})
