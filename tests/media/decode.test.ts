import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { openHeic } from '../../src/media/decode/heic.ts'
import { DecodeError } from '../../src/media/decode/opened-file.ts'
import { openPdf } from '../../src/media/decode/pdf.ts'
import { openRaster } from '../../src/media/decode/raster.ts'
import { pictureHash } from '../../src/media/picture-hash.ts'
import type { Picture } from '../../src/media/picture.ts'
import { claiming, quarters, turnedByProperty } from './heic.ts'
import { phonePicture } from './pictures.ts'
import { heicOf } from './set/heic.ts'

/** The colour in the middle of each quarter, from the upper left as one reads. */
function coloursOf({ data, width, height }: Picture): string[] {
  const at = (x: number, y: number) => {
    const i = 3 * (Math.floor(y * height) * width + Math.floor(x * width))
    const [r, g, b] = [data[i]! > 128, data[i + 1]! > 128, data[i + 2]! > 128]
    return r && g ? 'yellow' : r ? 'red' : g ? 'green' : b ? 'blue' : 'black'
  }
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)]
}

async function pdf(draw: (document: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}) {
  const document = new PDFDocument({ size: 'A4', margin: 40, ...options })
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  draw(document)
  document.end()
  await new Promise((resolve) => void document.on('end', resolve))
  return Buffer.concat(pieces)
}

describe('HEIC', () => {
  test('the picture of a phone is decoded to its very colours', async () => {
    const file = await openHeic(await quarters())
    const { picture, original } = await file.page(0)
    file.close()
    expect(original).toEqual({ width: 320, height: 240 })
    expect(picture).toMatchObject({ width: 320, height: 240 })
    expect(picture.data).toHaveLength(320 * 240 * 3)
    expect(coloursOf(picture)).toEqual(['red', 'green', 'blue', 'yellow'])
  })

  test('a drawn one gives back the very pixels, but for the colour that four of them share', async () => {
    const whole = { width: 202, height: 134 }
    const grey = Buffer.from(Array.from({ length: 202 * 134 * 3 }, (_, i) => (Math.floor(i / 3) * 7) % 256))
    const heic = await heicOf(
      await sharp(grey, { raw: { ...whole, channels: 3 } })
        .png()
        .toBuffer(),
    )
    const file = await openHeic(heic)
    const { picture } = await file.page(0)
    file.close()
    expect(picture).toMatchObject(whole)
    const worst = grey.reduce((most, value, i) => Math.max(most, Math.abs(value - (picture.data[i] ?? 0))), 0)
    expect(worst).toBeLessThanOrEqual(1)
  })

  test('one that is drawn lying is set upright as well', async () => {
    const heic = await heicOf(await phonePicture({ width: 320, height: 240 }))
    const file = await openHeic(turnedByProperty(heic, 1))
    const { picture } = await file.page(0)
    file.close()
    expect(coloursOf(picture)).toEqual(['red', 'blue', 'red', 'blue'])
  })

  test.each([
    [1, ['green', 'yellow', 'red', 'blue']],
    [2, ['yellow', 'blue', 'green', 'red']],
    [3, ['blue', 'red', 'yellow', 'green']],
  ] as const)('a picture that lies %d quarter turns is set upright once', async (turns, colours) => {
    const file = await openHeic(turnedByProperty(await quarters(), turns))
    const { picture, original } = await file.page(0)
    file.close()
    expect(original).toEqual(turns === 2 ? { width: 320, height: 240 } : { width: 240, height: 320 })
    expect(coloursOf(picture)).toEqual(colours)
  })

  test('a header that claims more than 50 megapixels is refused before anything is decoded', async () => {
    const heic = await quarters()
    await expect(openHeic(claiming(heic, 8_000, 7_000))).rejects.toMatchObject({ refusal: 'too-large' })
    // more than the library itself takes
    await expect(openHeic(claiming(heic, 60_000, 60_000))).rejects.toBeInstanceOf(DecodeError)
  })
})

