/**
 * `node scripts/draw-samples.ts`: draws the sample pictures that the demo sends at one tap, into the console's public
 * folder. Run by hand when a drawing changes; the service itself opens no SVG. Nobody in them exists, each says CONTOH,
 * and none copies an emblem or the pattern of a real document.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { sampleCards } from './support/sample-cards.ts'
import { samplePortraits } from './support/sample-portraits.ts'

const folder = join(import.meta.dirname, '../src/admin/console/public/samples')
const QUALITY = 58

await mkdir(folder, { recursive: true })
for (const [name, svg] of Object.entries({ ...sampleCards(), ...samplePortraits() })) {
  const jpeg = await sharp(Buffer.from(svg))
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: QUALITY, mozjpeg: true })
    .toBuffer()
  await writeFile(join(folder, `${name}.jpg`), jpeg)
  console.log(`${name}.jpg: ${Math.round(jpeg.length / 1000)} kB`)
}
