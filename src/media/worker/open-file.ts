import { DECODED_TYPES } from '../image.ts'
import { DecodeError } from '../decode/opened-file.ts'
import type { OpenedFile } from '../decode/opened-file.ts'
import { openRaster } from '../decode/raster.ts'
import { loadPart } from './parts.ts'

/** Opens a file of one of the kinds that are kept. Throws `DecodeError`, or `MissingPart` on a platform without it. */
export async function openFile(bytes: Uint8Array, mediaType: string): Promise<OpenedFile> {
  if (bytes.length === 0) throw new DecodeError('empty')
  if (DECODED_TYPES.has(mediaType)) return openRaster(bytes)
  if (mediaType === 'image/heic' || mediaType === 'image/heif') return (await loadPart('heic')).openHeic(bytes)
  if (mediaType === 'application/pdf') return (await loadPart('pdf')).openPdf(bytes)
  throw new DecodeError('broken')
}
