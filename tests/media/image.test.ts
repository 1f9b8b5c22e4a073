import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { renderImage } from '../../src/media/image.ts'
import { bomb, gifFile, isoFile, phonePicture, plainPicture, pdfFile, svgFile, tiffFile, zipFile } from './pictures.ts'

async function pixel(jpeg: Buffer, left: number, top: number): Promise<number[]> {
  return [...(await sharp(jpeg).extract({ left, top, width: 1, height: 1 }).raw().toBuffer())]
}

describe('a rendition', () => {
  test('is a JPEG without camera, place or profile', async () => {
    const original = await phonePicture({ width: 800, height: 600 })
    expect((await sharp(original).metadata()).exif?.includes('RekaanPhone')).toBe(true)
    const shown = await renderImage(original, 'page')
    const seen = await sharp(shown).metadata()
    expect(seen).toMatchObject({ format: 'jpeg', width: 800, height: 600 })
    expect(seen.exif ?? seen.icc ?? seen.xmp ?? seen.iptc).toBeUndefined()
    expect(shown.includes('RekaanPhone')).toBe(false)
    expect(shown.includes('Exif')).toBe(false)
  })

  // red lies above in the stored pixels; where it is to be seen depends on how the phone was held
  test.each([
    [1, 800, 600, 'top'],
    [3, 800, 600, 'bottom'],
    [6, 600, 800, 'right'],
    [8, 600, 800, 'left'],
  ] as const)('stands upright for EXIF orientation %d', async (orientation, width, height, red) => {
    const shown = await renderImage(await phonePicture({ width: 800, height: 600 }, orientation), 'page')
    expect(await sharp(shown).metadata()).toMatchObject({ width, height })
    const spots = {
      top: [width / 2, 20],
      bottom: [width / 2, height - 20],
      left: [20, height / 2],
      right: [width - 20, height / 2],
    } as const
    for (const [side, [x, y]] of Object.entries(spots)) {
      const [r = 0, , b = 0] = await pixel(shown, x, y)
      if (side === red) expect(r - b).toBeGreaterThan(100)
    }
  })

  test.each([
    ['page', 2000],
    ['thumbnail', 320],
  ] as const)('of size %s is at most %d long', async (size, edge) => {
    const shown = await renderImage(await plainPicture('png', { width: 4000, height: 3000 }), size)
    expect(await sharp(shown).metadata()).toMatchObject({ width: edge, height: edge * 0.75 })
  })

  test('of a small picture is not blown up', async () => {
    expect(await sharp(await renderImage(await plainPicture('webp'), 'page')).metadata()).toMatchObject({
      width: 64,
      height: 48,
    })
  })

  test('shows transparent parts white', async () => {
    const clear = await sharp({
      create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer()
    expect(await pixel(await renderImage(clear, 'page'), 4, 4)).toEqual([255, 255, 255])
  })

  test('drops what was hidden behind the picture', async () => {
    const polyglot = Buffer.concat([await plainPicture('jpeg'), zipFile, Buffer.from('<script>alert(1)</script>')])
    const shown = await renderImage(polyglot, 'page')
    expect(shown.includes('script')).toBe(false)
    expect(shown.includes('PK')).toBe(false)
  })

  test('of an animated picture is its first frame', async () => {
    const frames = await sharp([await plainPicture('png'), await plainPicture('png')], { join: { animated: true } })
      .webp()
      .toBuffer()
    expect(await sharp(await renderImage(frames, 'page')).metadata()).toMatchObject({ width: 64, height: 48 })
  })
})

describe('a hostile picture has a named end', () => {
  test.each([
    ['16,000 × 16,000 pixels in a few kilobytes', 16_000, 16_000],
    ['65,000 × 800 pixels', 65_000, 800],
  ])('%s are refused before they are decoded', async (_, width, height) => {
    const file = bomb(width, height)
    expect(file.length).toBeLessThan(100_000)
    const before = process.memoryUsage.rss()
    await expect(renderImage(file, 'page')).rejects.toMatchObject({ problem: 'too-large' })
    expect(process.memoryUsage.rss() - before).toBeLessThan(50e6)
  })

  test.each(['jpeg', 'png', 'webp'] as const)('a cut %s is broken', async (format) => {
    const noisy = sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
    const whole = await noisy.toFormat(format).toBuffer()
    for (const share of [0.02, 0.5, 0.9]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share))
      await expect(renderImage(cut, 'page')).rejects.toMatchObject({ problem: 'broken' })
    }
  })

  test.each([
    ['SVG', svgFile],
    ['GIF', gifFile],
    ['TIFF', tiffFile],
    ['PDF', pdfFile],
    ['HEIC', isoFile('heic', ['mif1', 'heic'])],
    ['zip', zipFile],
    ['nothing', Buffer.alloc(0)],
    ['three bytes that promise a JPEG', Buffer.from([0xff, 0xd8, 0xff])],
    [
      'noise behind the start of a PNG',
      Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 0x5a)]),
    ],
  ])('%s is broken to a reader of pictures', async (_, bytes) => {
    await expect(renderImage(bytes, 'page')).rejects.toMatchObject({ name: 'PictureError', problem: 'broken' })
  })

  test('the other loaders stay shut for the whole process', async () => {
    await expect(sharp(svgFile).toBuffer()).rejects.toThrow()
    await expect(sharp(gifFile).toBuffer()).rejects.toThrow()
    // they would work: without our module they do
    const free = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `
      import sharp from 'sharp'
      const files = [Buffer.from('${svgFile.toString('base64')}', 'base64'), Buffer.from('${gifFile.toString('base64')}', 'base64')]
      for (const file of files) await sharp(file).png().toBuffer()
    `,
      ],
      { cwd: join(import.meta.dirname, '../..') },
    )
    expect(free.status).toBe(0)
  })
})
