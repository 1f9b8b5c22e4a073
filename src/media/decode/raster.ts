import { isTooLarge, pixelsOf, sentPicture } from '../sharp.ts'
import { DECODED_EDGE, DecodeError } from './opened-file.ts'
import type { DecodedPage, OpenedFile } from './opened-file.ts'

/** JPEG, PNG and WEBP. Throws `DecodeError`: broken, too large, or several pictures that move. */
export async function openRaster(bytes: Uint8Array): Promise<OpenedFile> {
  const { pages = 1, autoOrient } = await failing(() => sentPicture(bytes).metadata())
  if (pages > 1 || isAnimatedPng(bytes)) throw new DecodeError('animated')
  return {
    total: 1,
    page: (): Promise<DecodedPage> =>
      failing(async () => ({
        picture: await pixelsOf(
          sentPicture(bytes)
            .autoOrient()
            .resize(DECODED_EDGE, DECODED_EDGE, { fit: 'inside', withoutEnlargement: true })
            .flatten({ background: '#ffffff' }),
        ),
        original: autoOrient,
      })),
    close: () => undefined,
  }
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new DecodeError(isTooLarge(error) ? 'too-large' : 'broken', error)
  }
}

const PNG_SIGNATURE = '\x89PNG\r\n\x1A\n'
const CHUNK_HEAD = 8
const CHUNK_CHECKSUM = 4

/** APNG: an `acTL` chunk before the first `IDAT` (PNG, third edition, 11.3.6). libvips would show its first picture. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (png.toString('latin1', 0, PNG_SIGNATURE.length) !== PNG_SIGNATURE) return false
  let at = PNG_SIGNATURE.length
  while (at + CHUNK_HEAD <= png.length) {
    const type = png.toString('latin1', at + 4, at + CHUNK_HEAD)
    if (type === 'acTL') return true
    if (type === 'IDAT') return false
    at += CHUNK_HEAD + png.readUInt32BE(at) + CHUNK_CHECKSUM
  }
  return false
}
