import sharp from 'sharp'
import type { Sharp } from 'sharp'
import type { Picture } from './picture.ts'

// Whoever decodes what strangers send: only the three loaders that the list needs, no cache that keeps pictures of
// people in memory, one thread for each job.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})
sharp.cache(false)
sharp.concurrency(1)

/** More is a bomb: a 50 megapixel picture is larger than what any phone at hand makes. */
export const PIXELS = 5e7

/** What a person sent, not yet decoded. Errors of what follows are told apart by `isTooLarge`. */
export function sentPicture(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: PIXELS, failOn: 'truncated' })
}

/** A picture that was decoded before, to be worked on. */
export function decodedPicture({ data, width, height }: Picture): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } })
}

/** The pixels of what was worked on, in sRGB and without alpha. */
export async function pixelsOf(image: Sharp): Promise<Picture> {
  const { data, info } = await image.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

export function isTooLarge(error: unknown): boolean {
  // the second is libjpeg's, of what no limit of ours is asked about
  return error instanceof Error && /exceeds pixel limit|Maximum supported image dimension/.test(error.message)
}
