import sharp from 'sharp'

/** More is a bomb: a 50 megapixel picture is larger than what any phone at hand makes. */
const PIXELS = 5e7
/** Long edges in pixels: `page` can be read and zoomed, `thumbnail` is for lists. */
const IMAGE_SIZES = { page: { edge: 2000, quality: 82 }, thumbnail: { edge: 320, quality: 75 } } as const
export type ImageSize = keyof typeof IMAGE_SIZES

/** What sharp decodes here. HEIC is not among them: its build has no HEVC. */
export const DECODED_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp'])

// This process decodes what strangers send: only the three loaders that the list needs, no cache that keeps pictures of
// people in memory, one thread for each of the two jobs that run at once.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})
sharp.cache(false)
sharp.concurrency(1)

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
  const { edge, quality } = IMAGE_SIZES[size]
  try {
    return await sharp(bytes, { limitInputPixels: PIXELS, failOn: 'truncated' })
      .autoOrient()
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality })
      .toBuffer()
  } catch (error) {
    const tooLarge = error instanceof Error && error.message.includes('exceeds pixel limit')
    throw new PictureError(tooLarge ? 'too-large' : 'broken', error)
  }
}