describe('PDF', () => {
  test('a page is drawn as large as papers are read, and its own text comes along', async () => {
    const bytes = await pdf((document) => document.fontSize(20).text('NIK 6311010101150001'))
    const file = await openPdf(bytes)
    const { picture, text } = await file.page(0)
    file.close()
    expect(picture).toMatchObject({ width: 1653, height: 2338 })
    expect(text).toContain('NIK 6311010101150001')
  })

  test('colours stay in their order', async () => {
    const bytes = await pdf((document) => {
      document.rect(0, 0, 300, 420).fill('#d02020').rect(300, 0, 300, 420).fill('#20a040')
      document.rect(0, 420, 300, 430).fill('#2040d0').rect(300, 420, 300, 430).fill('#e0c020')
    })
    const file = await openPdf(bytes)
    const { picture } = await file.page(0)
    file.close()
    expect(coloursOf(picture)).toEqual(['red', 'green', 'blue', 'yellow'])
  })

  test('a page of 14,400 points is drawn no larger than others', async () => {
    const bytes = await pdf((document) => document.text('besar'), { size: [14_400, 14_400] })
    const file = await openPdf(bytes)
    expect((await file.page(0)).picture).toMatchObject({ width: 2400, height: 2400 })
    file.close()
  })

  test('a locked one is told apart from a broken one', async () => {
    const locked = await pdf((document) => document.text('rahasia'), { userPassword: 'rekaan' })
    await expect(openPdf(locked)).rejects.toMatchObject({ refusal: 'encrypted' })
    await expect(openPdf(locked.subarray(0, 300))).rejects.toMatchObject({ refusal: 'broken' })
  })
})

describe('JPEG, PNG and WEBP', () => {
  test('a picture is upright by its EXIF, and reduced to what reading needs', async () => {
    const file = await openRaster(await phonePicture({ width: 2600, height: 1300 }, 6))
    const { picture, original } = await file.page(0)
    expect(original).toEqual({ width: 1300, height: 2600 })
    expect(picture).toMatchObject({ width: 1200, height: 2400 })
    expect(picture.data).toHaveLength(1200 * 2400 * 3)
  })

  test.each(['b-w', 'cmyk', 'rgb16'] as const)('pixels are sRGB also where the file has them as %s', async (space) => {
    const image = sharp({ create: { width: 40, height: 30, channels: 3, background: '#808080' } }).toColourspace(space)
    const bytes = await (space === 'cmyk' ? image.jpeg() : image.png()).toBuffer()
    const { picture } = await (await openRaster(bytes)).page(0)
    expect(picture.data).toHaveLength(40 * 30 * 3)
  })

  test('a picture that moves is refused', async () => {
    const frames = Buffer.concat([Buffer.alloc(16 * 16 * 3, 0), Buffer.alloc(16 * 16 * 3, 255)])
    const moving = sharp(frames, { raw: { width: 16, height: 32, channels: 3, pageHeight: 16 } })
    const webp = await moving.webp({ loop: 0, delay: [100, 100] }).toBuffer()
    await expect(openRaster(webp)).rejects.toMatchObject({ refusal: 'animated' })
  })

  test('the same picture compressed again has nearly the same hash, another has not', async () => {
    const noise = (seed: number) =>
      Buffer.from(Array.from({ length: 12 * 9 * 3 }, (_, i) => ((i * 7919 + seed * 104_729) % 977) % 256))
    const draw = (seed: number, quality: number) =>
      sharp(noise(seed), { raw: { width: 12, height: 9, channels: 3 } })
        .resize(600, 450)
        .jpeg({ quality })
        .toBuffer()
    const hash = async (bytes: Buffer) =>
      BigInt(`0x${await pictureHash((await (await openRaster(bytes)).page(0)).picture)}`)
    const bits = (value: bigint) => value.toString(2).replaceAll('0', '').length
    const [first, again, other] = [
      await hash(await draw(1, 90)),
      await hash(await draw(1, 40)),
      await hash(await draw(2, 90)),
    ]
    expect(bits(first ^ again)).toBeLessThanOrEqual(8)
    expect(bits(first ^ other)).toBeGreaterThan(12)
  })
})
