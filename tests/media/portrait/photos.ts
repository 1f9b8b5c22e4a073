import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import type { Picture } from '../../../src/media/picture.ts'

const PACKAGES = new URL('../../../node_modules/', import.meta.url)
/** Photos of people that come in development packages; the rights to them are not ours, so they stay there. */
export const PHOTOS = {
  frontal: 'material-dashboard/assets/img/ivana-square.jpg',
  leaning: 'material-dashboard/assets/img/team-3.jpg',
  hat: 'material-dashboard/assets/img/team-4.jpg',
  field: 'material-dashboard/assets/img/team-5.jpg',
  tight: 'material-dashboard/assets/img/team-1.jpg',
  profile: 'material-dashboard/assets/img/bruce-mars.jpg',
  aside: 'material-dashboard/assets/img/kal-visuals-square.jpg',
  noPerson: 'material-dashboard/assets/img/ivancik.jpg',
  three: '@vladmandic/face-api/demo/sample3.jpg',
} as const

export async function photo(name: keyof typeof PHOTOS): Promise<Picture> {
  return rawOf(sharp(await readFile(new URL(PHOTOS[name], PACKAGES))))
}

export async function rawOf(image: Sharp): Promise<Picture> {
  const flat = image.flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha()
  const { data, info } = await flat.raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

export function imageOf({ data, width, height }: Picture): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } })
}
