import type { Picture } from './picture.ts'
import { decodedPicture, isTooLarge, sentPicture } from './sharp.ts'
import type { Sharp } from 'sharp'

/** Long edges in pixels: `page` can be read and zoomed, `thumbnail` is for lists. */
const IMAGE_SIZES = { page: { edge: 2000, quality: 82 }, thumbnail: { edge: 320, quality: 75 } } as const
export type ImageSize = keyof typeof IMAGE_SIZES

/** What sharp decodes here. HEIC is not among them: its build has no HEVC. */
export const DECODED_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp'])

/** A picture that cannot be shown: broken, or made to be too large. Says nothing of its content. */
export class PictureError extends Error {
  override readonly name = 'PictureError'
  readonly problem: 'broken' | 'too-large'
  constructor(problem: 'broken' | 'too-large', cause: unknown) {
    super(`the picture is ${problem}`, { cause })
    this.problem = problem
  }
}

/**
 * A JPEG of the picture, upright, at most `size` wide and high, in sRGB, without EXIF, place, profile or anything that
 * was hidden behind it; transparent parts become white. Throws `PictureError`.
 */
export async function renderImage(bytes: Uint8Array, size: ImageSize): Promise<Buffer> {
  try {
    return await rendered(sentPicture(bytes).autoOrient(), size)
  } catch (error) {
    throw new PictureError(isTooLarge(error) ? 'too-large' : 'broken', error)
  }
}

/** The same of a picture that was decoded before. */
export async function renderPicture(picture: Picture, size: ImageSize): Promise<Buffer> {
  return rendered(decodedPicture(picture), size)
}

function rendered(image: Sharp, size: ImageSize): Promise<Buffer> {
  const { edge, quality } = IMAGE_SIZES[size]
  return image
    .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality })
    .toBuffer()
}
