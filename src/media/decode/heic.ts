import libheif from 'libheif-js/wasm-bundle.js'
import sharp from 'sharp'
import { PIXELS, pixelsOf } from '../sharp.ts'
import { DECODED_EDGE, DecodeError } from './opened-file.ts'
import type { DecodedPage, OpenedFile } from './opened-file.ts'

// one for the process: it frees a file only when the next one is read
const decoder = new libheif.HeifDecoder()

/**
 * HEIC and HEIF: the main picture of the file, turned as the file says (its EXIF repeats that turn and is left out).
 * Throws `DecodeError`. To be called in a process that may die: it takes memory that it never gives back.
 */
export async function openHeic(bytes: Uint8Array): Promise<OpenedFile> {
  const images = decoder.decode(bytes)
  const image = images.find((one) => one.is_primary()) ?? images[0]
  const close = () => {
    for (const one of images) one.free()
  }
  if (!image) throw new DecodeError('broken')
  const width = image.get_width()
  const height = image.get_height()
  // known from the header: nothing was decoded yet
  if (width * height > PIXELS) {
    close()
    throw new DecodeError('too-large')
  }
  return {
    total: 1,
    async page(): Promise<DecodedPage> {
      const data = new Uint8ClampedArray(width * height * 4)
      const shown = await new Promise((resolve) => image.display({ data, width, height }, resolve))
      if (shown === null) throw new DecodeError('broken')
      const picture = await pixelsOf(
        sharp(data, { raw: { width, height, channels: 4 } })
          .resize(DECODED_EDGE, DECODED_EDGE, { fit: 'inside', withoutEnlargement: true })
          .flatten({ background: '#ffffff' }),
      )
      return { picture, original: { width, height } }
    },
    close,
  }
}
