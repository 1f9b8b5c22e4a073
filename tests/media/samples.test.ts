import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { sampleFiles, samplePupil } from '../../src/admin/console/demo/sample-pupil.ts'
import { renderImage } from '../../src/media/image.ts'
import { mediaTypeOf } from '../../src/media/kind.ts'

const folder = join(import.meta.dirname, '../../src/admin/console/public/samples')

test('the demo has a drawn picture for everything that it offers, and no other', async () => {
  const offered = Array.from({ length: 6 }, (_, n) => sampleFiles(samplePupil(n))).flat()
  expect((await readdir(folder)).sort()).toEqual([...new Set(offered)].sort())
})

test('each is a small JPEG without EXIF that operators can be shown', async () => {
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name))
    expect(mediaTypeOf(bytes), name).toBe('image/jpeg')
    expect(bytes.length, name).toBeLessThan(60_000)
    expect((await sharp(bytes).metadata()).exif, name).toBeUndefined()
    expect((await renderImage(bytes, 'thumbnail')).length, name).toBeGreaterThan(1000)
  }
})

test.each([
  ['foto-merah.jpg', 0],
  ['foto-biru.jpg', 2],
])('the background of %s is of its colour', async (name, channel) => {
  const corner = sharp(await readFile(join(folder, name))).extract({ left: 20, top: 20, width: 80, height: 80 })
  const means = (await corner.stats()).channels.map((c) => c.mean)
  expect(means.indexOf(Math.max(...means))).toBe(channel)
  expect(Math.max(...means)).toBeGreaterThan(150)
})
