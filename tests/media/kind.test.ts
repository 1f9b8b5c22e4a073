import { describe, expect, test } from 'vitest'
import { mediaTypeOf } from '../../src/media/kind.ts'
import { gifFile, isoFile, pdfFile, plainPicture, svgFile, tiffFile, zipFile } from './pictures.ts'

describe('the type of a file is read from its content', () => {
  test.each([
    ['jpeg', 'image/jpeg'],
    ['png', 'image/png'],
    ['webp', 'image/webp'],
  ] as const)('a real %s is known', async (format, mediaType) => {
    expect(mediaTypeOf(await plainPicture(format))).toBe(mediaType)
  })

  test.each([
    ['an iPhone picture', isoFile('heic', ['mif1', 'heic']), 'image/heic'],
    ['a 10-bit iPhone picture', isoFile('heix', ['mif1']), 'image/heic'],
    ['a picture whose major brand says only "picture"', isoFile('mif1', ['mif1', 'heic']), 'image/heic'],
    ['a HEIF without a word about HEVC', isoFile('mif1', ['mif1']), 'image/heif'],
    ['a PDF', pdfFile, 'application/pdf'],
    ['a PDF after a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), pdfFile]), 'application/pdf'],
  ])('%s is known', (_, bytes, mediaType) => {
    expect(mediaTypeOf(bytes)).toBe(mediaType)
  })

  test.each([
    ['AVIF', isoFile('avif', ['mif1'])],
    ['AVIF under the brand of all pictures', isoFile('mif1', ['mif1', 'avif'])],
    ['an MP4', isoFile('isom', ['mp42'])],
    ['GIF', gifFile],
    ['SVG', svgFile],
    ['zip (docx, xlsx)', zipFile],
    ['TIFF', tiffFile],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a script', Buffer.from('#!/bin/sh\necho %PDF-1.4\n')],
    ['text that mentions a PDF later', Buffer.from('See the file %PDF-1.4')],
    ['RIFF sound', Buffer.from('RIFF\x10\0\0\0WAVEfmt ', 'latin1')],
    ['two bytes of a JPEG', Buffer.from([0xff, 0xd8])],
    ['nothing', Buffer.alloc(0)],
    ['an ISO box that says it is four gigabytes long', Buffer.from('\xff\xff\xff\xffftypqt  ', 'latin1')],
  ])('%s is not on the list', (_, bytes) => {
    expect(mediaTypeOf(bytes)).toBeUndefined()
  })

  test('a zip hidden behind a JPEG is a JPEG, and a JPEG hidden behind a zip is nothing', async () => {
    const jpeg = await plainPicture('jpeg')
    expect(mediaTypeOf(Buffer.concat([jpeg, zipFile]))).toBe('image/jpeg')
    expect(mediaTypeOf(Buffer.concat([zipFile, jpeg]))).toBeUndefined()
  })

  test('a view into a larger buffer is read at its own start', () => {
    const large = Buffer.concat([Buffer.from('zzzz'), pdfFile])
    expect(mediaTypeOf(new Uint8Array(large.buffer, large.byteOffset + 4, pdfFile.length))).toBe('application/pdf')
  })
})
