import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { median } from './support/result.ts'
import type { Bench, Result, Row } from './support/result.ts'
import { loadOffice } from '../src/config/office.ts'
import { openRaster } from '../src/media/decode/raster.ts'
import { lookAtPortrait } from '../src/media/portrait/look.ts'
import { renderPortrait } from '../src/media/portrait/render.ts'

const FACES = new URL('../node_modules/material-dashboard/assets/img/', import.meta.url)
const PHOTOS = ['ivana-square.jpg', 'team-4.jpg', 'team-5.jpg', 'marie.jpg']
/** As phones make them: 4:3 upright at 12 megapixels, and what a messenger leaves of it. */
const SIZES = [
  { what: 'photo of 12 megapixels', width: 3000, height: 4000 },
  { what: 'photo of 1600 px', width: 1200, height: 1600 },
] as const

/** From the bytes of a photo to the finished portrait before another background. */
export const run: Bench = async (sizes): Promise<Result> => {
  const { portrait: rules } = loadOffice('office/balangan.yaml')
  const rounds = sizes.pick(15, 1)
  const rows: Row[] = []
  for (const { what, width, height } of SIZES) {
    const photos = await Promise.all(PHOTOS.map((name) => photoOf(name, width, height)))
    const took: number[] = []
    for (let round = -1; round < rounds; round++) {
      for (const bytes of photos) {
        const begun = performance.now()
        const file = await openRaster(bytes)
        const { picture, original } = await file.page(0)
        const { proposal } = await lookAtPortrait(picture, rules, original)
        if (!proposal) throw new Error('no face was found in a photo of the bench')
        await renderPortrait(picture, { ...proposal, background: 'red' }, rules)
        // the first round loads the models
        if (round >= 0) took.push(performance.now() - begun)
      }
    }
    rows.push({ what, unit: 'ms', ours: median(took), goal: { of: 'ours', most: 300 } })
  }
  return {
    title: 'Portrait',
    how:
      `Decoded, faces found, measured, cut, lit, its background replaced, and written as a JPEG at the office's size: ` +
      `${PHOTOS.length} photos of people, ${rounds} times each, one after another in one process; the median.`,
    rows,
  }
}

/** The people come from a development package and stay there; around them a plain wall. */
async function photoOf(name: string, width: number, height: number): Promise<Buffer> {
  return sharp(await readFile(new URL(name, FACES)))
    .resize(width, height, { fit: 'contain', background: '#b9b4aa' })
    .jpeg({ quality: 90 })
    .toBuffer()
}
